using System.Globalization;
using System.Text;
using LogAnomaly.Parsing;

namespace LogAnomaly.Tests.Parsing;

public sealed class LogYearsTests : IDisposable
{
    private static readonly DateTime s_end = new(2026, 5, 20, 12, 0, 0, DateTimeKind.Utc);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loganomaly-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(2_000, 7)]
    [InlineData(40, 300)]
    [InlineData(50_000, 0.25)]
    [InlineData(12, 2_000)]
    public void A_log_of_several_years_keeps_them(int lines, double hours)
    {
        DateTime[] times = [.. Enumerable.Range(0, lines).Select(i => s_end.AddHours(-hours * (lines - 1 - i)))];
        AssertYears(times);
    }

    [Fact]
    public void Busy_and_quiet_times_keep_their_years()
    {
        Random random = new(8);
        for (int round = 0; round < 8; round++)
        {
            List<DateTime> times = [s_end];
            while (times.Count < 20_000)
            {
                // Seconds mostly, and now and then weeks.
                times.Add(times[^1].AddSeconds(-random.Next(1, random.Next(400) == 0 ? 4_000_000 : 3_000)));
            }

            times.Reverse();
            AssertYears([.. times]);
        }
    }

    [Fact]
    public void A_clock_that_is_put_back_by_hours_is_no_new_year()
    {
        List<DateTime> times = [];
        for (DateTime time = s_end.AddDays(-900); time <= s_end; time = time.AddHours(6))
        {
            times.Add(time);
            times.Add(time.AddHours(-5));
        }

        AssertYears([.. times]);
    }

    [Fact]
    public void The_start_of_a_machine_whose_clock_is_not_set_is_no_new_year()
    {
        List<DateTime> times = [];
        for (DateTime time = s_end.AddDays(-500); time <= s_end; time = time.AddDays(1))
        {
            times.Add(time);
        }

        string path = Write(
            "boot.log", times, (time, index) => index % 20 == 10 ? "Jan  1 00:00:04 pi kernel: boot\n" : "");
        IEnumerable<DateTimeOffset> read = Read(path)
            .Where(e => !e.Raw.Contains("boot", StringComparison.Ordinal))
            .Select(e => e.Timestamp!.Value);
        Assert.Equal(times.Select(time => new DateTimeOffset(time)), read);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rotated_files_settle_each_others_years_when_their_times_of_change_are_lost(bool gzip)
    {
        List<DateTime> times = [];
        for (DateTime time = s_end.AddDays(-800); time <= s_end; time = time.AddHours(9))
        {
            times.Add(time);
        }

        int files = 11;
        int each = (times.Count / files) + 1;
        List<string> paths = [];
        for (int age = 0; age < files; age++)
        {
            int start = Math.Max(times.Count - ((age + 1) * each), 0);
            List<DateTime> part = times[start..(times.Count - (age * each))];
            string path = Write(age == 0 ? "set.log" : $"set.log.{age}", part, (_, _) => "");
            if (gzip && age > 1)
            {
                File.WriteAllBytes(
                    path + ".gz", LogAnomaly.Tests.Reading.CompressionTests.Gzip(File.ReadAllText(path)));
                File.Delete(path);
                path += ".gz";
            }

            File.SetLastWriteTimeUtc(path, s_end.AddMinutes(3));
            paths.Add(path);
        }

        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        IEnumerable<DateTimeOffset?> read = reader.ReadFiles(paths, TestContext.Current.CancellationToken)
            .Select(e => e.Timestamp);
        Assert.Equal(times.Select(time => (DateTimeOffset?)new DateTimeOffset(time)), read);
    }

    [Fact]
    public void Files_that_only_look_like_a_set_keep_their_years()
    {
        List<DateTime> times = [.. Enumerable.Range(0, 60).Select(i => s_end.AddDays(i - 59))];
        string[] paths = [Write("host.1", times, (_, _) => ""), Write("host.2", times, (_, _) => "")];
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        Assert.All(
            reader.ReadFiles(paths, TestContext.Current.CancellationToken),
            e => Assert.Equal(2026, e.Timestamp!.Value.Year));
    }

    private void AssertYears(DateTime[] times)
    {
        string path = Write("years.log", times, (_, _) => "");
        Assert.Equal(times.Select(time => new DateTimeOffset(time)), Read(path).Select(e => e.Timestamp!.Value));
        Assert.Equal(
            times.Select(time => new DateTimeOffset(time)),
            Read(path, threads: 3).Select(e => e.Timestamp!.Value));
    }

    private static IEnumerable<LogEvent> Read(string path, int threads = 1) =>
        new LogReader(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Threads = threads })
            .ReadFile(path, TestContext.Current.CancellationToken);

    private string Write(string name, IReadOnlyList<DateTime> times, Func<DateTime, int, string> before)
    {
        StringBuilder text = new();
        for (int i = 0; i < times.Count; i++)
        {
            text.Append(before(times[i], i));
            text.Append(times[i].ToString("MMM ", CultureInfo.InvariantCulture))
                .Append(times[i].Day.ToString(CultureInfo.InvariantCulture).PadLeft(2));
            text.Append(times[i].ToString(" HH:mm:ss", CultureInfo.InvariantCulture))
                .Append(CultureInfo.InvariantCulture, $" host app[{i}]: message {i}\n");
        }

        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text.ToString());
        File.SetLastWriteTimeUtc(path, s_end.AddMinutes(3));
        return path;
    }
}
