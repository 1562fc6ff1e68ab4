using System.Globalization;
using System.Text;
using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class LogMeasurerTests
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Errors_and_failures_have_shares_and_rates()
    {
        LogMeasurement measured = Of(Requests((0, 200), (1800, 404), (3600, 500), (7200, 200)));
        Assert.Equal((4, 1, 2), (measured.EventCount, measured.ErrorCount, measured.FailureCount));
        Assert.Equal((0.25, 0.5), (measured.ErrorShare, measured.FailureShare));
        Assert.Equal((2.0, 0.5), (measured.Rate!.Value, measured.ErrorRate!.Value));
        Assert.Equal(
            [new NameCount("2xx", 2), new NameCount("4xx", 1), new NameCount("5xx", 1)], measured.StatusClasses);
    }

    [Fact]
    public void Nothing_gives_a_measurement_of_nothing()
    {
        LogMeasurement measured = new LogMeasurer().Complete();
        Assert.Equal(0, measured.EventCount);
        Assert.Null(measured.Rate);
        Assert.Empty(measured.Intervals);
        Assert.NotEmpty(MeasurementReport.ToLines(measured, SparklineStyle.Ascii));
    }

    [Fact]
    public void Hours_and_days_are_those_of_the_clock_of_the_log()
    {
        LogMeasurement measured = Of(
            "192.0.2.1 - - [01/Mar/2026:23:30:00 -0500] \"GET / HTTP/1.1\" 200 1 \"-\" \"A\"\n");
        Assert.Equal(1, measured.Hours[23].Count);
        Assert.Equal("Sunday", measured.Days.Single(day => day.Count == 1).Name);
        Assert.Equal(1, measured.Hours[23].Rate);
    }

    [Fact]
    public void An_hour_that_the_log_covers_twice_has_half_the_rate()
    {
        LogMeasurement measured = Of(Requests([.. Enumerable.Range(0, 25).Select(hour => (hour * 3600, 200))]));
        Assert.Equal(2, measured.Hours[10].Count);
        Assert.Equal(1, measured.Hours[10].Rate);
    }

    [Fact]
    public void Intervals_without_events_are_there_with_zero()
    {
        LogMeasurement measured = Of(
            Requests((0, 200), (150, 200)), new MeasurementOptions { Interval = TimeSpan.FromMinutes(1) });
        Assert.Equal([1L, 0, 1], measured.Intervals.Select(interval => interval.Count));
        Assert.Equal(s_start, measured.Intervals[0].Start);
    }

    [Fact]
    public void Too_many_intervals_are_joined_two_by_two()
    {
        (int, int)[] requests = [.. Enumerable.Range(0, 100).Select(second => (second, 200))];
        LogMeasurement measured = Of(
            Requests(requests), new MeasurementOptions { Interval = TimeSpan.FromSeconds(1), MaximumIntervals = 30 });
        Assert.Equal(TimeSpan.FromSeconds(4), measured.Interval);
        Assert.Equal(100, measured.Intervals.Sum(interval => interval.Count));
    }

    [Fact]
    public void A_clock_that_jumped_does_not_choose_the_width()
    {
        StringBuilder log = new(Requests([.. Enumerable.Range(0, 600).Select(minute => (minute * 60, 200))]));
        log.Append("192.0.2.1 - - [01/Jan/1990:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"A\"\n");
        LogMeasurement measured = Of(log.ToString());
        Assert.Equal(TimeSpan.FromMinutes(5), measured.Interval);
        Assert.Equal(601, measured.Intervals.Sum(interval => interval.Count));
    }

    [Fact]
    public void A_burst_is_a_spike_and_says_by_how_much()
    {
        List<(int, int)> requests = [.. Enumerable.Range(0, 300).Select(place => (place * 12, 200))];
        requests.AddRange(Enumerable.Range(0, 60).Select(place => (1800 + (place / 2), 500)));
        LogMeasurement measured = Of(
            Requests([.. requests]), new MeasurementOptions { Interval = TimeSpan.FromMinutes(1) });
        LogSpike events = Assert.Single(measured.Spikes, spike => spike.Of == "Events");
        Assert.Equal((s_start.AddMinutes(30), s_start.AddMinutes(31), 65), (events.Start, events.End, events.Count));
        Assert.Equal(5, events.Typical);
        Assert.Equal(13, events.Ratio!.Value, 3);
        Assert.Equal(["Errors", "Events", "Failures"], measured.Spikes.Select(spike => spike.Of).Order());
        Assert.Single(measured.Intervals, interval => interval.IsSpike);
    }

    [Fact]
    public void What_recurs_every_few_intervals_is_no_spike()
    {
        List<(int, int)> requests = [];
        for (int minute = 0; minute < 240; minute++)
        {
            requests.AddRange(
                Enumerable.Range(0, minute % 10 == 0 ? 40 : 2).Select(place => ((minute * 60) + place, 200)));
        }

        Assert.Empty(Of(Requests([.. requests]), new MeasurementOptions { Interval = TimeSpan.FromMinutes(1) }).Spikes);
    }

    [Fact]
    public void Logins_tell_who_got_in_after_failures_and_count_a_try_once()
    {
        LogMeasurement measured = Of("""
            Mar  2 10:00:00 web1 sshd[10]: Invalid user adm from 203.0.113.9 port 1000
            Mar  2 10:00:02 web1 sshd[10]: Failed password for invalid user adm from 203.0.113.9 port 1000 ssh2
            Mar  2 10:00:10 web1 sshd[11]: Failed password for root from 203.0.113.9 port 1001 ssh2
            Mar  2 10:00:20 web1 sshd[12]: Accepted password for root from 203.0.113.9 port 1002 ssh2
            Mar  2 10:01:00 web1 sshd[13]: Failed password for root from 203.0.113.10 port 1002 ssh2
            Mar  2 10:01:10 web1 sshd[14]: Accepted publickey for anna from 192.0.2.1 port 1002 ssh2
            """);
        Assert.Equal(["203.0.113.9", "203.0.113.10"], measured.Logins.Select(source => source.SourceIP));
        LogLoginSource worst = measured.Logins[0];
        Assert.Equal(
            (2, 1, 2, 2, "root"),
            (worst.Failed, worst.Accepted, worst.Users, worst.FailuresBefore, worst.AcceptedUser));
        Assert.True(worst.FailedThenAccepted);
        Assert.False(measured.Logins[1].FailedThenAccepted);
    }

    [Fact]
    public void Fields_list_frequent_and_rare_values_and_none_twice()
    {
        string log = string.Concat(Enumerable.Range(0, 20).Select(place => Request(place, 200, "/often")))
            + Request(30, 200, "/once") + Request(31, 200, "/twice") + Request(32, 200, "/twice");
        LogFieldMeasurement paths = Of(log, new MeasurementOptions { Top = 1 }).Fields
            .Single(field => field.Field == "UrlPath");
        Assert.Equal((23, 3), (paths.Count, paths.Distinct));
        Assert.Equal([new NameCount("/often", 20)], paths.Top);
        Assert.Equal([new NameCount("/once", 1)], paths.Rare);
    }

    [Fact]
    public void Values_beyond_those_that_are_kept_count_together()
    {
        string log = string.Concat(Enumerable.Range(0, 5).Select(place => Request(place, 200, $"/page/{place}")));
        LogFieldMeasurement paths = Of(log, new MeasurementOptions { MaximumValues = 2 }).Fields
            .Single(field => field.Field == "UrlPath");
        Assert.Equal(5, paths.Count);
        Assert.Contains(new NameCount("(other)", 3), paths.Top);
    }

    [Fact]
    public void A_report_holds_no_control_characters_and_no_long_lines()
    {
        string evil = "/\u001b[31m\u202e" + new string('x', 300);
        LogMeasurement measured = Of(string.Concat(Enumerable.Range(0, 30).Select(place => Request(place, 404, evil))));
        Assert.All(MeasurementReport.ToLines(measured, SparklineStyle.Blocks), line =>
        {
            Assert.True(line.Length <= 100, line);
            Assert.DoesNotContain('\u001b', line);
            Assert.DoesNotContain('\u202e', line);
        });
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new LogMeasurer(new MeasurementOptions { Interval = TimeSpan.Zero }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LogMeasurer(new MeasurementOptions { Top = 0 }));
        Assert.Throws<ArgumentException>(() => new LogGrouper([]));
    }

    private static string Requests(params (int Second, int Status)[] requests) =>
        string.Concat(requests.Select(request => Request(request.Second, request.Status, "/")));

    private static string Request(int second, int status, string path) => string.Create(
        CultureInfo.InvariantCulture,
        $"192.0.2.1 - - [{s_start.AddSeconds(second):dd/MMM/yyyy:HH:mm:ss} +0000] \"GET {path} HTTP/1.1\" {status} 1 \"-\" \"A\"\n");

    private static LogMeasurement Of(string log, MeasurementOptions? options = null)
    {
        LogMeasurer measurer = new(options);
        foreach (LogEvent logEvent in Samples.Read(log, out _))
        {
            measurer.Add(logEvent);
        }

        return measurer.Complete();
    }
}
