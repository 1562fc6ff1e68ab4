namespace LogAnomaly.Analysis;

/// <summary>What a detector says of the events of a labelled log that are tested.</summary>
/// <param name="Scores">A score for each of them; greater is odder.</param>
/// <param name="Reported">Whether each was reported.</param>
/// <param name="Alarms">The reports.</param>
/// <param name="Threshold">The score above which something was reported, or null where nothing was.</param>
internal sealed record DetectorVerdict(double[] Scores, bool[] Reported, IReadOnlyList<Alarm> Alarms, double? Threshold)
{
    /// <summary>A verdict by scores, with the threshold from the scores of the training events.</summary>
    /// <param name="log">The log.</param>
    /// <param name="scores">A score for each event of the log.</param>
    /// <returns>The verdict; reports within ten minutes, or a hundred events where there are no times, are one
    /// alarm.</returns>
    public static DetectorVerdict Of(LabelledLog log, double[] scores)
    {
        double[] training = scores[..log.TestStart];
        Array.Sort(training);

        // The score that no more training events exceed than the analysis would report of so many.
        double threshold = training.Length == 0
            ? double.PositiveInfinity
            : training[training.Length - 1
                - (int)(Detection.Score.ReportedProbability(training.Length) * training.Length)];
        double[] tested = scores[log.TestStart..];
        bool[] reported = Array.ConvertAll(tested, score => score > threshold);
        return new DetectorVerdict(
            tested, reported, Merge(log, reported), double.IsFinite(threshold) ? threshold : null);
    }

    private static List<Alarm> Merge(LabelledLog log, bool[] reported)
    {
        List<Alarm> alarms = [];
        List<int> open = [];
        for (int i = 0; i <= reported.Length; i++)
        {
            bool isEnd = i == reported.Length;
            if (!isEnd && !reported[i])
            {
                continue;
            }

            if (open.Count > 0 && (isEnd || !log.IsClose(open[0], log.TestStart + i)))
            {
                alarms.Add(new Alarm(open, log.TicksAt(open[0]), log.TicksAt(open[^1]), null));
                open = [];
            }

            open.Add(log.TestStart + i);
        }

        return alarms;
    }
}
