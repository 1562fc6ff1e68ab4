using System.Globalization;
using System.Text;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;
using LogAnomaly.Tests.Parsing;

namespace LogAnomaly.Tests.Reading;

/// <summary>Files that are hard to read, from outside of the project.</summary>
public sealed class EdgeCaseCorporaTests
{
    private static readonly TimeZoneInfo s_newYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Fact]
    public void Every_file_is_read_without_a_crash_and_every_line_is_accounted_for()
    {
        string[] files = Directory.GetFiles(Corpora.Require("lnav"));
        Assert.True(files.Length > 100);
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            foreach (int threads in (int[])[1, 3])
            {
                LogReader reader = new(new LogReaderOptions { TimeZone = s_newYork, Threads = threads });
                List<LogEvent> events = [.. reader.ReadFile(file, TestContext.Current.CancellationToken)];
                LedgerEntry entry = Assert.Single(reader.Ledger.Entries);
                long lines = bytes.Count(value => value == '\n') + (bytes.Length > 0 && bytes[^1] != '\n' ? 1 : 0);
                Assert.True(lines == entry.LinesRead, $"{file}: {entry.LinesRead} of {lines} lines");
                Assert.Equal(entry.LinesRead, entry.Parsed + entry.Unparsed + entry.Skipped);
                Assert.Equal(bytes.Length - (bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0), entry.Bytes);
                Assert.Null(entry.Error);
                AssertBytesKept(file, bytes, events);
            }
        }
    }

    [Fact]
    public void The_last_lines_of_every_file_are_the_last_of_all()
    {
        foreach (string file in Directory.GetFiles(Corpora.Require("lnav")))
        {
            LogReader all = new();
            LogReader tail = new(new LogReaderOptions { Tail = 5 });
            CancellationToken cancellation = TestContext.Current.CancellationToken;
            string[] expected = [.. all.ReadFile(file, cancellation).SelectMany(Describe)];
            string[] actual = [.. tail.ReadFile(file, cancellation).SelectMany(Describe)];
            Assert.True(expected.TakeLast(actual.Length).SequenceEqual(actual), file);
        }

        // The tail may begin within an event of several lines.
        static IEnumerable<string> Describe(LogEvent logEvent) =>
            logEvent.Raw.Split('\n').Select((line, index) => $"{logEvent.LineNumber + index} {line}");
    }

    // The file was changed in 2013; the clocks of that zone were put back on November 3rd at 2 o'clock, and of the two
    // instants of the repeated hour a stamp means the earlier one.
    [Fact]
    public void Stamps_in_the_hour_that_a_clock_change_repeats_are_read()
    {
        List<LogEvent> events = Read("logfile_dst.0", new DateTimeOffset(2013, 11, 5, 0, 0, 0, TimeSpan.Zero));
        LogEvent first = events[0];
        Assert.Equal(new DateTimeOffset(2013, 11, 3, 1, 1, 3, TimeSpan.FromHours(-4)), first.Timestamp);
        Assert.Equal(TimeSpan.FromHours(-4), first.Timestamp!.Value.Offset);
        Assert.All(
            events.Where(e => e.Timestamp?.Hour >= 2),
            e => Assert.Equal(TimeSpan.FromHours(-5), e.Timestamp!.Value.Offset));
    }

    [Theory]
    [InlineData("logfile_syslog.0", "2007-11-03T09:23:38")]
    [InlineData("logfile_syslog.1", "2006-12-03T09:23:38")]
    [InlineData("logfile_syslog.2", "2007-11-03T09:23:38")]
    [InlineData("logfile_access_log.0", "2009-07-20T22:59:26")]
    [InlineData("logfile_access_log.1", "2013-02-15T06:00:31")]
    public void The_first_line_has_the_time_that_it_states(string file, string expected)
    {
        LogEvent first = Read(file, new DateTimeOffset(2007, 11, 5, 0, 0, 0, TimeSpan.Zero))[0];
        Assert.Equal(expected, first.Timestamp!.Value.ToString("s", CultureInfo.InvariantCulture));
    }

    // The log runs from December into the next years: no line lies before the one above it, but for a clock that was
    // put back.
    [Theory]
    [InlineData("logfile_syslog.1")]
    [InlineData("logfile_syslog.3")]
    [InlineData("logfile_syslog_with_mixed_times.0")]
    [InlineData("logfile_rollover.1")]
    public void Lines_without_a_year_stay_in_their_order(string file)
    {
        DateTimeOffset[] times = [.. Read(file, null).Select(e => e.Timestamp).OfType<DateTimeOffset>()];
        Assert.NotEmpty(times);
        for (int i = 1; i < times.Length; i++)
        {
            Assert.True(times[i] > times[i - 1].AddDays(-7), $"{file}: {times[i - 1]} is followed by {times[i]}");
        }
    }

    private static List<LogEvent> Read(string file, DateTimeOffset? reference)
    {
        LogReader reader = new(new LogReaderOptions { TimeZone = s_newYork, ReferenceTime = reference });
        return [.. reader.ReadFile(Corpora.Require(Path.Combine("lnav", file)), TestContext.Current.CancellationToken)];
    }

    // What an event holds of its line, or of its lines, is what the file has there.
    private static void AssertBytesKept(string file, byte[] bytes, List<LogEvent> events)
    {
        int mark = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        List<int> starts = [mark];
        for (int i = mark; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
            {
                starts.Add(i + 1);
            }
        }

        foreach (LogEvent logEvent in events)
        {
            ReadOnlySpan<byte> rest = bytes.AsSpan(starts[(int)logEvent.LineNumber - 1]);
            bool isKept = logEvent is LineEvent line
                ? rest.StartsWith(line.LineSpan)
                : Encoding.UTF8.GetString(rest).StartsWith(logEvent.Raw, StringComparison.Ordinal);
            Assert.True(isKept, $"{file}:{logEvent.LineNumber}: {logEvent.Raw}");
        }
    }
}
