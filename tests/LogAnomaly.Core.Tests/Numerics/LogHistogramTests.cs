using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Numerics;

public sealed class LogHistogramTests
{
    [Fact]
    public void Quantiles_are_right_to_an_eighth_at_every_size()
    {
        SeededRandom random = new(7);
        LogHistogram histogram = new();
        long[] values = new long[5000];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (long)random.NextExponential(1e6);
            histogram.Add(values[i]);
        }

        Array.Sort(values);
        foreach (double share in new[] { 0.01, 0.5, 0.9, 0.999, 1 })
        {
            long exact = values[Math.Max(0, (int)Math.Ceiling(share * values.Length) - 1)];
            Assert.InRange(histogram.Quantile(share), exact, exact * 1.13 + 1);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(long.MaxValue)]
    public void One_number_is_its_own_quantile(long value)
    {
        LogHistogram histogram = new();
        histogram.Add(value);
        Assert.InRange(histogram.Quantile(0.5), value, long.MaxValue);
        Assert.Equal(1, histogram.Total);
    }

    [Fact]
    public void The_median_of_a_window_is_that_of_its_last_values()
    {
        RobustWindow window = new(4);
        Assert.Equal((0, 0), window.Measure());
        foreach (double value in new double[] { 100, 100, 1, 2, 3, 10 })
        {
            window.Add(value);
        }

        Assert.Equal((2.5, 1), window.Measure());
    }
}
