using LogAnomaly.Features;

namespace LogAnomaly.Tests.Features;

public sealed class FeatureBuilderTests
{
    private const string Access = """
        192.0.2.1 - - [02/Mar/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 100 "-" "A"
        192.0.2.1 - - [02/Mar/2026:10:00:10 +0000] "GET /b HTTP/1.1" 404 50 "-" "A"
        192.0.2.2 - ann [02/Mar/2026:10:00:20 +0000] "GET /a HTTP/1.1" 500 - "-" "B"
        192.0.2.1 - - [02/Mar/2026:10:01:00 +0000] "GET /a HTTP/1.1" 200 25 "-" "A"
        """;

    [Fact]
    public void A_row_of_an_address_counts_what_it_did()
    {
        LogFeature row = Rows(FeatureGrouping.SourceIP)[0];
        Assert.Equal(("192.0.2.1", "SourceIP", 3), (row.Key, row.By, row.Count));
        Assert.Equal(60, (row.End - row.Start)!.Value.TotalSeconds);
        Dictionary<string, double> expected = new()
        {
            ["Events"] = 3, ["Failures"] = 1, ["FailureShare"] = 1 / 3.0, ["Errors"] = 0, ["ErrorShare"] = 0,
            ["Templates"] = 1,
            ["TemplateEntropy"] = 0, ["Sources"] = 1, ["Paths"] = 2, ["Bytes"] = 175, ["Status2xx"] = 2 / 3.0,
            ["Status3xx"] = 0,
            ["Status4xx"] = 1 / 3.0, ["Status5xx"] = 0, ["DurationSeconds"] = 60, ["MedianGapSeconds"] = 30,
            ["EventsPerMinute"] = 3,
            ["MinGapSeconds"] = 10, ["MaxGapSeconds"] = 50, ["GapVariation"] = 20 / 30.0, ["Successes"] = 2,
            ["WarningShare"] = 1 / 3.0,
            ["CriticalShare"] = 0, ["MethodGet"] = 1, ["MethodPost"] = 0, ["MethodHead"] = 0, ["MethodOther"] = 0,
            ["PathEntropy"] = -((2 / 3.0) * Math.Log2(2 / 3.0)) - ((1 / 3.0) * Math.Log2(1 / 3.0)),
            ["MessageLength"] = 15, ["DigitShare"] = 2 / 15.0, ["UpperShare"] = 7 / 15.0, ["SignShare"] = 3 / 15.0,
            ["NonAsciiShare"] = 0,
        };
        string[] further = ["HourSin", "HourCos", "WeekSin", "WeekCos", "MessageEntropy"];
        Assert.Equal(
            expected.Keys.Concat(further).Order(),
            row.Values.Keys.Where(name => !name.StartsWith("Term:", StringComparison.Ordinal)).Order());
        Assert.All(expected, pair => Assert.Equal(pair.Value, row.Values[pair.Key], 9));
    }

    [Fact]
    public void Windows_come_in_time_order_and_count_every_event_once()
    {
        IReadOnlyList<LogFeature> rows = Rows(FeatureGrouping.Window, TimeSpan.FromSeconds(15));
        Assert.Equal(
            ["2026-03-02T10:00:00Z", "2026-03-02T10:00:15Z", "2026-03-02T10:01:00Z"], rows.Select(row => row.Key));
        Assert.Equal([2L, 1, 1], rows.Select(row => row.Count));
    }

