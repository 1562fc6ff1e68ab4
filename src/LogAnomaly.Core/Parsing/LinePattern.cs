using System.Text.RegularExpressions;

namespace LogAnomaly.Parsing;

/// <summary>
/// Makes regular expressions of the user's patterns that run in time linear to the line, whatever the line holds:
/// .NET's non-backtracking engine.
/// </summary>
internal static class LinePattern
{
    private static readonly (string Sign, string Name)[] s_backtracking =
    [
        ("(?=", "the look-ahead (?=…)"),
        ("(?!", "the negative look-ahead (?!…)"),
        ("(?<=", "the look-behind (?<=…)"),
        ("(?<!", "the negative look-behind (?<!…)"),
        ("(?>", "the atomic group (?>…)"),
        ("(?(", "the conditional (?(…)…)"),
        ("\\k<", "the back-reference \\k<…>"),
        ("\\G", "the anchor \\G"),
    ];

    /// <summary>Makes an expression of a pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="isOverLines">Whether it is for events of several lines, so that a dot matches a line end
    /// too.</param>
    /// <returns>The expression.</returns>
    /// <exception cref="ArgumentException">The pattern has a fault, or something that needs backtracking; the message
    /// names it.</exception>
    public static Regex Compile(string pattern, bool isOverLines = false)
    {
        try
        {
            RegexOptions over = isOverLines ? RegexOptions.Singleline : RegexOptions.None;
            return new Regex(
                pattern,
                over | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
        }
        catch (RegexParseException error)
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' has a fault at character {error.Offset + 1}: {error.Message}",
                nameof(pattern),
                error);
        }
        catch (NotSupportedException error)
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' contains {NameOf(pattern)}, which needs backtracking and could take for ever "
                    + "on a hostile line: write it without, for example with a class of characters such as [^ ]+.",
                nameof(pattern),
                error);
        }
    }

    private static string NameOf(string pattern)
    {
        foreach ((string sign, string name) in s_backtracking)
        {
            if (pattern.Contains(sign, StringComparison.Ordinal))
            {
                return name;
            }
        }

        for (int i = 0; i + 1 < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && pattern[i + 1] is >= '1' and <= '9')
            {
                return $"the back-reference \\{pattern[i + 1]}";
            }

            i += pattern[i] == '\\' ? 1 : 0;
        }

        return "a construct";
    }
}
