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

    [Theory]
    [InlineData(1_000, 10, 0.00111)]
    [InlineData(1_000, 30, 0.01)]
    [InlineData(6_000, 31, 0.0000494)]
    [InlineData(100_000, 31, 0.00000107)]
    public void Beyond_a_gap_the_probability_falls_with_the_square_of_the_share(int rows, int odd, double expected)
    {
        double[] scores =
            [.. Enumerable.Range(0, rows - odd).Select(i => i / (double)rows), .. Enumerable.Repeat(1e6, odd)];
        Assert.Equal(expected, TailFit.Of(scores).ProbabilityFrom(1e6), expected / 100);
    }

    [Fact]
    public void A_twentieth_of_the_rows_is_never_improbable_however_far_it_lies()
    {
        double[] scores = [.. Enumerable.Range(0, 950).Select(i => i / 990.0), .. Enumerable.Repeat(1e6, 50)];
        Assert.InRange(TailFit.Of(scores).ProbabilityFrom(1e6), 0.0101, 0.05);
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(31)]
    public void Just_beyond_all_rows_the_probability_is_that_of_one_row_more(int count)
    {
        double[] scores = [.. Enumerable.Range(0, count).Select(i => (double)i)];
        Assert.InRange(TailFit.Of(scores).ProbabilityFrom(count), 0.2 / (count + 1), 1.0 / (count + 1));
    }

    [Fact]
    public void Far_beyond_all_rows_the_probability_falls_as_far_as_a_gap_allows_and_never_to_nothing()
    {
        double[] scores = [.. Enumerable.Range(0, 1_000).Select(i => i / 1_000.0)];
        TailFit fit = TailFit.Of(scores);
        Assert.True(fit.ProbabilityFrom(3) < fit.ProbabilityFrom(1.001) / 10);
        Assert.InRange(fit.ProbabilityFrom(double.MaxValue), 1e-6, 1e-4);
    }

    [Fact]
    public void Rows_that_are_counted_have_the_tail_of_rows_that_are_repeated()
    {
        SeededRandom random = new(5);
        double[] distinct = [.. Enumerable.Range(0, 700).Select(_ => Math.Round(random.NextGaussian(), 2))];
        int[] counts = [.. distinct.Select(_ => 1 + random.NextInt(40))];
        TailFit counted = TailFit.Of(distinct, counts);
        TailFit repeated = TailFit.Of([.. distinct.SelectMany((score, i) => Enumerable.Repeat(score, counts[i]))]);
        for (double score = -5; score < 12; score += 0.01)
        {
            Assert.Equal(repeated.ProbabilityFrom(score), counted.ProbabilityFrom(score));
        }
    }
}
