using System.Text;
using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Detection;

/// <summary>
/// A text of Sigma: <c>*</c> stands for any characters and <c>?</c> for one. A backslash before one of them, or before
/// another backslash, takes its meaning away; before any other character it is itself.
/// </summary>
internal sealed class ValuePattern
{
    // Hyphen, slash, en dash, em dash, horizontal bar: what shells of Windows take before a switch.
    private const string Dashes = "-/\u2013\u2014\u2015";

    private readonly string _characters;
    private readonly bool[] _isWildcard;

    private ValuePattern(string characters, bool[] isWildcard)
    {
        _characters = characters;
        _isWildcard = isWildcard;
    }

    /// <summary>Whether a wildcard is in it.</summary>
    public bool HasWildcards => Array.IndexOf(_isWildcard, true) >= 0;

    /// <summary>Its characters, wildcards included.</summary>
    public string Characters => _characters;

    /// <summary>The pattern of a text.</summary>
    /// <param name="text">The text, with wildcards and escapes.</param>
    /// <returns>The pattern.</returns>
    public static ValuePattern Parse(string text)
    {
        StringBuilder characters = new(text.Length);
        List<bool> isWildcard = new(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            bool isEscaped = text[at] == '\\' && at + 1 < text.Length && text[at + 1] is ('*' or '?' or '\\');
            at += isEscaped ? 1 : 0;
            characters.Append(text[at]);
            isWildcard.Add(!isEscaped && text[at] is ('*' or '?'));
        }

        return new ValuePattern(characters.ToString(), [.. isWildcard]);
    }

    /// <summary>The pattern of a text that has no wildcards.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The pattern.</returns>
    public static ValuePattern Literal(string text) => new(text, new bool[text.Length]);

    /// <summary>This pattern where it is expected.</summary>
    /// <param name="shape">Where.</param>
    /// <returns>The pattern with wildcards at its ends.</returns>
    public ValuePattern In(ValueShape shape)
    {
        bool isOpenBefore = shape is ValueShape.Contains or ValueShape.EndsWith;
        bool isOpenAfter = shape is ValueShape.Contains or ValueShape.StartsWith;
        string characters = (isOpenBefore ? "*" : "") + _characters + (isOpenAfter ? "*" : "");
        bool[] isWildcard =
        [
            .. isOpenBefore ? [true] : Array.Empty<bool>(),
            .. _isWildcard,
            .. isOpenAfter ? [true] : Array.Empty<bool>(),
        ];
        return new ValuePattern(characters, isWildcard);
    }

    /// <summary>All ways to write the pattern with another dash before each switch.</summary>
    /// <param name="limit">Greatest number of them.</param>
    /// <returns>The patterns, or null where there would be more.</returns>
    public IReadOnlyList<ValuePattern>? WithAllDashes(int limit)
    {
        List<ValuePattern> patterns = [this];
        for (int at = 0; at + 1 < _characters.Length; at++)
        {
            if (!IsDash(at))
            {
                continue;
            }

            int place = at;
            patterns = [.. patterns.SelectMany(pattern => Dashes.Select(dash => pattern.With(place, dash)))];
            if (patterns.Count > limit)
            {
                return null;
            }
        }

        return patterns;
    }

    /// <summary>The simplest test that does what the pattern says.</summary>
    /// <param name="field">Name of the field, or null for a keyword, which is sought in the whole line.</param>
    /// <param name="isCaseSensitive">Whether letters must have the case of the pattern.</param>
    /// <returns>The test.</returns>
    public FieldTest ToTest(string? field, bool isCaseSensitive)
    {
        int start = 0;
        int end = _characters.Length;
        while (start < end && IsAny(start))
        {
            start++;
        }

        while (end > start && IsAny(end - 1))
        {
            end--;
        }

        bool isOpenBefore = start > 0;
        bool isOpenAfter = end < _characters.Length;
        if (start == end && (isOpenBefore || isOpenAfter))
        {
            // Any value at all; a line always has one.
            return field is null
                ? new FieldTest(null, TestOperator.Contains, "")
                : new FieldTest(field, TestOperator.Exists, "");
        }

        bool isLike = _isWildcard.AsSpan(start, end - start).Contains(true);
        return isLike
            ? new FieldTest(field, TestOperator.Like, Escaped(start, end, isOpenBefore, isOpenAfter))
            {
                IsCaseSensitive = isCaseSensitive,
            }
            : new FieldTest(field, OperatorOf(isOpenBefore, isOpenAfter), _characters[start..end])
            {
                IsCaseSensitive = isCaseSensitive,
            };
    }

    private static TestOperator OperatorOf(bool isOpenBefore, bool isOpenAfter) => (isOpenBefore, isOpenAfter) switch
    {
        (true, true) => TestOperator.Contains,
        (true, false) => TestOperator.EndsWith,
        (false, true) => TestOperator.StartsWith,
        _ => TestOperator.Equals,
    };

    private string Escaped(int start, int end, bool isOpenBefore, bool isOpenAfter)
    {
        StringBuilder text = new();
        text.Append(isOpenBefore ? "*" : "");
        for (int at = start; at < end; at++)
        {
            if (!_isWildcard[at] && _characters[at] is ('*' or '?' or '\\'))
            {
                text.Append('\\');
            }

            text.Append(_characters[at]);
        }

        return text.Append(isOpenAfter ? "*" : "").ToString();
    }

    private bool IsAny(int at) => _isWildcard[at] && _characters[at] == '*';

    // A dash begins a switch where no word ends before it and one begins after it.
    private bool IsDash(int at) =>
        Dashes.Contains(_characters[at], StringComparison.Ordinal)
        && (at == 0 || _isWildcard[at - 1] || !IsWord(_characters[at - 1]))
        && !_isWildcard[at + 1] && IsWord(_characters[at + 1]);

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    private ValuePattern With(int at, char character) =>
        new(string.Concat(_characters.AsSpan(0, at), [character], _characters.AsSpan(at + 1)), _isWildcard);
}
