using System.Text.RegularExpressions;

namespace LogAnomaly.Rules;

/// <summary>
/// Seeks a regular expression of a rule. A line may have been written to make the search slow, so the engine that takes
/// time in proportion to the text is used wherever the pattern allows it; else the search ends after a tenth of a
/// second.
/// </summary>
internal sealed class RegexTest : ValueTest
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(100);

    private readonly Regex _regex;

    /// <summary>Creates a test.</summary>
    /// <param name="pattern">The pattern, case-sensitive unless it says otherwise.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public RegexTest(string pattern) => _regex = Make(pattern);

    /// <inheritdoc/>
    public override bool Passes(in RuleValue value)
    {
        try
        {
            return _regex.IsMatch(value.ToText());
        }
        catch (RegexMatchTimeoutException)
        {
            // Documented: what cannot be decided in time counts as no match.
            return false;
        }
    }

    private static Regex Make(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, s_longest);
        }
    }
}
