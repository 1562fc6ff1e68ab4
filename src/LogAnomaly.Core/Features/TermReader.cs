using System.Text;

namespace LogAnomaly.Features;

/// <summary>
/// Takes texts apart into terms: words of 2 to 32 letters, hyphens and underscores within, in small letters. What holds
/// a digit is no term, and neither is what stands in angle brackets, as the marks of templates do.
/// </summary>
internal static class TermReader
{
    private const int Shortest = 2;
    private const int Longest = 32;
    private const int LongestText = 2_048;

    /// <summary>Counts the terms of a text.</summary>
    /// <param name="text">The text in UTF-8; of a long one its first 2,048 bytes.</param>
    /// <param name="counts">Takes the counts.</param>
    /// <param name="most">Distinct terms that <paramref name="counts"/> takes.</param>
    /// <param name="times">How often the text was seen.</param>
    public static void Count(ReadOnlySpan<byte> text, Dictionary<string, long> counts, int most, long times = 1)
    {
        Span<char> word = stackalloc char[Longest];
        int length = 0;
        bool isTerm = true;
        text = text[..Math.Min(text.Length, LongestText)];
        for (int at = 0; at <= text.Length; at++)
        {
            byte sign = at < text.Length ? text[at] : (byte)' ';
            bool isLetter = char.IsAsciiLetter((char)sign) || sign > 127;
            if (isLetter || char.IsAsciiDigit((char)sign) || (length > 0 && sign is (byte)'-' or (byte)'_'))
            {
                isTerm &= (isLetter || sign is (byte)'-' or (byte)'_') && length < Longest;
                if (length < Longest)
                {
                    word[length++] = (char)(char.IsAsciiLetterUpper((char)sign) ? sign | 0x20 : sign);
                }

                continue;
            }

            if (isTerm && length >= Shortest && sign != '>')
            {
                Add(word[..length].TrimEnd("-_"), counts, most, times);
            }

            length = 0;
            isTerm = sign != '<';
        }
    }

    // Bytes beyond ASCII were taken one by one; here they become the letters that they stand for.
    private static void Add(Span<char> word, Dictionary<string, long> counts, int most, long times)
    {
        string term = word.IndexOfAnyExceptInRange('\0', '\x7F') < 0
            ? new string(word)
            : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(word.ToArray()));
        if (counts.TryGetValue(term, out long count))
        {
            counts[term] = count + times;
        }
        else if (counts.Count < most && term.Length >= Shortest)
        {
            counts.Add(term, times);
        }
    }
}
