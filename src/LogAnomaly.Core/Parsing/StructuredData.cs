using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The structured data of RFC 5424, section 6.3:
/// <code>
/// data    = 1*element
/// element = "[" id *(SP name "=" %d34 value %d34) "]"
/// value   = any bytes; a quote, a backslash and a closing bracket stand behind a backslash
/// </code>
/// A backslash before any other byte is a backslash.
/// </summary>
internal static class StructuredData
{
    /// <summary>Bytes of the elements at the start of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The bytes, or 0 where no element is there or one has no end.</returns>
    public static int Length(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && text[at] == '[')
        {
            bool isQuoted = false;
            int end = at + 1;
            for (; end < text.Length && (isQuoted || text[end] != ']'); end++)
            {
                isQuoted ^= text[end] == '"';
                end += isQuoted && text[end] == '\\' ? 1 : 0;
            }

            if (end >= text.Length)
            {
                return 0;
            }

            at = end + 1;
        }

        return at;
    }

    /// <summary>Reads the parameters.</summary>
    /// <param name="text">A text at whose start the elements stand.</param>
    /// <param name="properties">Takes the values, by id and name.</param>
    public static void Read(ReadOnlySpan<byte> text, Dictionary<string, object?> properties)
    {
        int length = Length(text);
        FieldScanner scanner = new(text[..length]);
        while (scanner.TrySkip((byte)'['))
        {
            int end = scanner.Rest.IndexOfAny((byte)' ', (byte)']');
            string id = Encoding.UTF8.GetString(scanner.Rest[..end]);
            scanner.Position += end;
            while (scanner.TrySkip((byte)' ') && scanner.TryReadTo((byte)'=', out ReadOnlySpan<byte> name)
                && scanner.TrySkip((byte)'"'))
            {
                string key = $"{id}.{Encoding.UTF8.GetString(name)}";
                string value = ReadValue(ref scanner);
                properties[key] = properties.TryGetValue(key, out object? before) ? $"{before},{value}" : value;
            }

            if (!scanner.TrySkip((byte)']'))
            {
                return;
            }
        }
    }

    private static string ReadValue(scoped ref FieldScanner scanner)
    {
        ReadOnlySpan<byte> rest = scanner.Rest;
        byte[] value = new byte[rest.Length];
        int count = 0;
        int at = 0;
        for (; at < rest.Length && rest[at] != '"'; at++)
        {
            bool isEscape = rest[at] == '\\' && at + 1 < rest.Length
                && rest[at + 1] is (byte)'"' or (byte)'\\' or (byte)']';
            at += isEscape ? 1 : 0;
            value[count++] = rest[at];
        }

        scanner.Position += Math.Min(at + 1, rest.Length);
        return Encoding.UTF8.GetString(value, 0, count);
    }
}
