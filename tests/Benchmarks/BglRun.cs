using System.Runtime.InteropServices;
using System.Text;
using LogAnomaly.Features;
using LogAnomaly.Parsing;
using LogAnomaly.Templates;

namespace LogAnomaly.Benchmarks;

/// <summary>
/// Rows of loghub's BGL sample for <c>forest.py</c>: the features of its events, without the column that marks alerts.
/// </summary>
internal static class BglRun
{
    /// <summary>Writes the rows, their column names and, apart from them, which are alerts.</summary>
    /// <param name="target">Start of the names of the three files.</param>
    public static void Write(string target)
    {
        string corpora = Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA")
            ?? throw new InvalidOperationException("LOGANOMALY_CORPORA names no folder.");
        string[] lines = File.ReadAllLines(Path.Combine(corpora, "loghub", "BGL", "BGL_2k.log"));
        byte[] alerts = Array.ConvertAll(
            lines, line => line.StartsWith("- ", StringComparison.Ordinal) ? (byte)0 : (byte)1);
        byte[] text = Encoding.UTF8.GetBytes(
            string.Concat(lines.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..] + "\n")));
        using MemoryStream stream = new(text);
        TemplateMiner miner = new();
        List<LogEvent> events =
            [.. new LogReader(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc }).ReadStream(stream, "BGL")];
        foreach (LogEvent logEvent in events)
        {
            miner.Add(logEvent);
        }

        miner.Complete();

        LogKind[] kinds = [.. events.Select(logEvent => logEvent.Kind).Distinct()];
        if (kinds.Length != 1 || events.Count != lines.Length)
        {
            throw new InvalidOperationException(
                $"{events.Count} events of {kinds.Length} kinds were read from {lines.Length} lines.");
        }

        EventRows distinct = new(kinds[0], EventHolding.None);
        events.ForEach(distinct.Add);
        EventRowTable table = distinct.Build(CancellationToken.None);
        float[] values = [.. Enumerable.Range(0, table.EventCount)
            .SelectMany(index => table.Matrix.Row(table.RowOf(index)).ToArray())];
        FeatureMatrix rows = new(table.Matrix.Names, values);
        File.WriteAllText(target + ".names", string.Join('\n', rows.Names));
        File.WriteAllBytes(target + ".rows", MemoryMarshal.AsBytes(rows.Values.AsSpan()).ToArray());
        File.WriteAllBytes(target + ".alerts", alerts);
    }
}
