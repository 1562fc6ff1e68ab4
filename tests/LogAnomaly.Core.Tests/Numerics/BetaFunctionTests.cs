using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Numerics;

public sealed class BetaFunctionTests
{
    [Theory]
    [InlineData(0.5, 2, 3, 0.6875)]
    [InlineData(0.2, 1, 5, 0.67232)]
    [InlineData(0.9, 0.5, 0.5, 0.7951672353)]
    [InlineData(0.01, 3, 1, 0.000001)]
    [InlineData(0, 3, 1, 0)]
    [InlineData(1, 3, 1, 1)]
    [InlineData(0.3, 0, 4, 1)]
    [InlineData(0.3, 4, 0, 0)]
    public void The_share_below_a_point_is_that_of_tables(double x, double a, double b, double expected) =>
        Assert.Equal(expected, BetaFunction.Regularized(x, a, b), 9);

    [Fact]
    public void A_quantile_has_its_share_below_it()
    {
        foreach ((double share, double a, double b) in new[]
        {
            (0.025, 3.5, 8), (0.5, 1, 1), (0.975, 200, 3), (1e-6, 2, 9),
        })
        {
            Assert.Equal(share, BetaFunction.Regularized(BetaFunction.Quantile(share, a, b), a, b), 10);
        }
    }

    [Theory]
    [InlineData(2.228139, 10, 0.05)]
    [InlineData(1.959964, 1e7, 0.05)]
    [InlineData(63.65674, 1, 0.01)]
    public void The_tails_of_Student_are_those_of_tables_and_turn_back(double t, double degrees, double probability)
    {
        Assert.Equal(probability, BetaFunction.StudentTails(t, degrees), 6);
        Assert.Equal(t, BetaFunction.StudentBound(probability, degrees), 3);
    }

    [Theory]
    [InlineData(3.325835, 4, 10, 0.0561)]
    [InlineData(3.478050, 4, 10, 0.05)]
    [InlineData(3.841459, 1, 1e7, 0.05)]
    public void The_tail_of_Fisher_is_that_of_tables(double value, double between, double within, double probability) =>
        Assert.Equal(probability, BetaFunction.FisherTail(value, between, within), 4);
}
