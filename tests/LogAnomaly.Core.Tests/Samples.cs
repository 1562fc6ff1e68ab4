using System.Text;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.Tests;

/// <summary>Short ways to make events and analyses of text.</summary>
internal static class Samples
{
    public static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    public static List<LogEvent> Read(byte[] bytes, out ParseLedger ledger, LogReaderOptions? options = null)
    {
        LogReader reader = new(options ?? new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        List<LogEvent> events =
            [.. reader.ReadStream(new MemoryStream(bytes), "(sample)", TestContext.Current.CancellationToken)];
        ledger = reader.Ledger;
        return events;
    }

    public static List<LogEvent> Read(string text, out ParseLedger ledger, LogReaderOptions? options = null) =>
        Read(Encoding.UTF8.GetBytes(text), out ledger, options);

    public static LogAnalysis Analyse(string text, AnalysisOptions? options = null)
    {
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        LogAnalyzer analyzer = new(options, reader.Ledger);
        foreach (LogEvent logEvent in reader
            .ReadStream(Stream(text), "(sample)", TestContext.Current.CancellationToken))
        {
            analyzer.Add(logEvent);
        }

        return analyzer.Complete(TestContext.Current.CancellationToken);
    }

    /// <summary>An Apache error log in which a few statements repeat, with other lines planted among them.</summary>
    public static string ErrorLog(int count, params (int Line, string Text)[] planted)
    {
        string[] usual =
        [
            "[core:notice] [pid {0}:tid 1] AH00094: Command line: '/usr/sbin/apache2'",
            "[mpm_event:notice] [pid {0}:tid 1] AH00489: Apache/2.4.58 (Ubuntu) configured -- resuming normal operations",
            "[core:info] [pid {0}:tid 1] [client 192.0.2.1:40000] AH00128: File does not exist: /var/www/html/{0}.ico",
        ];
        Dictionary<int, string> extra = planted.ToDictionary(entry => entry.Line, entry => entry.Text);
        StringBuilder log = new();
        DateTime time = new(2026, 3, 2, 10, 0, 0);
        for (int line = 1; line <= count; line++)
        {
            log.Append('[').Append(time.AddSeconds(line).ToString(
                "ddd MMM dd HH:mm:ss.ffffff yyyy", System.Globalization.CultureInfo.InvariantCulture)).Append("] ");
            log.Append(extra.TryGetValue(line, out string? text)
                ? text
                : string.Format(
                    System.Globalization.CultureInfo.InvariantCulture, usual[line % usual.Length], 1000 + (line % 89)));
            log.Append('\n');
        }

        return log.ToString();
    }
}
