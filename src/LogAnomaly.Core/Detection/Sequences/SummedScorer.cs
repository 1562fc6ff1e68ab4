namespace LogAnomaly.Detection.Sequences;

/// <summary>Several scorers together: the weighted sum of their scores.</summary>
internal sealed class SummedScorer : ISequenceScorer
{
    private readonly IReadOnlyList<(ISequenceScorer Scorer, double Weight)> _parts;

    /// <summary>Creates the sum.</summary>
    /// <param name="parts">The scorers, each with its weight.</param>
    public SummedScorer(IReadOnlyList<(ISequenceScorer Scorer, double Weight)> parts) => _parts = parts;

    /// <inheritdoc/>
    public double Score(EncodedSequence sequence)
    {
        double sum = 0;
        foreach ((ISequenceScorer scorer, double weight) in _parts)
        {
            sum += weight * scorer.Score(sequence);
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Explain(EncodedSequence sequence, SequenceWords words, ICollection<Reason> found)
    {
        foreach ((ISequenceScorer scorer, double weight) in _parts)
        {
            List<Reason> own = [];
            scorer.Explain(sequence, words, own);
            own.ForEach(reason => found.Add(reason with { Contribution = reason.Contribution * weight }));
        }
    }
}
