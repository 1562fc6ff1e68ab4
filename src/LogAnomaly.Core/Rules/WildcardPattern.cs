namespace LogAnomaly.Rules;

/// <summary>
/// A pattern of Sigma: <c>*</c> is any text, <c>?</c> is one letter, and a backslash before either or before another
/// backslash takes its meaning away; before anything else it is a letter itself.
/// </summary>
internal sealed class WildcardPattern
{
    private const char AnyText = '*';
    private const char AnyLetter = '?';
    private const char Letter = 'x';

    private readonly char[] _letters;
    private readonly char[] _roles;
    private readonly bool _isCaseSensitive;

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="isCaseSensitive">Whether letters must have the case of the pattern.</param>
    public WildcardPattern(string pattern, bool isCaseSensitive)
    {
        List<char> letters = [];
        List<char> roles = [];
        for (int i = 0; i < pattern.Length; i++)
        {
            bool isEscape = pattern[i] == '\\' && i + 1 < pattern.Length
                && (pattern[i + 1] is AnyText or AnyLetter or '\\');
            i += isEscape ? 1 : 0;
            letters.Add(isCaseSensitive ? pattern[i] : char.ToUpperInvariant(pattern[i]));
            roles.Add(!isEscape && (pattern[i] is AnyText or AnyLetter) ? pattern[i] : Letter);
        }

        _letters = [.. letters];
        _roles = [.. roles];
        _isCaseSensitive = isCaseSensitive;
    }

    /// <summary>
    /// The texts that every match contains, between the wildcards; letters are upper case unless case counts.
    /// </summary>
    /// <returns>The texts.</returns>
    public IEnumerable<string> Pieces()
    {
        int start = 0;
        for (int i = 0; i <= _letters.Length; i++)
        {
            if (i == _letters.Length || _roles[i] != Letter)
            {
                if (i > start)
                {
                    yield return new string(_letters, start, i - start);
                }

                start = i + 1;
            }
        }
    }

    /// <summary>Whether a whole text matches.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it does.</returns>
    public bool IsMatch(string text)
    {
        int at = 0;
        int place = 0;
        int star = -1;
        int resume = 0;
        while (at < text.Length)
        {
            if (place < _letters.Length && _roles[place] == AnyText)
            {
                // A later star takes over: what stands before it has its leftmost match, and no other is needed.
                star = place++;
                resume = at;
            }
            else if (place < _letters.Length && (_roles[place] == AnyLetter || IsSame(text[at], _letters[place])))
            {
                at++;
                place++;
            }
            else if (star >= 0)
            {
                place = star + 1;
                at = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (place < _letters.Length && _roles[place] == AnyText)
        {
            place++;
        }

        return place == _letters.Length;
    }

    private bool IsSame(char letter, char expected) =>
        (_isCaseSensitive ? letter : char.ToUpperInvariant(letter)) == expected;
}
