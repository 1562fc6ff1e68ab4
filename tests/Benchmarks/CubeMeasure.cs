using System.Diagnostics;
using LogAnomaly.Analysis;
using LogAnomaly.Templates;

namespace LogAnomaly.Benchmarks;

/// <summary>Measures the counting of events for the page alone.</summary>
internal static class CubeMeasure
{
    private const int Batch = 256;

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
        long touched = 0;
        long adding = 0;
        for (int first = 0; first < events.Count; first += Batch)
        {
            // In an analysis events come from the processor's cache, where the miner left them; here they have to be
            // brought there.
            int last = Math.Min(events.Count, first + Batch);
            for (int at = first; at < last; at++)
            {
                touched += Touch(events[at]);
            }

            long start = Stopwatch.GetTimestamp();
            for (int at = first; at < last; at++)
            {
                builder.Add(events[at]);
            }

            adding += Stopwatch.GetTimestamp() - start;
        }

        double add = Stopwatch.GetElapsedTime(0, adding).TotalSeconds;
        long began = Stopwatch.GetTimestamp();
        if (withTables)
        {
            LogCube cube = builder.Build([], new CubeOptions());
            touched += cube.Steps;
            Console.Error.WriteLine(FormattableString.Invariant(
                $"add {add * 1e3:0} ms, tables {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms, {builder.NotedCount} noted, {builder.FactCount} folded, rows {string.Join(' ', cube.Tables.Select(table => table.Counts.Count))}"));
        }

        GC.KeepAlive(touched);

        return events.Count;
    }

    private static long Touch(LogEvent logEvent) =>
        logEvent.UtcTicks + (logEvent.HostName?.Length ?? 0) + logEvent switch
        {
            AccessEvent access =>
                (access.SourceIP?.Length ?? 0) + (access.UserAgent?.Length ?? 0) + (access.Url?.Length ?? 0),
            AuthEvent auth => (auth.SourceIP?.Length ?? 0) + (auth.UserName?.Length ?? 0),
            _ => 0,
        };
}
