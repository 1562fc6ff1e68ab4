namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// What a detector learned from sessions. It never changes, and all its members may be called from several threads at
/// once.
/// </summary>
public interface ISequenceModel
{
    /// <summary>Name of the detector.</summary>
    string Name { get; }

    /// <summary>
    /// The score above which a session is an anomaly, set from the training sessions alone: each was scored by a model
    /// that had not seen it.
    /// </summary>
    double Threshold { get; }

    /// <summary>How odd a session is, on the detector's own scale; greater is odder, 0 is as usual as can be.</summary>
    /// <param name="sequence">The session.</param>
    /// <returns>The score, at least 0.</returns>
    double Score(LogSequence sequence);

    /// <summary>
    /// How probable a score this great or greater is for a normal session, judged by the training sessions.
    /// </summary>
    /// <param name="score">A score of this model.</param>
    /// <returns>The tail probability, above 0 and at most 1.</returns>
    double TailProbability(double score);

    /// <summary>What makes a session odd, and what it would take to be normal.</summary>
    /// <param name="sequence">The session.</param>
    /// <returns>The reasons, the weightiest first, their contributions adding up to 1; none where nothing is
    /// odd.</returns>
    IReadOnlyList<Reason> Explain(LogSequence sequence);
}
