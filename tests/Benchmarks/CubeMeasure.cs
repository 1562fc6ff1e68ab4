using LogAnomaly.Analysis;
using LogAnomaly.Templates;

namespace LogAnomaly.Benchmarks;

/// <summary>Measures the counting of events for the page alone.</summary>
internal static class CubeMeasure
{
    /// <summary>Reads the events of a log and mines their templates.</summary>
    /// <param name="path">The log.</param>
    /// <returns>The events.</returns>
    public static List<LogEvent> Read(string path)
    {
        List<LogEvent> events = TemplateMeasure.Read(path);
        TemplateMiner miner = new();
        foreach (LogEvent logEvent in events)
        {
            miner.Add(logEvent);
        }

        miner.Complete();
        return events;
    }

    /// <summary>Counts the events.</summary>
    /// <param name="events">The events.</param>
    /// <param name="withTables">Whether the tables are made too.</param>
    /// <returns>Events counted.</returns>
    public static long Count(List<LogEvent> events, bool withTables)
    {
        CubeBuilder builder = new();
        foreach (LogEvent logEvent in events)
        {
            builder.Add(logEvent);
        }

        if (withTables)
        {
            _ = builder.Build([], new CubeOptions());
        }

        return events.Count;
    }
}
