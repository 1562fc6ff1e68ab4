using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Finds the formats that the configuration of Apache (<c>LogFormat "..." name</c>, <c>CustomLog file "..."</c>,
/// <c>ErrorLogFormat "..."</c>; a backslash at the end of a line continues it) or of nginx
/// (<c>log_format name [escape=...] '...' '...';</c>, over several lines) defines.
/// </summary>
public static class LogFormatConfiguration
{
    /// <summary>Finds the formats in a configuration.</summary>
    /// <param name="configuration">Text of the configuration.</param>
    /// <returns>The formats in the order of the text; empty where it defines none.</returns>
    public static IReadOnlyList<LogFormatDefinition> Read(string configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        List<LogFormatDefinition> found = [];
        int at = 0;
        while (at < configuration.Length)
        {
            at = SkipBlank(configuration, at);
            int end = at;
            while (end < configuration.Length && (char.IsAsciiLetter(configuration[end]) || configuration[end] == '_'))
            {
                end++;
            }

            at = ReadDirective(configuration, at, end, found);
        }

        return found;
    }

    private static int ReadDirective(string text, int start, int end, List<LogFormatDefinition> found)
    {
        string word = text[start..end];
        if (word == "log_format")
        {
            return ReadNginx(text, end, found);
        }

        List<string> arguments = [];
        if (word.Equals("LogFormat", StringComparison.OrdinalIgnoreCase))
        {
            end = ReadLine(text, end, arguments);
            Add(found, arguments, 0, LogFormatKind.Apache);
            return end;
        }

        if (word.Equals("CustomLog", StringComparison.OrdinalIgnoreCase)
            || word.Equals("GlobalLog", StringComparison.OrdinalIgnoreCase))
        {
            end = ReadLine(text, end, arguments);
            if (arguments.Count > 1 && arguments[1].Contains('%', StringComparison.Ordinal))
            {
                found.Add(new LogFormatDefinition(null, arguments[1], LogFormatKind.Apache));
            }

            return end;
        }

        if (word.Equals("ErrorLogFormat", StringComparison.OrdinalIgnoreCase))
        {
            end = ReadLine(text, end, arguments);
            int first = arguments.Count > 1 && arguments[0] is "connection" or "request" ? 1 : 0;
            if (first == 0)
            {
                Add(found, arguments, 0, LogFormatKind.ApacheError);
            }

            return end;
        }

        int next = text.AsSpan(end).IndexOfAny('\n', ';', '{');
        return next < 0 ? text.Length : end + next + 1;
    }

    private static void Add(List<LogFormatDefinition> found, List<string> arguments, int first, LogFormatKind kind)
    {
        if (arguments.Count > first)
        {
            string? name = arguments.Count > first + 1 ? arguments[first + 1] : null;
            found.Add(new LogFormatDefinition(name, arguments[first], kind));
        }
    }

    private static int ReadNginx(string text, int at, List<LogFormatDefinition> found)
    {
        List<string> arguments = [];
        while (true)
        {
            at = SkipBlank(text, at);
            if (at >= text.Length || text[at] == ';')
            {
                break;
            }

            arguments.Add(ReadArgument(text, ref at, ";"));
        }

        if (arguments.Count > 1)
        {
            bool hasEscape = arguments[1].StartsWith("escape=", StringComparison.Ordinal);
            string definition = string.Concat(arguments.Skip(hasEscape ? 2 : 1));
            string? escape = hasEscape ? arguments[1]["escape=".Length..] : null;
            found.Add(new LogFormatDefinition(arguments[0], definition, LogFormatKind.Nginx) { Escape = escape });
        }

        return at + 1;
    }

    // The arguments up to the end of the line; a backslash before it continues the line.
    private static int ReadLine(string text, int at, List<string> arguments)
    {
        while (at < text.Length && text[at] != '\n')
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            else if (text[at] == '\\' && text.AsSpan(at + 1).TrimStart('\r').StartsWith("\n"))
            {
                at = text.IndexOf('\n', at) + 1;
            }
            else
            {
                arguments.Add(ReadArgument(text, ref at, ""));
            }
        }

        return at;
    }

    // A word, or a text in single or double quotes; only the escapes of quotes are undone, the rest is the format's.
    private static string ReadArgument(string text, ref int at, string ends)
    {
        char quote = text[at] is '"' or '\'' ? text[at] : '\0';
        StringBuilder argument = new();
        at += quote == '\0' ? 0 : 1;
        for (; at < text.Length; at++)
        {
            char next = text[at];
            bool isEnd = quote == '\0'
                ? char.IsWhiteSpace(next) || ends.Contains(next, StringComparison.Ordinal)
                : next == quote;
            if (isEnd)
            {
                at += quote == '\0' ? 0 : 1;
                break;
            }

            if (next == '\\' && at + 1 < text.Length
                && (text[at + 1] == '\\' || (quote != '\0' && text[at + 1] == quote)))
            {
                // A quote loses its backslash; what a pair of backslashes means is settled with the format.
                argument.Append(text[at + 1] == '\\' ? "\\\\" : quote.ToString());
                at++;
                continue;
            }

            argument.Append(next);
        }

        return argument.ToString();
    }

    private static int SkipBlank(string text, int at)
    {
        while (at < text.Length)
        {
            if (text[at] == '#')
            {
                int end = text.IndexOf('\n', at);
                at = end < 0 ? text.Length : end;
            }
            else if (char.IsWhiteSpace(text[at]) || text[at] is '}' or '{')
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return at;
    }
}
