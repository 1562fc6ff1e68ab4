using LogAnomaly.Detection;

namespace LogAnomaly.Tests.Detection;

public sealed class ScoreTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.1, 16.7)]
    [InlineData(0.001, 50)]
    [InlineData(0.0001, 58.3)]
    [InlineData(0.000001, 75)]
    [InlineData(1e-9, 100)]
    [InlineData(1e-300, 100)]
    public void The_score_grows_with_the_power_of_ten_and_half_as_fast_beyond_medium(
        double probability, double expected) =>
        Assert.Equal(expected, Score.Of(probability));

    [Theory]
    [InlineData(1e-6, 1e-3, 1_000, 50)]
    [InlineData(1e-9, 1e-6, 1_000, 75)]
    [InlineData(1e-3, 1, 1_000, 16.7)]
    [InlineData(1, 1, 1_000, 0)]
    [InlineData(1e-3, 1, 1, 24.9)]
    public void The_score_of_one_of_many_judgements_is_that_of_the_whole_log_once_it_is_improbable(
        double probability, double expected, double judgements, double score) =>
        Assert.Equal(score, Score.Of(probability, expected, judgements));

    [Fact]
    public void A_less_probable_judgement_never_scores_less()
    {
        double last = 0;
        for (double probability = 1; probability > 1e-12; probability /= 1.5)
        {
            double score = Score.Of(probability, probability * 5_000, 5_000);
            Assert.InRange(score, last, 100);
            last = score;
        }

        Assert.InRange(last, 90, 100);
    }

    [Theory]
    [InlineData(24.9, Severity.Informational)]
    [InlineData(25, Severity.Low)]
    [InlineData(50, Severity.Medium)]
    [InlineData(75, Severity.High)]
    [InlineData(90, Severity.Critical)]
    public void Bands_are_those_of_the_severity(double score, Severity expected) =>
        Assert.Equal(expected, Score.SeverityOf(score));

    [Fact]
    public void One_probability_alone_stays_what_it_is()
    {
        foreach (double probability in new[] { 0.9, 0.5, 0.01, 1e-5, 1e-9 })
        {
            Assert.Equal(probability, Score.Combine([probability]), probability * 1e-3);
        }
    }

    [Fact]
    public void Two_equal_ones_stay_and_one_sure_detector_costs_a_factor_of_two()
    {
        Assert.Equal(1e-4, Score.Combine([1e-4, 1e-4]), 1e-7);
        Assert.InRange(Score.Combine([1e-5, 1]), 1e-5, 2.1e-5);
        Assert.Equal(2e-9, Score.Combine([1e-9, 1]), 1e-11);
    }

    [Fact]
    public void A_smaller_probability_never_raises_the_combined_one()
    {
        double last = 0;
        for (double probability = 1e-9; probability <= 1; probability *= 1.7)
        {
            double combined = Score.Combine([probability, 0.03]);
            Assert.True(combined >= last, $"{probability} gives {combined} after {last}");
            last = combined * (1 - 1e-4);
        }
    }
}
