using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Numerics;

public sealed class ProportionTestTests
{
    // G = 2 * sum(o ln(o/e)) worked out by hand, p from the tables of chi-square with one degree of freedom.
    [Fact]
    public void The_probability_is_that_of_the_corrected_G_test()
    {
        // 10 of 100 against 25 of 100: G = 7.975, q = 1.0115, G / q = 7.884, p = 0.00499.
        Assert.Equal(0.00499, ProportionTest.ProbabilityOf(10, 100, 25, 100), 4);
    }

    [Fact]
    public void Equal_shares_and_empty_inputs_tell_nothing()
    {
        Assert.Equal(1, ProportionTest.ProbabilityOf(5, 50, 10, 100), 9);
        Assert.Equal(1, ProportionTest.ProbabilityOf(0, 0, 10, 100));
        Assert.Equal(1, ProportionTest.ProbabilityOf(0, 10, 0, 100));
    }

    [Fact]
    public void The_test_is_symmetric_and_stays_precise_where_the_probability_is_tiny()
    {
        Assert.Equal(ProportionTest.ProbabilityOf(3, 40, 9, 70), ProportionTest.ProbabilityOf(9, 70, 3, 40), 12);
        double tiny = ProportionTest.ProbabilityOf(0, 1_000, 500, 1_000);
        Assert.InRange(tiny, double.Epsilon, 1e-100);
        Assert.True(ProportionTest.ProbabilityOf(0, 1_000, 400, 1_000) > tiny);
    }

    [Fact]
    public void Holm_multiplies_the_least_by_the_number_of_tests_and_never_falls() =>
        Assert.Equal(
            [0.03, 0.06, 0.06],
            ProportionTest.Correct([0.01, 0.04, 0.03]),
            (left, right) => Math.Abs(left - right) < 1e-12);
}
