using System.Globalization;
using System.IO.Compression;
using System.IO.Pipes;
using System.Text;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;
using LogAnomaly.Synthesis;

namespace LogAnomaly.Tests.Reading;

public sealed class LogReaderTests : IDisposable
{
    private const string First =
        "[Mon Mar 02 10:00:00.000000 2026] [core:notice] [pid 1:tid 2] AH00094: Command line: '/usr/sbin/apache2'";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loganomaly-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_ledger_sums_to_the_lines_and_every_line_is_an_event_or_skipped()
    {
        List<LogEvent> events = Samples.Read($"{First}\n\nno format at all\n{First}\n   \n", out ParseLedger ledger);
        Assert.Equal(
            [LogKind.ApacheError, LogKind.Unparsed, LogKind.ApacheError, LogKind.Unparsed], events.Select(e => e.Kind));
        Assert.Equal([1L, 3, 4, 5], events.Select(e => e.LineNumber));
        LedgerEntry entry = Assert.Single(ledger.Entries);
        Assert.Equal("apache-error", entry.Format);
        Assert.Equal((5, 2, 2, 1), (entry.LinesRead, entry.Parsed, entry.Unparsed, entry.Skipped));
        Assert.Equal("a a a a", entry.UnparsedShapes[0].Shape);
        Assert.Equal(3, entry.UnparsedShapes[0].LineNumber);
    }

