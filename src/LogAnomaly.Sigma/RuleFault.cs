namespace LogAnomaly.Sigma;

/// <summary>Why a rule, or a file of rules, cannot be used.</summary>
/// <param name="Path">The file.</param>
/// <param name="LineNumber">Line of the fault, from 1.</param>
/// <param name="RuleId">Id of the rule, or null where it is not known.</param>
/// <param name="Message">What is wrong, and what would be right.</param>
public sealed record RuleFault(string Path, int LineNumber, string? RuleId, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Path}:{LineNumber}: {Message}");
}
