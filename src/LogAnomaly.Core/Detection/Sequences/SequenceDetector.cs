using LogAnomaly.Numerics;

namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// Learns a scorer from sessions, and its threshold from the same sessions: each is scored by a scorer that was learned
/// without it - one by one where there are few, in ten parts where there are many - because a session that was learned
/// from looks more normal than it is.
/// </summary>
internal sealed class SequenceDetector : ISequenceDetector
{
    private const int MostSingle = 100;
    private const int Parts = 10;

    private readonly double _leastShare;
    private readonly Func<TrainingSessions, ISequenceScorer> _fit;

    /// <summary>Creates a detector.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="fit">Learns a scorer.</param>
    /// <param name="leastShare">
    /// The share of normal sessions that the threshold is extrapolated to where few sessions show only greater ones; 1
    /// not to extrapolate.
    /// </param>
    public SequenceDetector(string name, Func<TrainingSessions, ISequenceScorer> fit, double leastShare = 1)
    {
        _leastShare = leastShare;
        Name = name;
        _fit = fit;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ISequenceModel Train(IReadOnlyList<LogSequence> sequences, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentOutOfRangeException.ThrowIfZero(sequences.Count, nameof(sequences));
        EventVocabulary vocabulary = new(sequences);
        EncodedSequence[] sessions = [.. sequences.Select(vocabulary.Encode)];
        ISequenceScorer scorer = _fit(new TrainingSessions(vocabulary.Count, sessions));
        SequenceTail tail = new(ScoreApart(sessions, vocabulary.Count, scorer, cancellation));
        return new SequenceModel(
            Name,
            vocabulary,
            scorer,
            tail,
            tail.Threshold(LogAnomaly.Detection.Score.ReportedProbability(sessions.Length), _leastShare));
    }

    private double[] ScoreApart(
        EncodedSequence[] sessions, int events, ISequenceScorer whole, CancellationToken cancellation)
    {
        int parts = sessions.Length <= MostSingle ? sessions.Length : Parts;
        if (parts < 2)
        {
            return [.. sessions.Select(whole.Score)];
        }

        // Dealt out at random, so that sessions of one hour do not all fall into one part; with a seed, so that runs
        // repeat.
        int[] order = [.. Enumerable.Range(0, sessions.Length)];
        new SeededRandom(1).Shuffle(order.AsSpan());
        double[] scores = new double[sessions.Length];
        Parallel.For(0, parts, new ParallelOptions { CancellationToken = cancellation }, part =>
        {
            TrainingSessions others = new(
                events, [.. order.Where((_, place) => place % parts != part).Select(index => sessions[index])]);
            ISequenceScorer scorer = _fit(others);
            for (int place = part; place < order.Length; place += parts)
            {
                scores[order[place]] = scorer.Score(sessions[order[place]]);
            }
        });
        return scores;
    }
}
