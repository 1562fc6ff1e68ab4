using System.Text;

namespace LogAnomaly.Sigma.Detection;

/// <summary>Encodes values as the modifiers say.</summary>
internal static class TextEncodings
{
    /// <summary>The texts that a text becomes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="encodings">The modifiers, in this order.</param>
    /// <returns>The texts: one, or three for each <c>base64offset</c>.</returns>
    public static IReadOnlyList<string> Encode(string text, IReadOnlyList<string> encodings)
    {
        List<byte[]> values = [Encoding.UTF8.GetBytes(text)];
        bool isText = true;
        foreach (string encoding in encodings)
        {
            values = encoding switch
            {
                "base64" => [.. values.Select(value => Encoding.ASCII.GetBytes(Convert.ToBase64String(value)))],
                "base64offset" =>
                    [.. values.SelectMany(value => Enumerable.Range(0, 3).Select(offset => AtOffset(value, offset)))],
                _ => [.. values.Select(value => Widened(value, encoding))],
            };
            isText = encoding is "base64" or "base64offset";
        }

        // Bytes that are no text are met in logs as one character each.
        return [.. values.Select(value => (isText ? Encoding.UTF8 : Encoding.Latin1).GetString(value))];
    }

    private static byte[] Widened(byte[] value, string encoding)
    {
        string text = Encoding.UTF8.GetString(value);
        byte[] wide = (encoding == "utf16be" ? Encoding.BigEndianUnicode : Encoding.Unicode).GetBytes(text);
        return encoding == "utf16" ? [0xFF, 0xFE, .. wide] : wide;
    }

    /// <summary>
    /// The characters that depend on the value alone when it stands behind <paramref name="offset"/> bytes of something
    /// else. The first ones hold bits of what is before it (two or three of them), and the last one may hold bits of
    /// what comes after.
    /// </summary>
    private static byte[] AtOffset(byte[] value, int offset)
    {
        string encoded = Convert.ToBase64String([.. new byte[offset], .. value]);
        int start = offset switch { 0 => 0, 1 => 2, _ => 3 };
        int end = encoded.Length - (((offset + value.Length) % 3) switch { 0 => 0, 1 => 3, _ => 2 });
        return Encoding.ASCII.GetBytes(end > start ? encoded[start..end] : "");
    }
}
