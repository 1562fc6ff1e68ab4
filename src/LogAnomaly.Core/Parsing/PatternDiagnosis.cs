using System.Globalization;
using System.Text.RegularExpressions;

namespace LogAnomaly.Parsing;

/// <summary>
/// Finds where a pattern stops to match a line: the longest start of the pattern, cut between its parts, that still
/// matches.
/// </summary>
internal static class PatternDiagnosis
{
    /// <summary>Says where patterns stop to match.</summary>
    /// <param name="expressions">The patterns, none of which matches.</param>
    /// <param name="line">The line.</param>
    /// <returns>A sentence about the pattern that comes the farthest.</returns>
    public static string Of(IEnumerable<Regex> expressions, string line)
    {
        (int Position, string Sentence) best = (-1, "The line does not match.");
        foreach (Regex expression in expressions)
        {
            (int Position, string Sentence) found = Of(expression.ToString(), line);
            best = found.Position > best.Position ? found : best;
        }

        return best.Sentence;
    }

    private static (int Position, string Sentence) Of(string pattern, string line)
    {
        int[] cuts = [.. PatternParts.Cuts(pattern)];
        int low = 0;
        int high = cuts.Length - 1;
        int reached = 0;

        // A start that matches has only starts that match, so the farthest is found by halves.
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            int length = Length(pattern[..cuts[middle]], line);
            if (length >= 0)
            {
                low = middle;
                reached = length;
            }
            else
            {
                high = middle - 1;
            }
        }

        string part = low + 1 < cuts.Length ? pattern[cuts[low]..cuts[low + 1]] : pattern[cuts[low]..];
        string name = PatternParts.GroupName(part) is { } group ? $"the group '{group}', {part}," : $"'{part}'";
        string rest = reached < line.Length ? $"'{FormatReason.Shown(line[reached..])}'" : "the end of the line";
        string place = reached == 0
            ? "The pattern matches nothing from its start"
            : string.Create(CultureInfo.InvariantCulture, $"The pattern matches up to column {reached}");
        return (reached, $"{place}: {name} does not match {rest}.");
    }

    // Where the match of a start of the pattern ends, or -1.
    private static int Length(string pattern, string line)
    {
        try
        {
            Match match = LinePattern.Compile(pattern).Match(line);
            return match.Success ? match.Index + match.Length : -1;
        }
        catch (ArgumentException)
        {
            // A cut that leaves no pattern, as inside of an alternation, is none.
            return -1;
        }
    }
}
