using LogAnomaly.Detection;

namespace LogAnomaly.Tests.Detection;

public sealed class RuleParametersTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("30m", 1800)]
    [InlineData("1.5h", 5400)]
    [InlineData("14d", 1_209_600)]
    [InlineData("2w", 1_209_600)]
    [InlineData("500ms", 0.5)]
    public void Durations_are_read_with_their_unit(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds).Ticks, Of(text).Ticks("x", "1s"));

    [Theory]
    [InlineData("2", 2)]
    [InlineData("500KB", 500_000)]
    [InlineData("1.5 gb", 1_500_000_000)]
    public void Sizes_are_read_with_their_unit(string text, long bytes) =>
        Assert.Equal(bytes, Of(text).Bytes("x", "1MB"));

    [Fact]
    public void What_the_rule_does_not_have_is_the_default()
    {
        RuleParameters none = new(LearnedRun.Rule("Flood", Severity.Low));
        Assert.Equal(
            (5, 0.5, TimeSpan.TicksPerHour, 1000L),
            (none.Count("x", 5), none.Number("x", 0.5), none.Ticks("x", "1h"), none.Bytes("x", "1KB")));
    }

    [Theory]
    [InlineData("10", "Rule T-01: the parameter 'x' is '10'; it must be a duration such as 30s, 10m, 3h or 14d.")]
    [InlineData("-5m", "Rule T-01: the parameter 'x' is '-5m'; it must be a duration such as 30s, 10m, 3h or 14d.")]
    [InlineData("1,5h", "Rule T-01: the parameter 'x' is '1,5h'; it must be a duration such as 30s, 10m, 3h or 14d.")]
    public void What_is_no_duration_is_told_with_rule_and_name(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => Of(text).Ticks("x", "1s")).Message);

    [Fact]
    public void A_number_out_of_range_and_an_unknown_detector_are_told()
    {
        Assert.Equal(
            "Rule T-01: the parameter 'x' is '0'; it must be a whole number from 1 to 1000000.",
            Assert.Throws<ArgumentException>(() => Of("0").Count("x", 5)).Message);
        ArgumentException error = Assert.Throws<ArgumentException>(() => LearnedRun.Hits("Oracle", ""));
        Assert.StartsWith(
            "Rule T-01: there is no detector 'Oracle'. Detectors: ClockJump, ErrorRateJump,",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_detector_is_made_from_a_rule_that_names_it_and_asks_for_kinds()
    {
        Assert.Equal(20, LearnedRule.Names.Count);
        foreach (string name in LearnedRule.Names)
        {
            LearnedRule? made = LearnedRule.Create(LearnedRun.Rule(name, Severity.Low), new LearnedRunSink());
            Assert.True(name == nameof(ImpossibleTravel) ? made is null : made!.Kinds.Count > 0, name);
        }
    }

    private static RuleParameters Of(string text) => new(LearnedRun.Rule("Flood", Severity.Low, ("x", text)));
}
