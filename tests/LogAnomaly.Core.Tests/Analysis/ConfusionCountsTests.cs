using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class ConfusionCountsTests
{
    [Fact]
    public void Shares_are_those_computed_by_hand()
    {
        // 3 found, 1 false alarm, 2 missed, 4 let be.
        ConfusionCounts counts = ConfusionCounts.Of(
            [true, true, true, true, false, false, false, false, false, false],
            [true, true, true, false, true, true, false, false, false, false]);
        Assert.Equal(new ConfusionCounts(3, 1, 2, 4), counts);
        Assert.Equal(0.75, counts.Precision);
        Assert.Equal(0.6, counts.Recall);
        Assert.Equal(2 * 0.75 * 0.6 / (0.75 + 0.6), counts.F1, 12);
    }

    [Fact]
    public void Nothing_reported_or_nothing_to_find_gives_zero_and_no_fault()
    {
        Assert.Equal((0, 0, 0), Shares(ConfusionCounts.Of([false, false], [true, false])));
        Assert.Equal((0, 0, 0), Shares(ConfusionCounts.Of([true, false], [false, false])));
        Assert.Equal((0, 0, 0), Shares(ConfusionCounts.Of([], [])));
    }

    private static (double, double, double) Shares(ConfusionCounts counts) =>
        (counts.Precision, counts.Recall, counts.F1);
}
