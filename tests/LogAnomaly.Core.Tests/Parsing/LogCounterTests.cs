using System.Globalization;
using System.IO.Compression;
using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class LogCounterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loganomaly-counts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Counting_in_segments_gives_what_the_events_give(int threads)
    {
        string path = WriteMixedLog(90_000);
        Assert.True(new FileInfo(path).Length > 8 << 20, "The log has to span more than two segments.");
        LogReaderOptions options = new() { Threads = threads, TimeZone = TimeZoneInfo.Utc };
        LogCounter counter = new(options);
        LogCounts counts = counter.CountFiles([path], TestContext.Current.CancellationToken);

        LogReader reader = new(options);
        List<LogEvent> events = [.. reader.ReadFile(path, TestContext.Current.CancellationToken)];
        Assert.Equal(events.Count, counts.EventCount);
        Assert.Equal(events.Min(e => e.Timestamp)!.Value.UtcDateTime, counts.FirstSeen!.Value.UtcDateTime);
        Assert.Equal(events.Max(e => e.Timestamp)!.Value.UtcDateTime, counts.LastSeen!.Value.UtcDateTime);
        Assert.Equal(events.OfType<AccessEvent>().Sum(e => e.BytesSent ?? 0), counts.BytesSent);
        Assert.Equal(events.OfType<AccessEvent>().Count(e => e.Outcome == Outcome.Failure), counts.FailureCount);
        Assert.Equal(Tally(events, e => e.Kind.ToString()), Tally(counts.Kinds));
        Assert.Equal(Tally(events, e => e.Level?.ToString()), Tally(counts.Levels));
        Assert.Equal(
            Tally(events, e => (e as AccessEvent)?.StatusCode?.ToString(CultureInfo.InvariantCulture)),
            Tally(counts.StatusCodes));
        Assert.Equal(Tally(events, e => (e as AccessEvent)?.Method), Tally(counts.Methods));
        Assert.Equal(
            events.Where(e => e.Timestamp is not null).GroupBy(e => e.Timestamp!.Value.UtcTicks / TimeSpan.TicksPerHour)
                .OrderBy(group => group.Key).Select(group => (long)group.Count()),
            counts.Hours.Select(hour => hour.Count));

        LedgerEntry counted = Assert.Single(counter.Ledger.Entries);
        LedgerEntry read = Assert.Single(reader.Ledger.Entries);
        Assert.Equal(
            (read.LinesRead, read.Parsed, read.Unparsed, read.Skipped, read.Bytes, read.Format),
            (counted.LinesRead, counted.Parsed, counted.Unparsed, counted.Skipped, counted.Bytes, counted.Format));
        Assert.Equal(read.UnparsedShapes, counted.UnparsedShapes);
    }

    [Fact]
    public void A_compressed_log_and_a_filter_are_counted_by_way_of_events()
    {
        string path = WriteMixedLog(2_000);
        string packed = path + ".gz";
        using (FileStream target = File.Create(packed))
        using (GZipStream gzip = new(target, CompressionLevel.Fastest))
        {
            gzip.Write(File.ReadAllBytes(path));
        }

        LogCounts plain = new LogCounter().CountFiles([path], TestContext.Current.CancellationToken);
        LogCounts compressed = new LogCounter().CountFiles([packed], TestContext.Current.CancellationToken);
        Assert.Equal(plain.EventCount, compressed.EventCount);
        Assert.Equal(plain.StatusCodes, compressed.StatusCodes);

        LogCounter filtered = new(new LogReaderOptions { Filter = new LogFilter { MinimumLevel = LogLevel.Error } });
        LogCounts errors = filtered.CountFiles([path], TestContext.Current.CancellationToken);
        Assert.Equal(plain.Levels.First(level => level.Name == "Error").Count, errors.EventCount);
        Assert.InRange(errors.EventCount, 1, plain.EventCount - 1);
    }

    [Fact]
    public void A_file_that_is_missing_is_told_and_the_next_one_is_counted()
    {
        List<string> problems = [];
        LogCounter counter = new(new LogReaderOptions { OnProblem = problem => problems.Add(problem.Path) });
        LogCounts counts = counter.CountFiles(
            [Path.Combine(_folder, "none.log"), WriteMixedLog(100)], TestContext.Current.CancellationToken);
        Assert.InRange(counts.EventCount, 90, 100);
        Assert.Contains(Path.Combine(_folder, "none.log"), problems);
    }

    // Requests of all sorts, ordinary and not, blank lines, CR LF, lines of no format, and no line end at the end.
    private string WriteMixedLog(int lines)
    {
        Random random = new(7);
        StringBuilder text = new();
        DateTimeOffset time = new(2026, 3, 29, 0, 30, 0, TimeSpan.FromHours(1));
        string[] methods = ["GET", "POST", "HEAD", "PUT", "BREW", "OPTIONS"];
        for (int i = 0; i < lines; i++)
        {
            time = time.AddMilliseconds(random.Next(1500));
            string stamp = time.ToString("dd/MMM/yyyy:HH:mm:ss ", CultureInfo.InvariantCulture)
                + (i % 3 == 0 ? "+0100" : "+0000");
            string status = (string[])["200", "404", "500", "301"] is { } all ? all[random.Next(4)] : "";
            string request =
                $"{methods[random.Next(methods.Length)]} /p/{random.Next(500)}?q={i} HTTP/{(i % 5 == 0 ? "2.0" : "1.1")}";
            text.Append(random.Next(60) switch
            {
                0 => "",
                1 => "no line of an access log",
                2 => $"host{i % 9}.example.org - frank [{stamp}] \"{request}\" {status} -",
                3 => $"192.0.2.{i % 250} - - [{stamp}] \"\\x16\\x03\\x01\" 400 226 \"-\" \"-\"",
                4 => $"2001:db8::{i % 99:x} - alice [{stamp}] \"{request}\" {status} {random.Next(90_000)}",
                5 =>
                    $"192.0.2.1 - - [{stamp}] \"GET /\\\"q HTTP/1.1\" {status} 00{i} \"http://a/\\\"b\" \"agent \\\" 1\"",
                _ =>
                    $"198.51.100.{i % 250} - - [{stamp}] \"{request}\" {status} {random.NextInt64(6_000_000_000)} \"-\" \"Mozilla/5.0 ({new string('x', random.Next(60))})\"",
            });
            text.Append(i % 7 == 0 ? "\r\n" : "\n");
        }

        string path = Path.Combine(_folder, $"access-{lines}.log");
        File.WriteAllText(path, text.ToString().TrimEnd());
        return path;
    }

    private static SortedDictionary<string, long> Tally(IEnumerable<LogEvent> events, Func<LogEvent, string?> key) =>
        new(events.Select(key).OfType<string>()
            .GroupBy(name => name)
            .ToDictionary(group => group.Key, group => (long)group.Count()));

    private static SortedDictionary<string, long> Tally(IEnumerable<NameCount> counts) =>
        new(counts.ToDictionary(entry => entry.Name, entry => entry.Count));
}
