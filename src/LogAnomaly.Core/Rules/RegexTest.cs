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

    // Most rules of a set never come to look at a value in a run, and an expression takes longer to make ready than a
    // log of some lines.
    private readonly Lazy<Regex> _regex;

    /// <summary>Creates a test.</summary>
    /// <param name="pattern">The pattern, case-sensitive unless it says otherwise, which <see cref="Check"/> has
    /// passed.</param>
    public RegexTest(string pattern) => _regex = new Lazy<Regex>(() => Make(pattern));

    /// <summary>Sees whether a pattern can be used.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <exception cref="ArgumentException">The pattern is no regular expression.</exception>
    public static void Check(string pattern) => _ = new Regex(pattern, RegexOptions.CultureInvariant, s_longest);

    /// <inheritdoc/>
    public override bool Passes(in RuleValue value)
    {
        try
        {
            return _regex.Value.IsMatch(value.ToText());
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
