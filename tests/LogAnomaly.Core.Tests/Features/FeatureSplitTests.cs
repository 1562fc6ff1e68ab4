using LogAnomaly.Features;

namespace LogAnomaly.Tests.Features;

public sealed class FeatureSplitTests
{
    [Fact]
    public void The_earliest_rows_are_for_training_whatever_their_order()
    {
        (IReadOnlyList<int?> Training, IReadOnlyList<int?> Later) split = Split(0.5, 4, 1, 3, 2);
        Assert.Equal([1, 2], split.Training);
        Assert.Equal([3, 4], split.Later);
    }

    [Fact]
    public void What_happened_at_the_same_moment_stays_together()
    {
        Assert.Equal([1, 2, 2, 2], Split(0.4, 1, 2, 2, 2, 3).Training);
        Assert.Equal([1], Split(0.6, 1, 2, 2, 2).Training);
        Assert.Empty(Split(0.5, 1, 1, 1, 1).Later);
    }

    [Fact]
    public void Rows_without_a_time_go_with_the_row_before_them()
    {
        (IReadOnlyList<int?> Training, IReadOnlyList<int?> Later) split = Split(0.5, 5, null, 1, null);
        Assert.Equal([1, null], split.Training);
        Assert.Equal([5, null], split.Later);
    }

    [Fact]
    public void Without_any_time_the_order_counts() =>
        Assert.Equal(2, Split(0.5, null, null, null, null).Training.Count);

    [Fact]
    public void A_share_beyond_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Split(1.1, 1));

    private static (IReadOnlyList<int?> Training, IReadOnlyList<int?> Later) Split(double share, params int?[] days) =>
        FeatureSplit.Of(
            days, day => day is null ? null : new DateTimeOffset(2026, 3, day.Value, 0, 0, 0, TimeSpan.Zero), share);
}
