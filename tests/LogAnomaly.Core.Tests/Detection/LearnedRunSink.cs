using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Detection;

/// <summary>Keeps the hits of rules.</summary>
internal sealed class LearnedRunSink : IRuleSink
{
    public List<RuleHit> Hits { get; } = [];

    public void Take(in RuleHit hit) => Hits.Add(hit);
}
