using LogAnomaly.Parsing;
using LogAnomaly.Synthesis;
using LogAnomaly.Templates;

namespace LogAnomaly.Benchmarks;

/// <summary>
/// Measures the template miner alone: real logs from the corpora and the synthetic login log, all repeated to a million
/// events.
/// </summary>
internal static class TemplateMeasure
{
    private const int Events = 1_000_000;

    /// <summary>The logs that are measured.</summary>
    /// <returns>Their paths.</returns>
    public static IEnumerable<string> Logs()
    {
        if (Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA") is { Length: > 0 } corpora)
        {
            yield return Path.Combine(corpora, "loghub", "Linux", "Linux_full.log");
            yield return Path.Combine(corpora, "loghub", "Apache", "Apache_full.log");
        }

        yield return Inputs.Make(SyntheticLogType.Auth, Events);
    }

    /// <summary>Reads the events of a log.</summary>
    /// <param name="path">The log.</param>
    /// <returns>The events.</returns>
    public static List<LogEvent> Read(string path) =>
        [.. new LogReader(new LogReaderOptions { Threads = 1, TimeZone = TimeZoneInfo.Utc }).ReadFile(path)];

    /// <summary>Mines the events; of a miner that is warm, until a million were taken.</summary>
    /// <param name="events">The events.</param>
    /// <param name="miner">The miner.</param>
    /// <returns>Events taken.</returns>
    public static long Mine(List<LogEvent> events, TemplateMiner miner)
    {
        bool isWarm = miner.ToTemplates().Count > 0;
        long taken = 0;
        do
        {
            foreach (LogEvent logEvent in events)
            {
                miner.Add(logEvent);
            }

            taken += events.Count;
        }
        while (isWarm && taken < Events);
        _ = miner.ToTemplates();
        return taken;
    }
}
