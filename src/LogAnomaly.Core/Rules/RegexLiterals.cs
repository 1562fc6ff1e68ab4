using System.Globalization;

namespace LogAnomaly.Rules;

/// <summary>
/// Finds literals of which every match of a regular expression contains one. It reads the grammar only as far as that
/// needs, and where it meets what it does not know it finds none:
/// <code>
/// expression = sequence *("|" sequence)
/// sequence   = *((letter / class / group / anchor) [quantifier])
/// </code>
/// </summary>
internal sealed class RegexLiterals
{
    private readonly string _pattern;
    private int _at;
    private bool _isUnknown;

    private RegexLiterals(string pattern) => _pattern = pattern;

    /// <summary>The literals.</summary>
    /// <param name="pattern">The regular expression.</param>
    /// <returns>Literals, one of which every match contains whatever the case of its letters; null for none.</returns>
    public static IReadOnlyList<string>? Of(string pattern)
    {
        RegexLiterals reader = new(pattern);
        List<string>? found = reader.ReadExpression();
        return reader._isUnknown || reader._at < pattern.Length ? null : found;
    }

    private static int Worth(List<string>? literals) => literals is null ? 0 : literals.Min(literal => literal.Length);

    private List<string>? ReadExpression()
    {
        List<string>? all = [];
        do
        {
            List<string>? one = ReadSequence();
            if (one is null)
            {
                all = null;
            }

            all?.AddRange(one!);
        }
        while (!_isUnknown && TrySkip('|'));
        return all;
    }

    private List<string>? ReadSequence()
    {
        List<string>? best = null;
        string run = "";
        while (!_isUnknown && _at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            List<string>? group = null;
            bool isGroup = _pattern[_at] == '(';
            char? letter = null;
            if (isGroup)
            {
                group = ReadGroup();
            }
            else
            {
                letter = ReadItem();
            }

            bool isQuantified = TryReadQuantifier(out bool mayBeAbsent);
            run = letter is { } read && !mayBeAbsent ? run + read : run;
            best = mayBeAbsent || Worth(group) <= Worth(best) ? best : group;
            if (letter is null || isQuantified)
            {
                best = run.Length > Worth(best) ? [run] : best;
                run = "";
            }
        }

        return run.Length > Worth(best) ? [run] : best;
    }

    // At an opening parenthesis. What is looked for ahead or behind is no part of the match.
    private List<string>? ReadGroup()
    {
        _at++;
        bool isPart = true;
        if (TrySkip('?'))
        {
            int end = _at;
            while (end < _pattern.Length && (char.IsAsciiLetterOrDigit(_pattern[end]) || _pattern[end] is '-' or '_'))
            {
                end++;
            }

            char after = end < _pattern.Length ? _pattern[end] : '\0';
            string flags = _pattern[_at..end];
            bool isFlags = after is ':' or ')' && !flags.Contains('x', StringComparison.OrdinalIgnoreCase);
            if (isFlags)
            {
                _at = end + 1;
                if (after == ')')
                {
                    return null;
                }
            }
            else if (!TryReadNamed() && !TrySkip('>'))
            {
                isPart = false;
                _isUnknown = !TryReadLook();
            }
        }

        List<string>? inner = ReadExpression();
        _isUnknown |= !TrySkip(')');
        return isPart ? inner : null;
    }

    private bool TryReadNamed()
    {
        bool isName = _at + 1 < _pattern.Length
            && (_pattern[_at] == '\'' || (_pattern[_at] == '<' && char.IsAsciiLetter(_pattern[_at + 1])));
        int end = isName ? _pattern.IndexOf(_pattern[_at] == '<' ? '>' : '\'', _at + 1) : -1;
        _at = end < 0 ? _at : end + 1;
        return end >= 0;
    }

    private bool TryReadLook()
    {
        TrySkip('<');
        return TrySkip('=') || TrySkip('!');
    }

    // A letter that stands for itself; null for whatever else is one item.
    private char? ReadItem()
    {
        char letter = _pattern[_at++];
        switch (letter)
        {
            case '.' or '^' or '$':
                return null;
            case '[':
                SkipClass();
                return null;
            case '\\':
                return ReadEscape();
            case '*' or '+' or '?':
                _isUnknown = true;
                return null;
            default:
                return letter;
        }
    }

    private char? ReadEscape()
    {
        if (_at >= _pattern.Length)
        {
            _isUnknown = true;
            return null;
        }

        char letter = _pattern[_at++];
        if (!char.IsAsciiLetterOrDigit(letter) && letter != '_')
        {
            return letter;
        }

        int digits = letter switch
        {
            'x' => 2,
            'u' => 4,
            _ => 0,
        };
        if (digits > 0)
        {
            bool isCode = _at + digits <= _pattern.Length;
            ReadOnlySpan<char> hex = isCode ? _pattern.AsSpan(_at, digits) : "";
            _isUnknown |=
                !ushort.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code);
            _at += digits;
            return (char)code;
        }

        // Classes and anchors of one letter; all else (categories, back references, control letters) is left alone.
        _isUnknown |= letter is not ('d' or 'D' or 'w' or 'W' or 's' or 'S' or 'b' or 'B' or 'A' or 'z' or 'Z'
            or 'G' or 't' or 'n' or 'r' or 'f' or 'v' or 'a' or 'e');
        return null;
    }

    // Behind an opening bracket; a class within a class, by subtraction, is not read.
    private void SkipClass()
    {
        TrySkip('^');
        bool isFirst = true;
        while (_at < _pattern.Length && (isFirst || _pattern[_at] != ']'))
        {
            _isUnknown |= _pattern[_at] == '[' && _pattern[_at - 1] == '-';
            _at += _pattern[_at] == '\\' ? 2 : 1;
            isFirst = false;
        }

        _isUnknown |= !TrySkip(']');
    }

    private bool TryReadQuantifier(out bool mayBeAbsent)
    {
        mayBeAbsent = false;
        if (_at >= _pattern.Length)
        {
            return false;
        }

        int start = _at;
        switch (_pattern[_at])
        {
            case '*' or '?':
                mayBeAbsent = true;
                _at++;
                break;
            case '+':
                _at++;
                break;
            case '{' when _pattern.IndexOf('}', _at) is var end and > 0
                && IsCount(_pattern.AsSpan(_at + 1, end - _at - 1), out int least):
                mayBeAbsent = least == 0;
                _at = end + 1;
                break;
            default:
                return false;
        }

        TrySkip('?');
        return _at > start;
    }

    private static bool IsCount(ReadOnlySpan<char> text, out int least)
    {
        int comma = text.IndexOf(',');
        ReadOnlySpan<char> first = comma < 0 ? text : text[..comma];
        ReadOnlySpan<char> second = comma < 0 ? "" : text[(comma + 1)..];
        return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out least)
            && (second.IsEmpty || int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    private bool TrySkip(char letter)
    {
        bool isThere = _at < _pattern.Length && _pattern[_at] == letter;
        _at += isThere ? 1 : 0;
        return isThere;
    }
}
