namespace LogAnomaly.Parsing;

/// <summary>Compiles the format strings of Apache's mod_log_config.</summary>
internal static class ApacheFormatCompiler
{
    /// <summary>Compiles a definition.</summary>
    /// <param name="definition">The definition, with or without the escapes of the configuration file.</param>
    /// <returns>The format.</returns>
    /// <exception cref="FormatException">The definition has a fault; the message says where.</exception>
    public static LogFormatString Compile(string definition)
    {
        byte[] text = FormatCompiler.Unescape(definition);
        FormatCompiler compiler = new();
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] != '%')
            {
                compiler.Add(text[at++]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '%')
            {
                compiler.Add((byte)'%');
                at += 2;
            }
            else
            {
                at = ReadDirective(text, at, compiler);
            }
        }

        return compiler.Complete();
    }

    private static int ReadDirective(byte[] text, int start, FormatCompiler compiler)
    {
        string? argument = null;
        bool isOriginal = false;
        bool isFinal = false;
        int at = start + 1;
        for (; at < text.Length; at++)
        {
            byte next = text[at];
            if (next == '{')
            {
                int close = Array.IndexOf(text, (byte)'}', at);
                if (close < 0)
                {
                    throw Fault(start, "the brace is not closed");
                }

                argument = System.Text.Encoding.UTF8.GetString(text, at + 1, close - at - 1);
                at = close;
            }
            else if (next is (byte)'<' or (byte)'>')
            {
                isOriginal = next == '<';
                isFinal = next == '>';
            }
            else if (next is not ((byte)'!' or (byte)',') && !char.IsAsciiDigit((char)next))
            {
                break;
            }
        }

        int length = at < text.Length && text[at] == '^' ? 3 : 1;
        if (at + length > text.Length)
        {
            throw Fault(start, "the directive has no letter");
        }

        string letter = System.Text.Encoding.UTF8.GetString(text, at, length);
        Add(compiler, letter, argument, start, isOriginal || (letter == "s" && !isFinal));
        return at + length;
    }

    private static void Add(FormatCompiler compiler, string letter, string? argument, int start, bool isOriginal)
    {
        if (letter == "t")
        {
            AddTime(compiler, argument, start);
            return;
        }

        if (!ApacheDirectives.TryGet(letter, argument, out FormatDirective directive))
        {
            throw Fault(start, letter is "i" or "o" or "n" or "e" or "C" or "x" or "c"
                ? $"'%{letter}' needs a name in braces"
                : $"'%{letter}' is no directive");
        }

        if (letter == "s" && isOriginal)
        {
            directive = directive with { Field = AccessField.OriginalStatus, Name = "original_status" };
        }

        compiler.Add(directive, start);
    }

    private static void AddTime(FormatCompiler compiler, string? argument, int start)
    {
        string pattern = argument ?? "";
        bool isEnd = pattern.StartsWith("end:", StringComparison.Ordinal);
        pattern = isEnd ? pattern[4..]
            : pattern.StartsWith("begin:", StringComparison.Ordinal) ? pattern[6..]
            : pattern;
        FormatDirective directive = new(isEnd ? AccessField.OtherTime : AccessField.Time, "time", FieldShape.Stamp);
        try
        {
            compiler.Add(directive, start, new StampPattern(pattern.Length == 0 ? "[%d/%b/%Y:%H:%M:%S %z]" : pattern));
        }
        catch (FormatException fault)
        {
            throw Fault(start, fault.Message);
        }
    }

    private static FormatException Fault(int at, string cause) =>
        new(FormattableString.Invariant($"The format has a fault at position {at + 1}: {cause}."));
}