    [Fact]
    public void A_format_that_is_no_candidate_is_not_found()
    {
        string path = Path.Combine(_folder.FullName, "error.log");
        File.WriteAllText(path, $"{First}\n{First}\n");
        Assert.True(LogFormats.TryGet("access", out LogFormat? access));
        Assert.True(LogFormats.TryGet("apache-error", out LogFormat? error));
        LogReaderOptions without = new() { Candidates = [access] };
        LogReaderOptions with = new() { Candidates = [access, error] };
        Assert.All(
            new LogReader(without).ReadFile(path, TestContext.Current.CancellationToken),
            e => Assert.Equal(LogKind.Unparsed, e.Kind));
        Assert.All(
            new LogReader(with).ReadFile(path, TestContext.Current.CancellationToken),
            e => Assert.Equal(LogKind.ApacheError, e.Kind));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_byte_order_mark_decides_the_encoding_and_is_no_part_of_the_line(string name)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes($"{First} ä€\n{First}\n")];
        List<LogEvent> events = Samples.Read(bytes, out _);
        Assert.Equal([$"{First} ä€", First], events.Select(e => e.Raw));
        Assert.All(events, e => Assert.Equal(LogKind.ApacheError, e.Kind));
    }

    [Fact]
    public void Gzip_is_known_by_its_content_and_several_members_follow_each_other()
    {
        byte[] bytes = [.. Gzip($"{First}\n"), .. Gzip($"{First}\n{First}\n")];
        Assert.Equal(3, Samples.Read(bytes, out ParseLedger ledger).Count);
        Assert.Null(Assert.Single(ledger.Entries).Error);
    }

    [Fact]
    public void Gzip_that_ends_early_keeps_the_lines_before_its_end_and_says_so()
    {
        string text = string.Concat(
            Enumerable.Range(0, 5_000).Select(i => First.Replace("pid 1", $"pid {i * 7919}") + "\n"));
        byte[] whole = Gzip(text);
        foreach (int cut in new[] { whole.Length - 1, whole.Length - 8, whole.Length / 2, 30, 18, 12, 3 })
        {
            List<ReadProblem> problems = [];
            LogReaderOptions options = new() { TimeZone = TimeZoneInfo.Utc, OnProblem = problems.Add };
            List<LogEvent> events = Samples.Read(whole[..cut], out ParseLedger ledger, options);
            ReadProblem problem = Assert.Single(problems, p => p.Kind == ReadProblemKind.EndedEarly);
            Assert.Contains("ends early", problem.Message, StringComparison.Ordinal);
            Assert.Equal(problem.Message, ledger.Entries[0].Error);
            Assert.Equal(ledger.LinesRead, events.Count + ledger.Skipped);
            Assert.True(cut != whole.Length / 2 || events.Count > 1_000, "half of the data holds many lines");
        }
    }

    [Fact]
    public void A_missing_file_and_a_directory_are_told_and_the_others_are_read()
    {
        string good = Path.Combine(_folder.FullName, "good.log");
        File.WriteAllText(good, First + "\n");
        List<ReadProblem> problems = [];
        LogReader reader = new(new LogReaderOptions { OnProblem = problems.Add });
        string missing = Path.Combine(_folder.FullName, "missing.log");
        List<LogEvent> events =
            [.. reader.ReadFiles([missing, _folder.FullName, good], TestContext.Current.CancellationToken)];
        Assert.Equal(good, Assert.Single(events).Path);
        Assert.Equal([ReadProblemKind.NotFound, ReadProblemKind.IsDirectory], problems.Select(p => p.Kind));
        Assert.All(problems, p => Assert.Contains(p.Path, p.Message, StringComparison.Ordinal));
        Assert.Equal(3, reader.Ledger.Entries.Count);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_told_and_the_others_are_read()
    {
        string good = Path.Combine(_folder.FullName, "good.log");
        string closed = Path.Combine(_folder.FullName, new string('x', 300));
        File.WriteAllText(good, First + "\n");
        List<ReadProblem> problems = [];
        LogReader reader = new(new LogReaderOptions { OnProblem = problems.Add });
        Assert.Single(reader.ReadFiles([closed, good], TestContext.Current.CancellationToken));
        ReadProblem problem = Assert.Single(problems);
        Assert.Equal((ReadProblemKind.AccessDenied, closed), (problem.Kind, problem.Path));
        Assert.Equal(problem.Message, reader.Ledger.Entries[0].Error);
    }

    [Fact]
    public void An_empty_file_is_no_problem()
    {
        List<ReadProblem> problems = [];
        Assert.Empty(Samples.Read("", out ParseLedger ledger, new LogReaderOptions { OnProblem = problems.Add }));
        Assert.Empty(problems);
        Assert.Equal(0, ledger.LinesRead);
    }

    [Fact]
    public void Binary_bytes_are_unparsed_lines_and_none_is_lost()
    {
        byte[] bytes = new byte[300_000];
        new Random(5).NextBytes(bytes);
        bytes[0] = 0;
        List<LogEvent> events = Samples.Read(bytes, out ParseLedger ledger);
        Assert.All(events, e => Assert.Equal(LogKind.Unparsed, e.Kind));
        int lines = bytes.Count(value => value == '\n') + (bytes[^1] == '\n' ? 0 : 1);
        Assert.Equal(lines, ledger.LinesRead);
        Assert.Equal(ledger.LinesRead, ledger.Unparsed + ledger.Skipped);
    }

    [Fact]
    public void Nul_bytes_and_invalid_utf8_stay_in_their_line()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(First), 0, 0xFF, 0xC3, (byte)'\n', .. Encoding.UTF8.GetBytes(First)];
        List<LogEvent> events = Samples.Read(bytes, out _);
        Assert.Equal([$"{First}\0\uFFFD\uFFFD", First], events.Select(e => e.Raw));
        Assert.All(events, e => Assert.Equal(LogKind.ApacheError, e.Kind));
    }

    [Fact]
    public void A_file_that_grows_while_it_is_read_gives_whole_lines()
    {
        string path = Path.Combine(_folder.FullName, "growing.log");
        File.WriteAllText(path, string.Concat(Enumerable.Repeat(First + "\n", 1_000)));
        LogReader reader = new();
        int count = 0;
        foreach (LogEvent logEvent in reader.ReadFile(path, TestContext.Current.CancellationToken))
        {
            Assert.Equal(First, logEvent.Raw);
            if (count++ == 10)
            {
                File.AppendAllText(path, string.Concat(Enumerable.Repeat(First + "\n", 500)));
            }
        }

        Assert.Equal(1_500, count);
    }

    [Fact]
    public void A_file_that_is_cut_short_while_it_is_read_ends_without_a_crash()
    {
        string path = Path.Combine(_folder.FullName, "shrinking.log");
        File.WriteAllText(path, string.Concat(Enumerable.Repeat(First + "\n", 5_000)));
        LogReader reader = new();
        int count = 0;
        foreach (LogEvent _ in reader.ReadFile(path, TestContext.Current.CancellationToken))
        {
            if (count++ == 0)
            {
                using FileStream cut = new(
                    path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                cut.SetLength(0);
            }
        }

        Assert.InRange(count, 1, 4_999);
        Assert.Equal(count, reader.Ledger.LinesRead);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Any_number_of_threads_gives_the_same_events_in_the_same_order(int threads)
    {
        StringBuilder text = new();
        Random random = new(3);
        for (int i = 0; i < 30_000; i++)
        {
            text.Append(random.Next(50) == 0 ? "garbage " + i : First.Replace("pid 1", $"pid {i}")).Append('\n');
        }

        List<LogEvent> expected = Samples.Read(text.ToString(), out ParseLedger expectedLedger);
        List<LogEvent> actual = Samples.Read(
            text.ToString(),
            out ParseLedger ledger,
            new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc });
        Assert.Equal(
            expected.Select(e => (e.LineNumber, e.Kind, e.ProcessId, e.Raw)),
            actual.Select(e => (e.LineNumber, e.Kind, e.ProcessId, e.Raw)));
        Assert.Equal(
            (expectedLedger.LinesRead, expectedLedger.Parsed, expectedLedger.Unparsed, expectedLedger.Bytes),
            (ledger.LinesRead, ledger.Parsed, ledger.Unparsed, ledger.Bytes));
    }

    [Fact]
    public void Lines_that_lean_on_earlier_ones_are_the_same_on_any_number_of_threads()
    {
        // A connection's closing line has no user: it is known from the lines before it, which may lie in another
        // block.
        SyntheticLogOptions log = new() { Type = SyntheticLogType.Auth, Count = 20_000, AnomalyRate = 0.2 };
        string text = string.Concat(LogSynthesizer.Generate(log).Select(line => line.Text + "\n"));
        LogReaderOptions options = new()
        {
            TimeZone = TimeZoneInfo.Utc,
            ReferenceTime = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero),
        };
        List<LogEvent> expected = Samples.Read(text, out _, options);
        List<LogEvent> actual = Samples.Read(text, out _, options with { Threads = 4 });
        Assert.Equal(expected.Select(Describe), actual.Select(Describe));

        static string Describe(LogEvent e) => string.Join('|', e.GetKindFields().Select(field => e.GetValue(field)));
    }

    [Theory]
    [InlineData(
        "2025-03-01T10:00:05.123456+01:00 deb12 (systemd): pam_unix(systemd-user:session): session opened for user bob(uid=1000) by bob(uid=0)",
        "(systemd)", null, "session_opened")]
    [InlineData("Mar  1 10:00:05 deb12 (sd-pam)[345]: pam_unix(systemd-user:session): session closed for user bob",
        "(sd-pam)", 345, "session_closed")]
    [InlineData("Mar  1 10:00:05 deb12 (udev-worker)[346]: eth0: renamed", "(udev-worker)", 346, null)]
    public void Programs_in_parentheses_are_programs(string line, string program, int? processId, string? action)
    {
        LogEvent logEvent = Assert.Single(Samples.Read(line + "\n", out _));
        Assert.Equal(
            (program, processId, action), (logEvent.Program, logEvent.ProcessId, logEvent["Action"] as string));
    }

    [Fact]
    public void A_cancelled_reading_stops()
    {
        using CancellationTokenSource source = new();
        LogReader reader = new();
        using IEnumerator<LogEvent> events = reader
            .ReadStream(Samples.Stream(string.Concat(Enumerable.Repeat(First + "\n", 100))), "(sample)", source.Token)
            .GetEnumerator();
        Assert.True(events.MoveNext());
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => events.MoveNext());
    }

    [Theory]
    [InlineData("2026-11-21", 2025, 2026)]
    [InlineData("2026-02-18", 2025, 2026)]
    [InlineData("2006-02-17", 2005, 2006)]
    [InlineData("2026-02-10", 2024, 2025)]
    public void A_log_across_new_year_keeps_its_order_whenever_the_file_was_changed(
        string changed, int firstYear, int lastYear)
    {
        string path = Path.Combine(_folder.FullName, "yearless.log");
        File.WriteAllText(path, """
            Jun  9 06:06:20 combo syslogd 1.4.1: restart.
            Dec 31 23:59:59 combo kernel: last
            <13>Jan  1 00:00:01 combo kernel: first
            Feb 17 08:00:00 combo sshd[7]: Received signal 15; terminating.
            a line without a stamp

            """);
        File.SetLastWriteTimeUtc(path, DateTime.Parse(changed + "T12:00:00", CultureInfo.InvariantCulture));
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        List<LogEvent> events = [.. reader.ReadFile(path, TestContext.Current.CancellationToken)];
        Assert.Equal(
            [firstYear, firstYear, lastYear, lastYear],
            events.Where(e => e.Timestamp is not null).Select(e => e.Timestamp!.Value.Year));
        Assert.Equal(5, reader.Ledger.LinesRead);
    }

    [Fact]
    public void A_clock_that_was_not_set_at_the_end_does_not_move_the_log_by_a_year()
    {
        string path = Path.Combine(_folder.FullName, "unset.log");
        File.WriteAllText(path, """
            Oct 10 08:00:00 pi kernel: one
            Oct 12 08:00:00 pi kernel: two
            Jan  1 00:00:03 pi kernel: boot
            Jan  1 00:00:05 pi systemd-logind[3]: New seat seat0.

            """);
        File.SetLastWriteTimeUtc(path, new DateTime(2025, 10, 12, 8, 5, 0, DateTimeKind.Utc));
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        Assert.Equal(
            ["2025-10-10", "2025-10-12", "2025-01-01", "2025-01-01"],
            reader.ReadFile(path, TestContext.Current.CancellationToken)
                .Select(e => e.Timestamp!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Lines_before_the_first_that_tells_the_format_cost_none_that_follow()
    {
        string path = Path.Combine(_folder.FullName, "banner.log");
        string banner = string.Concat(Enumerable.Range(0, 1_200).Select(i => $"# comment {i}, nothing of a log\n"));
        File.WriteAllText(path, banner + string.Concat(Enumerable.Repeat(First + "\n", 20)));
        LogReader reader = new();
        Assert.Equal(1_220, reader.ReadFile(path, TestContext.Current.CancellationToken).Count());
        Assert.Equal((20, 1_200), (reader.Ledger.Parsed, reader.Ledger.Unparsed));
    }

    [Fact]
    public void Zeros_that_fill_up_a_block_after_gzip_data_are_no_damage()
    {
        byte[] bytes = [.. Gzip(First + "\n"), .. new byte[512]];
        Assert.Single(Samples.Read(bytes, out ParseLedger ledger));
        Assert.Null(ledger.Entries[0].Error);
    }

    [Fact]
    public async Task A_silent_pipe_can_be_given_up()
    {
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using AnonymousPipeClientStream end = new(PipeDirection.In, pipe.ClientSafePipeHandle);
        using CancellationTokenSource source = new();
        LogReader reader = new();
        Task reading = Task.Run(
            () => reader.ReadStream(end, "(pipe)", source.Token).Count(), TestContext.Current.CancellationToken);
        await pipe.WriteAsync(Encoding.UTF8.GetBytes(First + "\n"), TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            reading.WaitAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken));
        await pipe.DisposeAsync();
    }

    [Fact]
    public void A_filter_admits_what_it_names_and_the_ledger_counts_the_rest()
    {
        string text = Samples.ErrorLog(300);
        DateTimeOffset after = new(2026, 3, 2, 10, 1, 0, TimeSpan.Zero);
        LogFilter filter =
            new() { After = after, Before = after.AddMinutes(1), MinimumLevel = LogLevel.Notice, Program = ["CORE"] };
        List<LogEvent> events = Samples.Read(
            text, out ParseLedger ledger, new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Filter = filter });
        Assert.NotEmpty(events);
        Assert.All(events, e =>
        {
            Assert.InRange(e.Timestamp!.Value, after, after.AddMinutes(1).AddTicks(-1));
            Assert.True(e.Level >= LogLevel.Notice);
            Assert.Equal("core", ((ApacheErrorEvent)e).Module);
        });
        Assert.Equal(300, ledger.LinesRead);
        Assert.Equal(300 - events.Count, ledger.Entries[0].Filtered);
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }
}
