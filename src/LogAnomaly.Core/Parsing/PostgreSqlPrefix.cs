namespace LogAnomaly.Parsing;

/// <summary>
/// Reads what PostgreSQL writes in front of a level, which its setting log_line_prefix orders freely: the client and
/// the process among it.
/// </summary>
internal static class PostgreSqlPrefix
{
    /// <summary>Sets the client: the first word that is an address, or an address with a port in parentheses.</summary>
    /// <param name="message">The message, whose target gets it.</param>
    /// <param name="prefix">The prefix.</param>
    public static void SetClient(in AuthMessage message, ReadOnlySpan<byte> prefix)
    {
        while (!prefix.IsEmpty)
        {
            // An IPv6 address has colons itself, so they part words only where no address is left whole.
            ReadOnlySpan<byte> word = Utf8Text.Before(prefix, (byte)' ');
            prefix = prefix[Math.Min(word.Length + 1, prefix.Length)..];
            if (TrySet(message, word))
            {
                return;
            }

            while (!word.IsEmpty)
            {
                ReadOnlySpan<byte> part = Utf8Text.Before(word, (byte)':');
                word = word[Math.Min(part.Length + 1, word.Length)..];
                if (TrySet(message, part))
                {
                    return;
                }
            }
        }
    }

    /// <summary>The process: the first number in brackets.</summary>
    /// <param name="prefix">The prefix.</param>
    /// <returns>Its id, or null.</returns>
    public static int? Process(ReadOnlySpan<byte> prefix)
    {
        for (int open = prefix.IndexOf((byte)'['); open >= 0; open = prefix.IndexOf((byte)'['))
        {
            prefix = prefix[(open + 1)..];
            ReadOnlySpan<byte> digits = Utf8Text.Before(prefix, (byte)']');
            int dash = digits.IndexOf((byte)'-');
            if (FieldScanner.ToInt32(dash > 0 ? digits[..dash] : digits) is { } process)
            {
                return process;
            }
        }

        return null;
    }

    private static bool TrySet(in AuthMessage message, ReadOnlySpan<byte> word)
    {
        int open = word.IndexOf((byte)'(');
        ReadOnlySpan<byte> host = open > 0 && word[^1] == ')' ? word[..open] : word;
        if (!SourceAddress.TryParse(host, out _))
        {
            return false;
        }

        message.SetSource(host);
        message.SetPort(open > 0 ? word[(open + 1)..^1] : default);
        return true;
    }
}
