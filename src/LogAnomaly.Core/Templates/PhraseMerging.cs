using System.Runtime.InteropServices;

namespace LogAnomaly.Templates;

/// <summary>
/// Puts templates together that differ in one value alone, where the value has two words in the one and one word in the
/// other, such as <c>synchronized to &lt;ip&gt;</c> and <c>synchronized to LOCAL(&lt;num&gt;)</c>. Both words must be
/// values or names: a plain word more is another statement.
/// </summary>
internal sealed class PhraseMerging
{
    private const WordKinds ValueKinds = WordKinds.Mark | WordKinds.Digit | WordKinds.Name;

    private readonly TemplateWords _words;
    private readonly Dictionary<(ulong Before, ulong After), FramePattern> _byRest = [];
    private readonly Dictionary<string, int> _gaps = new(StringComparer.Ordinal);

    /// <summary>Creates a merging.</summary>
    /// <param name="words">The words of all messages.</param>
    public PhraseMerging(TemplateWords words) => _words = words;

    /// <summary>Finds what each template of a longer form belongs to.</summary>
    /// <param name="patterns">All patterns, in any order.</param>
    /// <returns>The longer patterns with the shorter ones that they are phrases of.</returns>
    public IEnumerable<(FramePattern Longer, FramePattern Shorter)> Find(List<FramePattern> patterns)
    {
        foreach (FramePattern pattern in patterns)
        {
            Index(pattern);
        }

        foreach (FramePattern pattern in patterns)
        {
            if (ShorterOf(pattern) is { } shorter)
            {
                yield return (pattern, shorter);
            }
        }
    }

    private void Index(FramePattern pattern)
    {
        for (int position = 0; position < pattern.Words.Length; position++)
        {
            if (!IsValue(pattern, position) || Constants(pattern, position, 1) < 2)
            {
                continue;
            }

            (ulong, ulong) key = KeyOf(pattern, position, 1);
            ref FramePattern? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_byRest, key, out bool exists);
            if (!exists || string.CompareOrdinal(pattern.Text, known!.Text) < 0)
            {
                known = pattern;
            }
        }
    }

    private FramePattern? ShorterOf(FramePattern pattern)
    {
        FramePattern? best = null;
        for (int position = 0; position + 1 < pattern.Words.Length; position++)
        {
            bool isPhrase = IsPart(pattern, position) && IsPart(pattern, position + 1)
                && (IsValue(pattern, position) || IsValue(pattern, position + 1));
            if (!isPhrase || !_byRest.TryGetValue(KeyOf(pattern, position, 2), out FramePattern? shorter))
            {
                continue;
            }

            bool isBetter = best is null || string.CompareOrdinal(shorter.Text, best.Text) < 0;
            best = isBetter && shorter.Words.Length == pattern.Words.Length - 1 ? shorter : best;
        }

        return best;
    }

    private bool IsValue(FramePattern pattern, int position) =>
        (position < 64 && (pattern.Opened >> position & 1) != 0)
            || (_words[pattern.Words[position]] & (WordKinds.Mark | WordKinds.Digit)) != 0;

    private bool IsPart(FramePattern pattern, int position) =>
        IsValue(pattern, position)
            || (_words[pattern.Words[position]] & (ValueKinds | WordKinds.Keyword)) is not WordKinds.None and var kinds
            && ((kinds & WordKinds.Name) != 0 || !char.IsAsciiLetterLower(_words.TextOf(pattern.Words[position])[0]));

    private int Constants(FramePattern pattern, int position, int length)
    {
        int constants = 0;
        for (int i = 0; i < pattern.Words.Length; i++)
        {
            bool isInside = i >= position && i < position + length;
            constants += !isInside && !IsValue(pattern, i) ? 1 : 0;
        }

        return constants;
    }

    // What stands before and behind some words, with the gaps that touch them; of these the brackets count with the
    // words.
    private (ulong Before, ulong After) KeyOf(FramePattern pattern, int position, int length)
    {
        ulong before = 0;
        for (int i = 0; i < position; i++)
        {
            before = Next(before, pattern.Gaps[i], pattern.Words[i]);
        }

        before = Next(before, pattern.Gaps[position], -1);
        ulong after = 0;
        for (int i = pattern.Words.Length - 1; i >= position + length; i--)
        {
            after = Next(after, pattern.Gaps[i + 1], pattern.Words[i]);
        }

        string gap = pattern.Gaps[position + length];
        return (before, Next(after, length == 2 ? WithoutClosing(pattern.Gaps[position + 1], gap) : gap, -1));
    }

    // LOCAL(<num>), leaves ", " behind it, not "), ".
    private static string WithoutClosing(string inner, string gap) =>
        inner.Length == 1 && gap.Length > 0
            && ((inner[0] == '(' && gap[0] == ')') || (inner[0] == '[' && gap[0] == ']')) ? gap[1..] : gap;

    private ulong Next(ulong hash, string gap, int word)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_gaps, gap, out bool exists);
        if (!exists)
        {
            number = _gaps.Count;
        }

        return TemplatePattern.Mix(word, 1) + (TemplatePattern.Mix(number, 2) * 3) + (hash * 0x9E3779B97F4A7C15);
    }
}
