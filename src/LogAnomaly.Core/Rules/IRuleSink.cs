namespace LogAnomaly.Rules;

/// <summary>
/// Takes the hits of rules that judge for themselves, such as the learned ones, and makes findings of them.
/// </summary>
internal interface IRuleSink
{
    /// <summary>Takes a hit: it opens a finding, or counts in the open one of the same rule and entity.</summary>
    /// <param name="hit">The hit.</param>
    void Take(in RuleHit hit);
}
