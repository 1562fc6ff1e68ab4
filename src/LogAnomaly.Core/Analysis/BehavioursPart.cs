using System.Text.Json;
using LogAnomaly.Detection;
using LogAnomaly.Detection.Behaviours;

namespace LogAnomaly.Analysis;

/// <summary>What a baseline knows of how hosts behave over time.</summary>
internal sealed class BehavioursPart : IBaselinePart
{
    /// <inheritdoc/>
    public string Name => "behaviours";

    /// <summary>The behaviours, which judge while they learn.</summary>
    public BehaviourSet Set { get; } = BehaviourSet.Create(new BehaviourOptions());

    /// <summary>The score of a finding: by how many as odd are to be expected among all judgements.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="leastJudgements">Judgements that are reckoned with at the least, where the run is not complete and
    /// will make more.</param>
    /// <returns>The score, 0 to 100.</returns>
    public double ScoreOf(DetectorFinding finding, long leastJudgements = 1)
    {
        double judgements = Math.Max(leastJudgements, Set.JudgementsOf(finding.Detector));
        return Score.Of(
            finding.TailProbability, finding.TailProbability * judgements * Set.Behaviours.Count, judgements);
    }

    /// <inheritdoc/>
    public void Learn(LogEvent logEvent) => Set.Add(logEvent);

    /// <inheritdoc/>
    public void EndLearning(CancellationToken cancellation) => Set.Complete();

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer) => Set.Write(writer);

    /// <inheritdoc/>
    public void Include(JsonElement element) => Set.Include(element);

    /// <inheritdoc/>
    public void Forget(long utcTicks) => Set.Forget(utcTicks);
}
