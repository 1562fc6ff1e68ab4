using System.Text;
using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class LogComparisonTests(ITestOutputHelper output)
{
    [Fact]
    public void Alike_logs_differ_in_no_more_than_one_pair_of_twenty()
    {
        const int Pairs = 60;
        List<string> told = [];
        for (int pair = 0; pair < Pairs; pair++)
        {
            IReadOnlyList<LogDifference> found = Compare(new TrafficScene(2 * pair), new TrafficScene((2 * pair) + 1));
            if (found.Count > 0)
            {
                told.Add(
                    $"{pair}: {string.Join(" | ", found.Select(row => $"{row.Probability:0.0e+0} {row.Sentence}"))}");
            }
        }

        told.ForEach(output.WriteLine);

        // Where one in twenty is false, seven or more of sixty come in one run of twenty-five.
        Assert.True(told.Count <= 6, string.Join('\n', told));
    }

    [Fact]
    public void Alike_logs_of_different_lengths_differ_in_no_more_than_one_pair_of_twenty()
    {
        const int Pairs = 24;
        List<string> told = [];
        for (int pair = 0; pair < Pairs; pair++)
        {
            IReadOnlyList<LogDifference> found = Compare(
                new TrafficScene(500 + pair, hours: 96), new TrafficScene(900 + pair, hours: 24));
            if (found.Count > 0)
            {
                told.Add(
                    $"{pair}: {string.Join(" | ", found.Select(row => $"{row.Probability:0.0e+0} {row.Sentence}"))}");
            }
        }

        told.ForEach(output.WriteLine);
        Assert.True(told.Count <= 3, string.Join('\n', told));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_deploy_shows_in_templates_rates_status_and_latency_and_in_nothing_else(int seed)
    {
        TrafficScene before = new(seed) { Planted = [("legacy importer skipped a row", 40)] };
        TrafficScene after = new(seed + 50)
        {
            Slower = 2, Failures = 0.15, Refreshes = 4, Planted = [("payment gateway refused the charge", 40)],
        };
        IReadOnlyList<LogDifference> found = Compare(before, after);
        foreach (LogDifference row in found)
        {
            output.WriteLine(row.Sentence);
        }

        LogDifference added = Assert.Single(found, row => row.Kind == LogDifferenceKind.NewTemplate);
        Assert.Equal("payment gateway refused the charge", added.Value);
        Assert.Contains("payment gateway refused", added.Example, StringComparison.Ordinal);
        Assert.Equal(
            "legacy importer skipped a row",
            Assert.Single(found, row => row.Kind == LogDifferenceKind.GoneTemplate).Value);
        LogDifference rate = Assert.Single(
            found, row => row.Field == "Template" && row.Value == "cache refresh finished");
        Assert.InRange(4, rate.Low, rate.High);
        Assert.InRange(rate.Ratio, 3, 5.2);
        LogDifference mix = Assert.Single(found, row => row is { Kind: LogDifferenceKind.Mix, Field: "StatusCode" });
        Assert.Equal("500", mix.Value);
        Assert.InRange(mix.Difference, 0.1, 0.2);
        LogDifference median = Assert.Single(found, row => row is { Kind: LogDifferenceKind.Latency, Value: "median" });
        Assert.InRange(2, median.Low, median.High);
        Assert.DoesNotContain(found, row => row.Kind is LogDifferenceKind.NewValue or LogDifferenceKind.GoneValue);
        Assert.All(found, row => Assert.NotEmpty(row.Sentence));
    }

    [Fact]
    public void Baselines_differ_as_the_logs_do_that_they_were_learned_from()
    {
        TrafficScene before = new(3);
        TrafficScene after = new(4) { Failures = 0.15, Planted = [("payment gateway refused the charge", 60)] };
        LogComparison comparison = new();
        comparison.IncludeReference(Reread(Learn(before)));
        comparison.IncludeDifference(Reread(Learn(after)));
        IReadOnlyList<LogDifference> found = comparison.Complete(TestContext.Current.CancellationToken);
        IReadOnlyList<LogDifference> ofLogs = Compare(
            new TrafficScene(3), new TrafficScene(4) { Failures = 0.15, Planted = after.Planted });
        Assert.Equal(
            ofLogs.Select(row => (row.Kind, row.Value)).Order(), found.Select(row => (row.Kind, row.Value)).Order());
        Assert.Contains(found, row => row.Kind == LogDifferenceKind.NewTemplate);
        Assert.All(found, row => Assert.Null(row.Example));
    }

    [Fact]
    public void What_one_side_alone_has_too_seldom_is_counted_and_given_when_asked_for()
    {
        List<LogEvent> one = Samples.Read(Lines("alpha", 50) + Lines("beta", 2), out _);
        List<LogEvent> other = Samples.Read(Lines("alpha", 50), out _);
        LogComparison quiet = Of(one, other, null);
        Assert.Empty(quiet.Complete(TestContext.Current.CancellationToken));
        Assert.Equal(1, quiet.Uncertain);
        LogDifference row = Assert.Single(
            Of(one, other, new ComparisonOptions { IncludesUncertain = true })
                .Complete(TestContext.Current.CancellationToken));
        Assert.Equal(LogDifferenceKind.GoneTemplate, row.Kind);
        Assert.False(row.IsCertain);
        Assert.True(row.Probability > 0.05);
    }

    [Fact]
    public void A_side_without_events_differs_in_nothing()
    {
        List<LogEvent> some = Samples.Read(Lines("alpha", 5), out _);
        Assert.Empty(Of(some, [], null).Complete(TestContext.Current.CancellationToken));
        Assert.Empty(Of([], some, null).Complete(TestContext.Current.CancellationToken));
    }

    private static string Lines(string word, int count)
    {
        StringBuilder text = new();
        for (int i = 0; i < count; i++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{{\"time\":\"2026-03-02T10:{i:00}:00Z\",\"level\":\"info\",\"msg\":\"the {word} has ended\"}}\n");
        }

        return text.ToString();
    }

    private static LogBaseline Learn(TrafficScene scene)
    {
        BaselineLearner learner = new(new BaselineOptions { Name = "scene" });
        scene.Events().ForEach(logEvent => learner.Add(logEvent));
        return learner.Complete(TestContext.Current.CancellationToken);
    }

    private static LogBaseline Reread(LogBaseline baseline) => LogBaseline.Parse(baseline.Json);

    private static IReadOnlyList<LogDifference> Compare(TrafficScene reference, TrafficScene difference) =>
        Of(reference.Events(), difference.Events(), null).Complete(TestContext.Current.CancellationToken);

    private static LogComparison Of(List<LogEvent> reference, List<LogEvent> difference, ComparisonOptions? options)
    {
        LogComparison comparison = new(options);
        reference.ForEach(comparison.AddReference);
        difference.ForEach(comparison.AddDifference);
        return comparison;
    }
}
