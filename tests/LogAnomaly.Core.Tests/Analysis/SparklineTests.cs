using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class SparklineTests
{
    [Fact]
    public void The_lowest_sign_stands_for_zero_alone_and_the_highest_for_the_greatest() =>
        Assert.Equal("▁▂▅█", Sparkline.Of([0, 0.1, 4, 7], 10, SparklineStyle.Blocks));

    [Fact]
    public void Of_more_numbers_than_fit_the_greatest_of_several_is_shown() =>
        Assert.Equal("_#", Sparkline.Of([0, 0, 0, 1, 9, 0], 2, SparklineStyle.Ascii));

    [Fact]
    public void No_number_is_an_empty_line_and_zeros_are_a_flat_one()
    {
        Assert.Equal("", Sparkline.Of([], 5, SparklineStyle.Blocks));
        Assert.Equal("▁▁", Sparkline.Of([0, 0], 5, SparklineStyle.Blocks));
    }
}
