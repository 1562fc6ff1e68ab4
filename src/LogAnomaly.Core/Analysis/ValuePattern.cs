namespace LogAnomaly.Analysis;

/// <summary>
/// A text with wildcards: <c>*</c> stands for any text, <c>?</c> for one character, and a backtick makes the character
/// after it one like any other, as in PowerShell.
/// </summary>
internal sealed class ValuePattern
{
    private readonly char[] _characters;
    private readonly bool[] _isWild;
    private readonly bool _ignoresCase;

    /// <summary>Creates a pattern.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="ignoresCase">Whether letters match without regard to case.</param>
    public ValuePattern(string text, bool ignoresCase)
    {
        List<char> characters = [];
        List<bool> isWild = [];
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscaped = text[i] == '`' && i + 1 < text.Length;
            i += isEscaped ? 1 : 0;
            characters.Add(text[i]);
            isWild.Add(!isEscaped && text[i] is '*' or '?');
        }

        _characters = [.. characters];
        _isWild = [.. isWild];
        _ignoresCase = ignoresCase;
    }

    /// <summary>Whether a text matches as a whole.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it does.</returns>
    public bool IsMatch(string text)
    {
        // Goes back to the last star only: earlier ones need not take more, so the time is bounded by the product of
        // the lengths.
        int at = 0;
        int star = -1;
        int retry = 0;
        int pattern = 0;
        while (at < text.Length)
        {
            if (pattern < _characters.Length && _isWild[pattern] && _characters[pattern] == '*')
            {
                star = pattern++;
                retry = at;
            }
            else if (pattern < _characters.Length && Matches(pattern, text[at]))
            {
                pattern++;
                at++;
            }
            else if (star >= 0)
            {
                pattern = star + 1;
                at = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (pattern < _characters.Length && _isWild[pattern] && _characters[pattern] == '*')
        {
            pattern++;
        }

        return pattern == _characters.Length;
    }

    private bool Matches(int pattern, char character) => _isWild[pattern]
        || _characters[pattern] == character
        || (_ignoresCase && char.ToUpperInvariant(_characters[pattern]) == char.ToUpperInvariant(character));
}
