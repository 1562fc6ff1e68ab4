using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>Compiles the strings of nginx's log_format.</summary>
internal static class NginxFormatCompiler
{
    private static readonly StampPattern s_epoch = new(StampPattern.EpochSeconds);

    /// <summary>Compiles a definition.</summary>
    /// <param name="definition">The strings of the directive, joined, with or without the escapes of the configuration
    /// file.</param>
    /// <param name="escape">What follows <c>escape=</c>: default, json, none; null where it is not given.</param>
    /// <param name="extra">Meanings of names beside those of nginx, or null.</param>
    /// <param name="mayGoOn">Whether a line may have more fields behind the last one.</param>
    /// <returns>The format.</returns>
    /// <exception cref="FormatException">The definition has a fault; the message says where.</exception>
    public static LogFormatString Compile(
        string definition,
        string? escape = null,
        IReadOnlyDictionary<string, FormatDirective>? extra = null,
        bool mayGoOn = false)
    {
        byte[] text = FormatCompiler.Unescape(definition);
        FormatCompiler compiler = new()
        {
            EscapesQuotes = escape != "none",
            IsJson = escape == "json",
        };
        if (escape is not (null or "default" or "json" or "none"))
        {
            throw new FormatException($"escape={escape} is none of default, json and none.");
        }

        int at = 0;
        while (at < text.Length)
        {
            if (text[at] != '$')
            {
                compiler.Add(text[at++]);
                continue;
            }

            string name = ReadName(text, at, out int length);
            FormatDirective directive = extra is not null && extra.TryGetValue(name, out FormatDirective own)
                ? own
                : NginxVariables.Get(name);
            compiler.Add(directive, at, directive.Shape == FieldShape.Stamp ? s_epoch : null);
            at += length;
        }

        return compiler.Complete(mayGoOn);
    }

    private static string ReadName(byte[] text, int start, out int length)
    {
        bool isBraced = start + 1 < text.Length && text[start + 1] == '{';
        int first = start + (isBraced ? 2 : 1);
        int end = first;
        while (end < text.Length && (char.IsAsciiLetterOrDigit((char)text[end]) || text[end] == '_'))
        {
            end++;
        }

        if (end == first)
        {
            throw Fault(start, "a dollar sign without a name");
        }

        if (isBraced && (end == text.Length || text[end] != '}'))
        {
            throw Fault(start, "the brace is not closed");
        }

        length = end - start + (isBraced ? 1 : 0);
        return Encoding.UTF8.GetString(text, first, end - first);
    }

    private static FormatException Fault(int at, string cause) =>
        new(FormattableString.Invariant($"The format has a fault at position {at + 1}: {cause}."));
}
