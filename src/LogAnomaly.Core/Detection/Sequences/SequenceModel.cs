namespace LogAnomaly.Detection.Sequences;

/// <summary>A scorer with the words for its reasons and the tail of its scores.</summary>
internal sealed class SequenceModel : ISequenceModel
{
    private const int MostReasons = 10;

    private readonly EventVocabulary _vocabulary;
    private readonly ISequenceScorer _scorer;
    private readonly SequenceTail _tail;

    /// <summary>Creates a model.</summary>
    /// <param name="name">Name of its detector.</param>
    /// <param name="vocabulary">The events of the training sessions.</param>
    /// <param name="scorer">What was learned from all of them.</param>
    /// <param name="tail">Their scores under scorers that had not seen them.</param>
    /// <param name="threshold">The score above which a session is an anomaly.</param>
    public SequenceModel(
        string name, EventVocabulary vocabulary, ISequenceScorer scorer, SequenceTail tail, double threshold)
    {
        Name = name;
        Threshold = threshold;
        _vocabulary = vocabulary;
        _scorer = scorer;
        _tail = tail;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public double Threshold { get; }

    /// <inheritdoc/>
    public double Score(LogSequence sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        return _scorer.Score(_vocabulary.Encode(sequence));
    }

    /// <inheritdoc/>
    public double TailProbability(double score) => _tail.Probability(score);

    /// <inheritdoc/>
    public IReadOnlyList<Reason> Explain(LogSequence sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        List<Reason> found = [];
        _scorer.Explain(_vocabulary.Encode(sequence), new SequenceWords(_vocabulary, sequence), found);
        Reason[] weighty = [.. found.Where(reason => reason.Contribution > 0)
            .OrderByDescending(reason => reason.Contribution)
            .Take(MostReasons)];
        double sum = weighty.Sum(reason => reason.Contribution);
        return Array.ConvertAll(weighty, reason => reason with { Contribution = reason.Contribution / sum });
    }
}
