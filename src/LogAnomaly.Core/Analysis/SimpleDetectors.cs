using LogAnomaly.Numerics;
using LogAnomaly.Templates;

namespace LogAnomaly.Analysis;

/// <summary>
/// Detectors that anybody would think of first. They stand beside every measurement: a detector that does not beat them
/// is not worth its trouble.
/// </summary>
internal static class SimpleDetectors
{
    private static readonly long s_windowTicks = TimeSpan.FromMinutes(5).Ticks;
    private const int WindowEvents = 100;

    /// <summary>The detectors: a score for each event of a log, learned from its training part alone.</summary>
    public static IReadOnlyList<(string Name, Func<LabelledLog, int, double[]> Score)> All { get; } =
    [
        ("EventRarity", (log, _) => EventRarity(log)),
        ("MessageLength", (log, _) => MessageLength(log)),
        ("ErrorLevel",
            (log, _) => [.. log.Events.Select(logEvent => (double)(logEvent.Level ?? LogLevel.Informational))]),
        ("SourceCount", (log, _) => SourceCount(log)),
        ("Random", Random),
    ];

    // How rare the template is among the training events; each of those is judged by the others.
    private static double[] EventRarity(LabelledLog log)
    {
        TemplateMiner miner = new();
        foreach (LogEvent logEvent in log.Events)
        {
            miner.Add(logEvent);
        }

        string[] ids = [.. log.Events.Select(logEvent => logEvent.TemplateId ?? "")];
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        for (int i = 0; i < log.TestStart; i++)
        {
            counts[ids[i]] = counts.GetValueOrDefault(ids[i]) + 1;
        }

        return
        [
            .. ids.Select((id, i) =>
                -Math.Log((counts.GetValueOrDefault(id) - (i < log.TestStart ? 1 : 0) + 0.5) / (log.TestStart + 1))),
        ];
    }

    private static double[] MessageLength(LabelledLog log)
    {
        double[] lengths = [.. log.Events.Select(logEvent => Math.Log(1 + logEvent.Message.Length))];
        double[] training = lengths[..log.TestStart];
        Array.Sort(training);
        double median = training.Length == 0 ? 0 : training[training.Length / 2];
        return Array.ConvertAll(lengths, length => Math.Abs(length - median));
    }

    // Events of the same source in the five minutes up to this one.
    private static double[] SourceCount(LabelledLog log)
    {
        double[] counts = new double[log.Events.Count];
        Dictionary<string, Queue<int>> recent = new(StringComparer.Ordinal);
        for (int i = 0; i < counts.Length; i++)
        {
            LogEvent logEvent = log.Events[i];
            string source = (logEvent["SourceIP"] ?? logEvent["UserName"] ?? logEvent.HostName ?? logEvent.Program
                ?? "").ToString() ?? "";
            if (!recent.TryGetValue(source, out Queue<int>? positions))
            {
                positions = new Queue<int>();
                recent.Add(source, positions);
            }

            positions.Enqueue(i);
            while (!IsRecent(log, positions.Peek(), i))
            {
                positions.Dequeue();
            }

            counts[i] = positions.Count;
        }

        return counts;
    }

    private static bool IsRecent(LabelledLog log, int earlier, int now) => log.TicksAt(earlier) >= 0
        ? Math.Abs(log.TicksAt(now) - log.TicksAt(earlier)) <= s_windowTicks
        : now - earlier <= WindowEvents;

    private static double[] Random(LabelledLog log, int seed)
    {
        SeededRandom random = new((ulong)(uint)seed);
        double[] scores = new double[log.Events.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = random.NextDouble();
        }

        return scores;
    }
}
