using System.Text;
using System.Text.Json;
using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class AlertBudgetTests
{
    [Theory]
    [InlineData("5/day", 5)]
    [InlineData("1 / Hour", 24)]
    [InlineData("14/week", 2)]
    [InlineData("30/month", 1)]
    [InlineData("2/6h", 8)]
    [InlineData("0.5/d", 0.5)]
    public void A_budget_is_so_many_a_day(string text, double perDay)
    {
        Assert.True(AlertBudget.TryParse(text, out AlertBudget budget));
        Assert.Equal(perDay, budget.PerDay, 1e-9);
        Assert.True(AlertBudget.TryParse(budget.ToString(), out AlertBudget again));
        Assert.Equal(budget, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("0/day")]
    [InlineData("-1/day")]
    [InlineData("5/fortnight")]
    [InlineData("5/0h")]
    [InlineData("5/day/week")]
    [InlineData("NaN/day")]
    public void Anything_else_is_none(string? text) => Assert.False(AlertBudget.TryParse(text, out _));

    [Fact]
    public void The_threshold_is_the_least_score_that_keeps_to_the_budget()
    {
        AlertHistory history = new();
        history.Add([90, 80, 80, 60, 30, 30, 30, 26], 2);
        Assert.Equal(25, history.ScoreFor(4, 25));
        Assert.Equal(26.1, history.ScoreFor(3.5, 25));
        Assert.Equal(30.1, history.ScoreFor(2, 25));
        Assert.Equal(80.1, history.ScoreFor(1, 25));
        Assert.Equal(90.1, history.ScoreFor(0.1, 25));
        Assert.Equal(2, history.PerDayFrom(60));
        Assert.Equal(1.5, history.PerDayFrom(60.1));
    }

    [Fact]
    public void A_run_without_a_history_gives_the_worst_and_the_first_of_equal_ones()
    {
        LogAnalysis analysis = new();
        Anomaly[] found = [Of(62.5, "a"), Of(82.5, "b"), Of(82.5, "c"), Of(82.5, "d")];
        AnalysisOptions options = new() { AlertBudget = new AlertBudget(1, TimeSpan.FromDays(1)) };
        Assert.Equal(
            ["b", "c"], AlertThreshold.Apply(analysis, found, options, null, 2.9, 2).Select(anomaly => anomaly.Title));
        Assert.Equal((82.5, 2), (analysis.MinimumScore, analysis.HeldBack));
        Assert.Equal(
            ["b"], AlertThreshold.Apply(analysis, found, options, null, 0.1, 2).Select(anomaly => anomaly.Title));
        Assert.Equal(4, AlertThreshold.Apply(analysis, found, options, null, 4, 2).Count);
        Assert.Equal((25, 0), (analysis.MinimumScore, analysis.HeldBack));
    }

    [Fact]
    public void A_history_that_was_written_adds_up()
    {
        AlertHistory first = new();
        first.Add([50, 50, 33.3], 3);
        AlertHistory both = new();
        both.Include(Written(first));
        both.Include(Written(first));
        Assert.Equal((6, 6), (both.Days, both.Total));
        Assert.Equal(first.PerDayFrom(50), both.PerDayFrom(50));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"days":-1,"scores":{}}""")]
    [InlineData("""{"days":1,"scores":{"x":1}}""")]
    [InlineData("""{"days":1,"scores":{"101":1}}""")]
    [InlineData("""{"days":1,"scores":{"50":"many"}}""")]
    public void What_is_no_history_is_refused(string json) =>
        Assert.Throws<FormatException>(() => new AlertHistory().Include(JsonDocument.Parse(json).RootElement));

    private static Anomaly Of(double score, string title) => new(null) { Score = score, Title = title };

    private static JsonElement Written(AlertHistory history)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            history.Write(writer);
        }

        return JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).RootElement;
    }
}
