using LogAnomaly.Detection;
using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>Runs the detectors over the rows of one kind of events and makes the anomalies.</summary>
internal sealed class AnomalyFinder
{
    // What is learned from more rows than these is the same, and their copies need not be kept.
    private const int MostTrainingRows = 100_000;

    private readonly AnalysisOptions _options;
    private readonly LogAnalysis _analysis;

    /// <summary>Creates a finder.</summary>
    /// <param name="options">How to analyse.</param>
    /// <param name="analysis">The analysis that the anomalies come from.</param>
    public AnomalyFinder(AnalysisOptions options, LogAnalysis analysis)
    {
        _options = options;
        _analysis = analysis;
    }

    /// <summary>Finds the anomalies among events of one kind.</summary>
    /// <param name="rows">The events, at least one.</param>
    /// <param name="minimumScore">Least score that is reported.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The anomalies, in the order of the input.</returns>
    public IEnumerable<Anomaly> Find(EventRows rows, double minimumScore, CancellationToken cancellation)
    {
        EventRowTable table = rows.Build(cancellation);
        RowJudgement judgement = RowJudgement.Of(table, _options, TrainingRows(table, _options.Seed), cancellation);
        Explanation? explanation = null;
        foreach (EventRows.HeldEvent held in table.Held)
        {
            double score = judgement.ScoreOf(held.Row);
            if (score >= minimumScore)
            {
                cancellation.ThrowIfCancellationRequested();
                explanation ??= new Explanation(rows.Kind, table, judgement);
                yield return EventAnomaly.Of(
                    held.Event,
                    score,
                    judgement.DetectorOf(held.Row),
                    explanation.ReasonsFor(held.Row),
                    explanation.NormalIf(held.Row),
                    _options,
                    _analysis);
            }
        }
    }

    // One row for each event, in the order of the input, or an even draw of them where there are many.
    private static FeatureMatrix TrainingRows(EventRowTable table, int seed)
    {
        int columns = table.Matrix.ColumnCount;
        int count = Math.Min(table.EventCount, MostTrainingRows);
        float[] values = new float[count * columns];
        Numerics.SeededRandom random = new((ulong)(uint)seed);
        int taken = 0;
        for (int index = 0; index < table.EventCount && taken < count; index++)
        {
            // Selection sampling (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S).
            int left = table.EventCount - index;
            if (left > count - taken && random.NextInt(left) >= count - taken)
            {
                continue;
            }

            table.Matrix.Row(table.RowOf(index)).CopyTo(values.AsSpan(taken * columns));
            taken++;
        }

        return new FeatureMatrix(table.Matrix.Names, values);
    }
}