    [Fact]
    public void Events_keep_their_order_and_a_value_that_all_share_carries_no_information()
    {
        IReadOnlyList<LogFeature> rows = Rows(FeatureGrouping.Event);
        Assert.Equal(4, rows.Count);
        Assert.Equal(
            [1, 2, 3, 4],
            rows.Select(row => int.Parse(row.Key.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(rows, row => Assert.Equal(0, row.Values["Method"]));
        Assert.Equal([1.0, 2.0, 2.0, 1.0], rows.Select(row => row.Values["StatusCode"]));
    }

    [Fact]
    public void The_greatest_numbers_stay_numbers()
    {
        FeatureBuilder byEvent = new();
        FeatureBuilder bySource = new(new FeatureOptions { By = FeatureGrouping.SourceIP });
        string huge = "192.0.2.1 - - [02/Mar/2026:10:00:00 +0000] \"GET /a HTTP/1.1\" 200 9223372036854775807";
        foreach (LogEvent logEvent in Samples.Read($"{huge}\n{huge}\n", out _))
        {
            byEvent.Add(logEvent);
            bySource.Add(logEvent);
        }

        Assert.All(
            byEvent.Build(TestContext.Current.CancellationToken), row => Assert.Equal(63, row.Values["BytesSent"], 3));
        Assert.Equal(
            1.8446744e19, Assert.Single(bySource.Build(TestContext.Current.CancellationToken)).Values["Bytes"], 1e12);
    }

    [Fact]
    public void An_event_without_the_entity_is_left_out() =>
        Assert.Equal(["ann"], Rows(FeatureGrouping.UserName).Select(row => row.Key));

    [Fact]
    public void A_window_of_no_length_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new FeatureBuilder(new FeatureOptions { Window = TimeSpan.Zero }));

    [Fact]
    public void Rows_beyond_the_maximum_share_one_and_nothing_is_lost()
    {
        FeatureBuilder builder = new(new FeatureOptions { By = FeatureGrouping.SourceIP, MaximumEntities = 1 });
        Samples.Read(Access, out _).ForEach(builder.Add);
        IReadOnlyList<LogFeature> rows = builder.Build(TestContext.Current.CancellationToken);
        Assert.Equal([("192.0.2.1", 3L), ("(other)", 1L)], rows.Select(row => (row.Key, row.Count)));
    }

    [Fact]
    public void Encodings_are_learned_from_the_training_share_alone()
    {
        FeatureBuilder builder = new(new FeatureOptions { TrainingShare = 0.5 });
        Samples.Read(Access, out _).ForEach(builder.Add);
        IReadOnlyList<LogFeature> rows = builder.Build(TestContext.Current.CancellationToken);
        Assert.Equal([1.0, 1.0, 2.0, 1.0], rows.Select(row => row.Values["StatusCode"]));
        Assert.Equal([0.0, 0, 3, 0], rows.Select(row => row.Values["Unknown"]));
    }

    [Fact]
    public void All_rows_of_entities_have_the_same_terms()
    {
        IReadOnlyList<LogFeature> rows = Rows(FeatureGrouping.SourceIP);
        string[] terms = [.. rows[0].Values.Keys.Where(name => name.StartsWith("Term:", StringComparison.Ordinal))];
        Assert.All(rows, row =>
            Assert.Equal(terms, row.Values.Keys.Where(name => name.StartsWith("Term:", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("Mar  2 10:00:00 web1 sshd[10]: Failed password for root from 192.0.2.1 port 1 ssh2", "web1 sshd[10]")]
    [InlineData("Mar  2 10:00:00 web1 dfs: Receiving block blk_-1608999687919862906 src: /10.250.19.102:54106",
        "blk_-1608999687919862906")]
    [InlineData(
        "Mar  2 10:00:00 web1 nova: [req-3ea4052c-895d-4b64-9e2d-04d64c4d94ab] [instance: 54fadb41-2c4e-40cd-baed-9335e4c35a9e] Spawning",
        "54fadb41-2c4e-40cd-baed-9335e4c35a9e")]
    [InlineData("192.0.2.1 - - [02/Mar/2026:10:00:00 +0000] \"GET /blk_1234567 HTTP/1.1\" 200 100 \"-\" \"A\"",
        "192.0.2.1")]
    [InlineData("{\"time\":\"2026-03-02T10:00:00Z\",\"level\":\"info\",\"message\":\"hi\",\"trace_id\":\"abc\"}",
        "abc")]
    public void A_session_is_told_by_the_event_itself(string line, string key)
    {
        FeatureBuilder builder = new(new FeatureOptions { By = FeatureGrouping.Session });
        Samples.Read(line + "\n", out _).ForEach(builder.Add);
        Assert.Equal([key], builder.Build(TestContext.Current.CancellationToken).Select(row => row.Key));
    }

    [Fact]
    public void Silence_ends_a_session()
    {
        FeatureBuilder builder = new(
            new FeatureOptions { By = FeatureGrouping.Session, SessionGap = TimeSpan.FromSeconds(30) });
        Samples.Read(Access, out _).ForEach(builder.Add);
        Assert.Equal(
            [("192.0.2.1", 2L), ("192.0.2.2", 1L), ("192.0.2.1 #2", 1L)],
            builder.Build(TestContext.Current.CancellationToken).Select(row => (row.Key, row.Count)));
    }

    private static IReadOnlyList<LogFeature> Rows(FeatureGrouping by, TimeSpan? window = null)
    {
        FeatureBuilder builder = new(new FeatureOptions { By = by, Window = window ?? TimeSpan.FromMinutes(5) });
        foreach (LogEvent logEvent in Samples.Read(Access, out _))
        {
            builder.Add(logEvent);
        }

        return builder.Build(TestContext.Current.CancellationToken);
    }
}
