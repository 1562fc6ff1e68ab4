using LogAnomaly.Detection;
using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Detection;

public sealed class TailFitTests
{
    [Fact]
    public void In_a_smooth_tail_the_probability_is_near_the_share_of_rows_beyond()
    {
        SeededRandom random = new(1);
        double[] scores = [.. Enumerable.Range(0, 20_000).Select(_ => -Math.Log(1 - random.NextDouble()))];
        TailFit fit = TailFit.Of(scores);
        foreach (double share in new[] { 0.5, 0.1, 0.01, 0.001 })
        {
            double probability = fit.ProbabilityFrom(-Math.Log(share));
            Assert.InRange(probability / share, 0.4, 1.3);
        }
    }

    [Fact]
    public void Beyond_a_gap_the_probability_is_the_square_of_the_share_and_no_less()
    {
        double[] scores = [.. Enumerable.Range(0, 990).Select(i => i / 990.0), .. Enumerable.Repeat(50.0, 10)];
        Assert.Equal(0.0001, TailFit.Of(scores).ProbabilityFrom(50), 6);
        Assert.InRange(TailFit.Of(scores).ProbabilityFrom(1e9), 9e-7, 1e-4);
    }

    [Fact]
    public void A_greater_score_is_never_more_probable()
    {
        SeededRandom random = new(3);
        double[] scores = [.. Enumerable.Range(0, 5_000).Select(_ => Math.Round(random.NextGaussian(), 1))];
        TailFit fit = TailFit.Of(scores);
        double last = 1;
        for (double score = -5; score < 12; score += 0.05)
        {
            double probability = fit.ProbabilityFrom(score);
            Assert.InRange(probability, double.Epsilon, last);
            last = probability;
        }
    }

    [Fact]
    public void One_row_alone_is_not_improbable() => Assert.Equal(1, TailFit.Of([3.0]).ProbabilityFrom(3));
}
