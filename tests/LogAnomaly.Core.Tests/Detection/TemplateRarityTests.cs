using LogAnomaly.Detection;

namespace LogAnomaly.Tests.Detection;

public sealed class TemplateRarityTests
{
    [Fact]
    public void What_lies_far_below_templates_that_are_much_alike_is_improbable()
    {
        TemplateRarity rarity = TemplateRarity.Of([1_500, 1_490, 1_480, 1_470, 12, 11, 8]);
        Assert.InRange(rarity.ProbabilityOf(8) * rarity.TemplateCount, 0, 0.001);
        Assert.InRange(rarity.ProbabilityOf(12) * rarity.TemplateCount, 0, 0.001);
        Assert.InRange(rarity.ProbabilityOf(1_470), 0.3, 0.7);
    }

    [Fact]
    public void The_end_of_a_long_tail_is_not()
    {
        TemplateRarity rarity = TemplateRarity.Of([10_000, 4_000, 1_500, 700, 300, 120, 50, 20, 8, 3, 1]);
        Assert.InRange(rarity.ProbabilityOf(1) * rarity.TemplateCount, 0.2, 10);
    }

    [Fact]
    public void One_line_beside_ten_thousand_equal_ones_stands_out()
    {
        TemplateRarity rarity = TemplateRarity.Of([10_000, 1]);
        Assert.InRange(rarity.ProbabilityOf(1), 1e-9, 1e-3);
    }

    [Fact]
    public void One_template_alone_is_usual() => Assert.Equal(0.5, TemplateRarity.Of([31]).ProbabilityOf(31), 1e-9);

    [Fact]
    public void The_share_counts_all_that_is_as_rare()
    {
        TemplateRarity rarity = TemplateRarity.Of([90, 5, 5]);
        Assert.Equal(0.1, rarity.ShareUpTo(5), 1e-12);
        Assert.Equal(1, rarity.ShareUpTo(90), 1e-12);
    }

    [Fact]
    public void A_rarer_template_is_never_more_probable()
    {
        TemplateRarity rarity = TemplateRarity.Of([500, 400, 300, 20, 3]);
        double last = 0;
        for (long count = 1; count < 600; count += 7)
        {
            double probability = rarity.ProbabilityOf(count);
            Assert.InRange(probability, last, 1);
            last = probability;
        }
    }
}
