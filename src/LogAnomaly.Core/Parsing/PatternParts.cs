namespace LogAnomaly.Parsing;

/// <summary>Finds the parts of a regular expression: groups, classes and signs with their quantifiers.</summary>
internal static class PatternParts
{
    private static readonly System.Buffers.SearchValues<char> s_countSigns =
        System.Buffers.SearchValues.Create("0123456789,");

    /// <summary>Where a pattern can be cut so that what stands before is a pattern too.</summary>
    /// <param name="pattern">The pattern, which is valid.</param>
    /// <returns>Indices from 0 to the length; only these two where the whole is an alternation.</returns>
    public static IEnumerable<int> Cuts(string pattern)
    {
        List<int> cuts = [0];
        int at = 0;
        while (at < pattern.Length)
        {
            if (pattern[at] == '|')
            {
                return [0, pattern.Length];
            }

            at = EndOfQuantifier(pattern, EndOfPart(pattern, at));
            cuts.Add(at);
        }

        return cuts;
    }

    /// <summary>The name of the group that a part is.</summary>
    /// <param name="part">The part.</param>
    /// <returns>The name, or null where it is no named group.</returns>
    public static string? GroupName(string part)
    {
        bool isNamed = part.StartsWith("(?<", StringComparison.Ordinal)
            || part.StartsWith("(?'", StringComparison.Ordinal);
        int end = isNamed ? part.IndexOfAny(['>', '\''], 3) : -1;
        return end > 3 ? part[3..end] : null;
    }

    private static int EndOfPart(string pattern, int at) => pattern[at] switch
    {
        '\\' => EndOfEscape(pattern, at),
        '[' => EndOfClass(pattern, at),
        '(' => EndOfGroup(pattern, at),
        _ => at + 1,
    };

    private static int EndOfEscape(string pattern, int at)
    {
        char sign = at + 1 < pattern.Length ? pattern[at + 1] : '\0';
        int brace = sign is 'p' or 'P' ? pattern.IndexOf('}', at) : -1;
        int length = sign switch
        {
            'x' => 4,
            'u' => 6,
            'c' => 3,
            _ => 2,
        };
        return brace > 0 ? brace + 1 : Math.Min(at + length, pattern.Length);
    }

    private static int EndOfClass(string pattern, int at)
    {
        int next = at + 1;
        next += next < pattern.Length && pattern[next] == '^' ? 1 : 0;
        next += next < pattern.Length && pattern[next] == ']' ? 1 : 0;
        while (next < pattern.Length && pattern[next] != ']')
        {
            next += pattern[next] == '\\' ? 2
                : pattern[next] == '[' && pattern[next - 1] == '-' ? EndOfClass(pattern, next) - next
                : 1;
        }

        return Math.Min(next + 1, pattern.Length);
    }

    private static int EndOfGroup(string pattern, int at)
    {
        int next = at + 1;
        while (next < pattern.Length && pattern[next] != ')')
        {
            next = EndOfPart(pattern, next);
        }

        return Math.Min(next + 1, pattern.Length);
    }

    private static int EndOfQuantifier(string pattern, int at)
    {
        if (at >= pattern.Length)
        {
            return at;
        }

        int end = at;
        if (pattern[at] is '*' or '+' or '?')
        {
            end = at + 1;
        }
        else if (pattern[at] == '{' && pattern.IndexOf('}', at) is > 0 and int brace
            && pattern.AsSpan(at + 1, brace - at - 1).IndexOfAnyExcept(s_countSigns) < 0 && brace > at + 1)
        {
            end = brace + 1;
        }

        return end > at && end < pattern.Length && pattern[end] == '?' ? end + 1 : end;
    }
}
