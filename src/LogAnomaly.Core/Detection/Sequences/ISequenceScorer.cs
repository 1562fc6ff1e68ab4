namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// What is learned from some sessions, before its scores are calibrated. Never changes once made. Scores are surprises
/// in nats (minus the natural logarithm of a probability) where the detector knows probabilities, so that those of
/// several add up.
/// </summary>
internal interface ISequenceScorer
{
    /// <summary>How odd a session is.</summary>
    /// <param name="sequence">The session.</param>
    /// <returns>The score, at least 0.</returns>
    double Score(EncodedSequence sequence);

    /// <summary>What makes up the score of a session.</summary>
    /// <param name="sequence">The session.</param>
    /// <param name="words">Words for events and sessions.</param>
    /// <param name="found">Receives the reasons; their contributions are parts of the score, not yet shares.</param>
    void Explain(EncodedSequence sequence, SequenceWords words, ICollection<Reason> found);
}
