using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class RankMetricsTests
{
    [Theory]
    // Two positives over two negatives, one pair the wrong way round: 3 of 4 pairs.
    [InlineData(new[] { 0.1, 0.4, 0.35, 0.8 }, new[] { false, false, true, true }, 0.75, 0.8333333333333333)]
    // Perfect and reversed.
    [InlineData(new[] { 1.0, 2.0, 3.0, 4.0 }, new[] { false, false, true, true }, 1.0, 1.0)]
    [InlineData(new[] { 4.0, 3.0, 2.0, 1.0 }, new[] { false, false, true, true }, 0.0, 0.41666666666666663)]
    // One tie between a positive and a negative counts half: (1 + 1 + 1 + 0.5) / 4.
    [InlineData(new[] { 1.0, 2.0, 2.0, 3.0 }, new[] { false, false, true, true }, 0.875, 0.8333333333333333)]
    // All tied: a guess, and the share of positives.
    [InlineData(new[] { 5.0, 5.0, 5.0, 5.0 }, new[] { true, false, false, false }, 0.5, 0.25)]
    public void Areas_are_those_computed_by_hand(double[] scores, bool[] anomalous, double roc, double average)
    {
        Assert.Equal(roc, RankMetrics.RocAuc(scores, anomalous)!.Value, 12);
        Assert.Equal(average, RankMetrics.AveragePrecision(scores, anomalous)!.Value, 12);
    }

    [Fact]
    public void Neither_is_known_where_there_is_nothing_to_tell_apart()
    {
        Assert.Null(RankMetrics.RocAuc([1, 2], [false, false]));
        Assert.Null(RankMetrics.RocAuc([1, 2], [true, true]));
        Assert.Null(RankMetrics.RocAuc([], []));
        Assert.Null(RankMetrics.AveragePrecision([1, 2], [false, false]));
        Assert.Equal(1, RankMetrics.AveragePrecision([1, 2], [true, true]));
    }

    [Fact]
    public void The_order_of_ties_does_not_matter()
    {
        Assert.Equal(
            RankMetrics.AveragePrecision([1, 1, 2], [true, false, true]),
            RankMetrics.AveragePrecision([1, 1, 2], [false, true, true]));
        Assert.Equal(
            RankMetrics.RocAuc([1, 1, 2], [true, false, true]), RankMetrics.RocAuc([1, 1, 2], [false, true, true]));
    }

    [Fact]
    public void Each_score_needs_a_label() =>
        Assert.Throws<ArgumentException>(() => RankMetrics.RocAuc([1, 2], [true]));

    [Fact]
    public void Many_scores_agree_with_counting_all_pairs()
    {
        Random random = new(5);
        double[] scores = [.. Enumerable.Range(0, 300).Select(_ => (double)random.Next(40))];
        bool[] anomalous = [.. scores.Select(score => random.Next(60) < score)];
        double wins = 0;
        double pairs = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < scores.Length; j++)
            {
                if (anomalous[i] && !anomalous[j])
                {
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }

        Assert.Equal(wins / pairs, RankMetrics.RocAuc(scores, anomalous)!.Value, 10);
    }
}
