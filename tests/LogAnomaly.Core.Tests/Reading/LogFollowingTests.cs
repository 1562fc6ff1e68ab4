using System.Diagnostics;
using System.Globalization;
using System.Text;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.Tests.Reading;

public sealed class LogFollowingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loganomaly-");
    private readonly string _log;
    private int _line;

    public LogFollowingTests() => _log = Path.Combine(_folder.FullName, "app.log");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Lines_that_are_added_come_and_cancellation_ends_the_waiting()
    {
        Append(_log, 3);
        await using Follower follower = new(this);
        await follower.Expect(3);
        Append(_log, 2);
        await follower.Expect(5);
        await follower.Stop();
        Assert.Equal(Enumerable.Range(1, 5), follower.Numbers);
        Assert.Equal([1L, 2, 3, 4, 5], follower.Events.Select(e => e.LineNumber));
        Assert.Equal((5, 5), (follower.Ledger.LinesRead, follower.Ledger.Parsed));
    }

    [Fact]
    public async Task A_renamed_file_is_read_to_its_end_and_then_its_successor()
    {
        Append(_log, 3);
        await using Follower follower = new(this);
        await follower.Expect(3);
        using (FileStream slow = new(_log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            File.Move(_log, _log + ".1");
            slow.Write(Encoding.UTF8.GetBytes(NextLine() + NextLine()));
        }

        Append(_log, 2);
        await follower.Expect(7);
        Assert.Equal(Enumerable.Range(1, 7), follower.Numbers);
        Assert.Equal([1L, 2, 3, 4, 5, 1, 2], follower.Events.Select(e => e.LineNumber));
        File.AppendAllText(_log + ".1", NextLine());
        await follower.Expect(8);
    }

    [Fact]
    public async Task Several_rotations_between_two_looks_lose_nothing()
    {
        Append(_log, 3);
        await using Follower follower = new(this);
        await follower.Expect(3);
        for (int i = 0; i < 4; i++)
        {
            Append(_log, 2);
            Rotate(gzip: i == 1);
        }

        Append(_log, 1);
        await follower.Expect(12);
        Assert.Equal(Enumerable.Range(1, 12), follower.Numbers);
    }

    [Fact]
    public async Task A_file_that_was_copied_and_cut_short_is_read_from_the_copy_and_then_anew()
    {
        Append(_log, 5);
        await using Follower follower = new(this);
        await follower.Expect(5);
        Append(_log, 3);
        File.Copy(_log, _log + ".1");
        using (FileStream cut = new(_log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete))
        {
            cut.SetLength(0);
        }

        Append(_log, 2);
        await follower.Expect(10);
        Assert.Equal(Enumerable.Range(1, 10), follower.Numbers);
    }

    [Fact]
    public async Task A_file_that_is_cut_short_and_grows_beyond_the_place_of_reading_is_noticed()
    {
        Append(_log, 2);
        await using Follower follower = new(this);
        await follower.Expect(2);
        string longer = string.Concat(Enumerable.Range(0, 50).Select(_ => NextLine()));
        File.WriteAllText(_log, longer);
        await follower.Expect(52);
        Assert.Equal(Enumerable.Range(1, 52), follower.Numbers);
    }

    [Fact]
    public async Task A_file_that_does_not_exist_yet_is_waited_for_and_told_once()
    {
        await using Follower follower = new(this);
        await follower.Until(() => follower.Problems.Count > 0);
        Append(_log, 2);
        await follower.Expect(2);
        File.Delete(_log);
        Append(_log, 1);
        await follower.Expect(3);
        await follower.Stop();
        Assert.Equal(ReadProblemKind.NotFound, Assert.Single(follower.Problems).Kind);
        Assert.Contains(_log, follower.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], follower.Numbers);
    }

    [Fact]
    public async Task A_line_that_is_being_written_is_held_back_until_its_end()
    {
        Append(_log, 1);
        await using Follower follower = new(this);
        await follower.Expect(1);
        string line = NextLine();
        File.AppendAllText(_log, line[..20]);
        Append(Path.Combine(_folder.FullName, "other.log"), 1);
        await Task.Delay(600, TestContext.Current.CancellationToken);
        File.AppendAllText(_log, line[20..]);
        await follower.Expect(2);
        Assert.All(follower.Events, e => Assert.Equal(LogKind.ApacheError, e.Kind));
    }

    [Fact]
    public async Task A_line_without_an_end_comes_after_a_while_and_once()
    {
        Append(_log, 1);
        File.AppendAllText(_log, NextLine().TrimEnd());
        File.SetLastWriteTimeUtc(_log, DateTime.UtcNow.AddMinutes(-1));
        await using Follower follower = new(this);
        await follower.Expect(2);
        File.AppendAllText(_log, "\n" + NextLine());
        await follower.Expect(3);
        await follower.Stop();
        Assert.Equal([1, 2, 3], follower.Numbers);
    }

    [Fact]
    public async Task Several_files_come_as_they_are_written()
    {
        string other = Path.Combine(_folder.FullName, "other.log");
        Append(_log, 2);
        Append(other, 2);
        await using Follower follower = new(this, paths: [_log, other]);
        await follower.Expect(4);
        Append(other, 1);
        await follower.Expect(5);
        Append(_log, 1);
        await follower.Expect(6);
        Assert.Equal([other, _log], follower.Events.Skip(4).Select(e => e.Path));
        Assert.Equal([_log, other], follower.Ledger.Entries.Select(e => e.Path));
    }

    [Fact]
    public async Task The_last_lines_come_first_with_their_numbers()
    {
        Append(_log, 50);
        await using Follower follower = new(this, new LogReaderOptions { Tail = 3 });
        await follower.Expect(3);
        Append(_log, 1);
        await follower.Expect(4);
        Assert.Equal([48, 49, 50, 51], follower.Numbers);
        Assert.Equal([48L, 49, 50, 51], follower.Events.Select(e => e.LineNumber));
    }

    [Fact]
    public async Task Text_in_two_bytes_a_character_is_followed()
    {
        File.WriteAllText(_log, NextLine() + NextLine(), Encoding.Unicode);
        await using Follower follower = new(this);
        await follower.Expect(2);
        File.AppendAllText(_log, NextLine(), new UnicodeEncoding(bigEndian: false, byteOrderMark: false));
        await follower.Expect(3);
        Assert.Equal([1, 2, 3], follower.Numbers);
    }

    [Fact]
    public async Task A_directory_ends_the_following_of_itself_only()
    {
        Append(_log, 1);
        await using Follower follower = new(this, paths: [_folder.FullName, _log]);
        await follower.Expect(1);
        await follower.Stop();
        Assert.Equal(ReadProblemKind.IsDirectory, Assert.Single(follower.Problems).Kind);
        Assert.Empty(new LogReader().Follow([_folder.FullName], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_reading_with_a_checkpoint_goes_on_where_the_last_one_ended()
    {
        Append(_log, 4);
        Assert.Equal([1, 2, 3, 4], ReadOn());
        Assert.Empty(ReadOn());
        Append(_log, 2);
        Assert.Equal([5, 6], ReadOn());
        Append(_log, 1);
        Rotate(gzip: false);
        Append(_log, 1);
        Assert.Equal([7, 8], ReadOn());
        Append(_log, 1);
        Rotate(gzip: true);
        Append(_log, 1);
        Rotate(gzip: true);
        Append(_log, 1);
        Rotate(gzip: false);
        Assert.Equal([9, 10, 11], ReadOn());
        Append(_log, 1);
        Assert.Equal([12], ReadOn());
        Assert.Empty(ReadOn());
    }

    [Fact]
    public void A_rotated_set_is_read_once_however_it_is_named()
    {
        Append(_log, 2);
        Rotate(gzip: true);
        Append(_log, 2);
        Rotate(gzip: false);
        Append(_log, 2);
        Assert.Equal([1, 2, 3, 4, 5, 6], ReadOn(All()));
        Append(_log, 1);
        Rotate(gzip: true);
        Append(_log, 1);
        Assert.Equal([7, 8], ReadOn(All()));
        Assert.Empty(ReadOn(_log));
    }

    [Fact]
    public void Whoever_leaves_early_gets_the_event_in_hand_again_and_none_is_lost()
    {
        Append(_log, 10);
        List<int> taken = [];
        foreach (LogEvent logEvent in Reader().ReadFiles([_log], TestContext.Current.CancellationToken))
        {
            taken.Add(NumberOf(logEvent));
            if (taken.Count == 4)
            {
                break;
            }
        }

        Assert.Equal([1, 2, 3, 4], taken);
        Assert.Equal([4, 5, 6, 7, 8, 9, 10], ReadOn());
    }

    [Fact]
    public void A_cancelled_reading_gives_nothing_twice()
    {
        Append(_log, 3_000);
        using CancellationTokenSource source = new();
        List<int> taken = [];
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (LogEvent logEvent in Reader().Follow([_log], source.Token))
            {
                taken.Add(NumberOf(logEvent));
                if (taken.Count == 1_234)
                {
                    source.Cancel();
                }
            }
        });
        Assert.Equal(Enumerable.Range(1, 3_000), taken.Concat(ReadOn()));
    }

    [Fact]
    public void Filtered_and_blank_lines_are_passed_over_once()
    {
        Append(_log, 2);
        File.AppendAllText(_log, "\n\nno format\n");
        Append(_log, 1);
        LogFilter filter = new() { Match = "number 3 " };
        LogReader reader = Reader(new LogReaderOptions { Filter = filter });
        Assert.Equal([3], reader.ReadFiles([_log], TestContext.Current.CancellationToken).Select(NumberOf));
        Assert.Equal(
            (6, 3, 1, 2),
            (reader.Ledger.LinesRead, reader.Ledger.Parsed, reader.Ledger.Unparsed, reader.Ledger.Skipped));
        Assert.Empty(ReadOn());
    }

    [Theory]
    [InlineData("{ \"version\": 1, \"logs\": [ {")]
    [InlineData("{ \"version\": 99, \"logs\": [] }")]
    [InlineData("{ \"version\": 1, \"logs\": [ { \"path\": \"/x\", \"files\": [ { \"offset\": -5 } ] } ] }")]
    [InlineData("null")]
    [InlineData("")]
    public void A_damaged_checkpoint_is_told_and_left_alone(string damaged)
    {
        Append(_log, 3);
        File.WriteAllText(State, damaged);
        List<ReadProblem> problems = [];
        Assert.Empty(Reader(new LogReaderOptions { OnProblem = problems.Add })
            .ReadFiles([_log], TestContext.Current.CancellationToken));
        Assert.Equal(ReadProblemKind.Checkpoint, Assert.Single(problems).Kind);
        Assert.Contains(State, problems[0].Message, StringComparison.Ordinal);
        Assert.Equal(damaged, File.ReadAllText(State));
    }

    [Fact]
    public void A_checkpoint_keeps_the_logs_that_a_reading_does_not_name()
    {
        string other = Path.Combine(_folder.FullName, "other.log");
        Append(_log, 2);
        Append(other, 2);
        Assert.Equal([1, 2], ReadOn());
        Assert.Equal([3, 4], ReadOn(other));
        Assert.Empty(ReadOn());
        Assert.Empty(ReadOn(_log, other));
    }

    [Fact]
    public void A_log_that_is_gone_is_told_and_what_follows_is_read()
    {
        Append(_log, 3);
        Assert.Equal([1, 2, 3], ReadOn());
        File.Delete(_log);
        Append(_log, 2);
        List<ReadProblem> problems = [];
        Assert.Equal([4, 5], Reader(new LogReaderOptions { OnProblem = problems.Add })
            .ReadFiles([_log], TestContext.Current.CancellationToken)
            .Select(NumberOf));
        Assert.Contains("is gone", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seeded_life_of_a_log_gives_every_line_once()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            foreach (string file in Directory.GetFiles(_folder.FullName))
            {
                File.Delete(file);
            }

            _line = 0;
            Random random = new(seed);
            Append(_log, 1);
            List<int> taken = [.. ReadOn()];
            StringBuilder life = new();
            for (int step = 0; step < 60; step++)
            {
                int choice = random.Next(8);
                life.Append(CultureInfo.InvariantCulture, $"{choice} ");
                Live(choice, random, taken);
            }

            taken.AddRange(ReadOn());
            Assert.True(
                Enumerable.Range(1, _line).SequenceEqual(taken), $"seed {seed}: {life}: {string.Join(',', taken)}");
        }
    }

    private string State => Path.Combine(_folder.FullName, "state.json");

    private void Live(int choice, Random random, List<int> taken)
    {
        switch (choice)
        {
            case 0 or 1 or 2:
                Append(_log, random.Next(1, 30));
                break;
            case 3:
                Rotate(gzip: random.Next(2) == 0);
                break;
            case 4:
                taken.AddRange(ReadOn());
                break;
            case 5:
                using (CancellationTokenSource source = new())
                {
                    int most = random.Next(1, 40);
                    taken.AddRange(TakeAndCancel(most, source));
                }

                break;
            case 6:
                CutShort();
                break;
            default:
                Compress();
                break;
        }
    }

    private List<int> TakeAndCancel(int most, CancellationTokenSource source)
    {
        List<int> taken = [];
        try
        {
            foreach (LogEvent logEvent in Reader().ReadFiles([_log], source.Token))
            {
                taken.Add(NumberOf(logEvent));
                if (taken.Count == most)
                {
                    source.Cancel();
                }
            }
        }
        catch (OperationCanceledException)
        {
            return taken;
        }

        return taken;
    }

    private string[] All() => [.. Directory.GetFiles(_folder.FullName, "app.log*")];

    private LogReader Reader(LogReaderOptions? options = null) =>
        new((options ?? new LogReaderOptions()) with { TimeZone = TimeZoneInfo.Utc, CheckpointPath = State });

    private int[] ReadOn(params string[] paths)
    {
        List<ReadProblem> problems = [];
        LogReader reader = Reader(new LogReaderOptions { OnProblem = problems.Add });
        int[] numbers = [.. reader.ReadFiles(paths.Length == 0 ? [_log] : paths, TestContext.Current.CancellationToken)
            .Select(NumberOf)];
        Assert.DoesNotContain(
            problems, problem => problem.Kind is ReadProblemKind.EndedEarly or ReadProblemKind.Checkpoint);
        Assert.Equal(numbers.Length, reader.Ledger.LinesRead);
        return numbers;
    }

    private static int NumberOf(LogEvent logEvent) =>
        int.Parse(logEvent.Message.Split(' ')[^2], CultureInfo.InvariantCulture);

    private string NextLine() => FormattableString.Invariant(
        $"[Mon Mar 02 10:{++_line / 60 % 60:00}:{_line % 60:00}.000000 2026] [core:notice] [pid 1:tid 2] AH00094: number {_line} .\n");

    private void Append(string path, int lines) =>
        File.AppendAllText(path, string.Concat(Enumerable.Range(0, lines).Select(_ => NextLine())));

    private void Rotate(bool gzip)
    {
        if (!File.Exists(_log))
        {
            return;
        }

        MakeRoom();
        File.Move(_log, _log + ".1");
        if (gzip)
        {
            Compress();
        }
    }

    private void MakeRoom()
    {
        for (int age = 99; age > 0; age--)
        {
            foreach (string ending in (string[])["", ".gz"])
            {
                if (File.Exists($"{_log}.{age}{ending}"))
                {
                    File.Move($"{_log}.{age}{ending}", $"{_log}.{age + 1}{ending}");
                }
            }
        }
    }

    private void CutShort()
    {
        if (File.Exists(_log))
        {
            MakeRoom();
            File.Copy(_log, _log + ".1");
            using FileStream cut = new(_log, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            cut.SetLength(0);
        }
    }

    private void Compress()
    {
        for (int age = 1; age < 99; age++)
        {
            string plain = $"{_log}.{age}";
            if (File.Exists(plain))
            {
                DateTime changed = File.GetLastWriteTimeUtc(plain);
                File.WriteAllBytes(plain + ".gz", CompressionTests.Gzip(File.ReadAllText(plain)));
                File.SetLastWriteTimeUtc(plain + ".gz", changed);
                File.Delete(plain);
            }
        }
    }

    private sealed class Follower : IAsyncDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly Lock _lock = new();
        private readonly List<LogEvent> _events = [];
        private readonly LogReader _reader;
        private readonly Task _following;

        public Follower(LogFollowingTests test, LogReaderOptions? options = null, string[]? paths = null)
        {
            _reader = new LogReader(
                (options ?? new LogReaderOptions()) with { TimeZone = TimeZoneInfo.Utc, OnProblem = Problems.Add });
            _following = Task.Run(() =>
            {
                foreach (LogEvent logEvent in _reader.Follow(paths ?? [test._log], _source.Token))
                {
                    lock (_lock)
                    {
                        _events.Add(logEvent);
                    }
                }
            });
        }

        public List<ReadProblem> Problems { get; } = [];

        public ParseLedger Ledger => _reader.Ledger;

        public LogEvent[] Events
        {
            get
            {
                lock (_lock)
                {
                    return [.. _events];
                }
            }
        }

        public IEnumerable<int> Numbers => Events.Select(NumberOf);

        public Task Expect(int count) => Until(() => Events.Length >= count);

        public async Task Until(Func<bool> isReached)
        {
            Stopwatch watch = Stopwatch.StartNew();
            while (!isReached())
            {
                Assert.True(
                    watch.Elapsed < TimeSpan.FromMinutes(10),
                    $"only {Events.Length} events came: {string.Join(',', Numbers)}");
                Assert.False(_following.IsFaulted, _following.Exception?.ToString());
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }

        public async Task Stop()
        {
            await _source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => _following.WaitAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken));
        }

        public async ValueTask DisposeAsync()
        {
            await _source.CancelAsync();
            await Task.WhenAny(_following);
            _source.Dispose();
        }
    }
}
