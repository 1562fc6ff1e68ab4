using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Numerics;

public sealed class StudentTailTests
{
    // The tables of Student's t: 12.706 (1 degree), 2.571 (5), 2.228 (10), 1.980 (120) leave 2.5 % above them.
    [Theory]
    [InlineData(12.7062, 1, 0.025)]
    [InlineData(2.57058, 5, 0.025)]
    [InlineData(2.22814, 10, 0.025)]
    [InlineData(1.97993, 120, 0.025)]
    [InlineData(5.89343, 5, 0.001)]
    [InlineData(0, 7, 0.5)]
    [InlineData(-2.22814, 10, 0.975)]
    public void The_tails_are_those_of_the_tables(double value, double degrees, double expected) =>
        Assert.Equal(expected, BetaFunction.StudentUpperTail(value, degrees), expected * 1e-4);

    // With one degree it is Cauchy's distribution: 1/2 - atan(x)/pi.
    [Theory]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(1e6)]
    public void Far_out_the_tail_stays_exact(double value) =>
        Assert.Equal(Math.Atan(1 / value) / Math.PI, BetaFunction.StudentUpperTail(value, 1), 1e-9 / value);

    [Fact]
    public void A_greater_value_is_less_probable()
    {
        double last = 1;
        for (double value = -50; value < 50; value += 0.25)
        {
            double tail = BetaFunction.StudentUpperTail(value, 4.5);
            Assert.InRange(tail, 0, last);
            last = tail;
        }
    }
}
