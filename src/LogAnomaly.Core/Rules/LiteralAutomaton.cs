using System.Text;

namespace LogAnomaly.Rules;

/// <summary>
/// Finds all of many literals in a text in one pass, without regard to the case of ASCII letters: Aho and Corasick,
/// "Efficient string matching" (1975), with a dense row of next states for each state over classes of letters. A found
/// literal names the rules that want it, as bits.
/// </summary>
internal sealed class LiteralAutomaton
{
    private const int Ascii = 128;
    private const int ShortestInHalves = 64;

    // One class for each letter that a literal has, and class 0 for all others.
    private readonly byte[] _classes;

    // Row of a state: the offset of the next state's row, with the sign bit where a literal ends there.
    private readonly int[] _next;
    private readonly int[]?[] _rules;
    private readonly int _shift;
    private readonly int _longest;

    /// <summary>Creates an automaton.</summary>
    /// <param name="classes">Class of each letter of ASCII, and class 0 for bytes above.</param>
    /// <param name="next">Rows of the states.</param>
    /// <param name="rules">The rules of each state, by its number, or null.</param>
    /// <param name="shift">Length of a row as a power of two.</param>
    /// <param name="longest">Letters of the longest literal, less than half of a text that is read in halves.</param>
    internal LiteralAutomaton(byte[] classes, int[] next, int[]?[] rules, int shift, int longest)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(longest, ShortestInHalves / 2);
        _longest = longest;
        _classes = classes;
        _next = next;
        _rules = rules;
        _shift = shift;
    }

    /// <summary>Seeks the literals in a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bits">Where the bits of the rules are set.</param>
    /// <returns>Whether a literal was found.</returns>
    public bool Scan(ReadOnlySpan<char> text, ulong[] bits)
    {
        int[] next = _next;
        byte[] classes = _classes;
        int state = 0;
        bool isFound = false;
        foreach (char letter in text)
        {
            int kind = letter < Ascii ? classes[letter] : ClassOfOther(letter);
            int row = next[state + kind];
            state = row & int.MaxValue;
            if (row < 0)
            {
                isFound = true;
                Set(_rules[state >> _shift]!, bits);
            }
        }

        return isFound;
    }

    /// <summary>Seeks the literals in a text in UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bits">Where the bits of the rules are set.</param>
    /// <returns>Whether a literal was found.</returns>
    public bool Scan(ReadOnlySpan<byte> text, ulong[] bits)
    {
        if (!System.Text.Ascii.IsValid(text))
        {
            return Scan(Encoding.UTF8.GetString(text), bits);
        }

        if (text.Length < ShortestInHalves)
        {
            return ScanWhole(text, bits);
        }

        // Each step waits for the one before it, so two halves at once take little longer than one; the second begins
        // so early that it sees whatever ends in it.
        int middle = (text.Length + _longest - 1) / 2;
        int start = middle - _longest + 1;
        ReadOnlySpan<byte> first = text[..middle];
        ReadOnlySpan<byte> second = text.Slice(start, middle);
        int[] next = _next;
        byte[] classes = _classes;
        int one = 0;
        int two = 0;
        bool isFound = false;
        for (int i = 0; i < first.Length; i++)
        {
            int rowOfOne = next[one + classes[first[i]]];
            int rowOfTwo = next[two + classes[second[i]]];
            one = rowOfOne & int.MaxValue;
            two = rowOfTwo & int.MaxValue;
            if ((rowOfOne | rowOfTwo) < 0)
            {
                isFound = true;
                SetBoth(rowOfOne, rowOfTwo, bits);
            }
        }

        for (int i = start + middle; i < text.Length; i++)
        {
            int row = next[two + classes[text[i]]];
            two = row & int.MaxValue;
            if (row < 0)
            {
                isFound = true;
                SetBoth(0, row, bits);
            }
        }

        return isFound;
    }

    private bool ScanWhole(ReadOnlySpan<byte> text, ulong[] bits)
    {
        int[] next = _next;
        byte[] classes = _classes;
        int state = 0;
        bool isFound = false;
        foreach (byte letter in text)
        {
            int row = next[state + classes[letter]];
            state = row & int.MaxValue;
            if (row < 0)
            {
                isFound = true;
                Set(_rules[state >> _shift]!, bits);
            }
        }

        return isFound;
    }

    private void SetBoth(int one, int two, ulong[] bits)
    {
        if (one < 0)
        {
            Set(_rules[(one & int.MaxValue) >> _shift]!, bits);
        }

        if (two < 0)
        {
            Set(_rules[(two & int.MaxValue) >> _shift]!, bits);
        }
    }

    private static void Set(int[] rules, ulong[] bits)
    {
        foreach (int rule in rules)
        {
            bits[rule >> 6] |= 1UL << rule;
        }
    }

    // Letters that a regular expression without regard to case takes for letters of ASCII: long s, Kelvin, I with and
    // i without dot. To find too much is no fault here.
    private int ClassOfOther(char letter) => letter switch
    {
        '\u017F' => _classes['s'],
        '\u212A' => _classes['k'],
        '\u0130' or '\u0131' => _classes['i'],
        _ => 0,
    };
}
