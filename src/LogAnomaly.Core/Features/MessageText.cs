namespace LogAnomaly.Features;

/// <summary>What the characters of a message are, as shares of its bytes, and how much they surprise.</summary>
/// <param name="Digits">Share of digits.</param>
/// <param name="Upper">Share of capital letters of ASCII.</param>
/// <param name="Symbols">Share of signs of ASCII that are neither letter, digit nor white space.</param>
/// <param name="NonAscii">Share of bytes beyond ASCII.</param>
/// <param name="Entropy">Entropy of the bytes in bits, 0 to 8.</param>
internal readonly record struct MessageText(
    double Digits, double Upper, double Symbols, double NonAscii, double Entropy)
{
    /// <summary>Reads a message.</summary>
    /// <param name="message">Its bytes.</param>
    /// <returns>What they are; all 0 for none.</returns>
    public static MessageText Of(ReadOnlySpan<byte> message)
    {
        if (message.IsEmpty)
        {
            return default;
        }

        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (byte value in message)
        {
            counts[value]++;
        }

        int digits = 0;
        int upper = 0;
        int symbols = 0;
        int others = 0;
        double sum = 0;
        for (int value = 0; value < counts.Length; value++)
        {
            int count = counts[value];
            if (count == 0)
            {
                continue;
            }

            sum += count * Math.Log2(count);
            char sign = (char)value;
            digits += char.IsAsciiDigit(sign) ? count : 0;
            upper += char.IsAsciiLetterUpper(sign) ? count : 0;
            symbols += value is > 32 and < 127 && !char.IsAsciiLetterOrDigit(sign) ? count : 0;
            others += value > 127 ? count : 0;
        }

        double all = message.Length;
        return new MessageText(
            digits / all, upper / all, symbols / all, others / all, Math.Max(Math.Log2(all) - (sum / all), 0));
    }
}
