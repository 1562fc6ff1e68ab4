using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class TimelineBuilderTests
{
    [Theory]
    [InlineData(100, 1)]
    [InlineData(100_000, 1)]
    [InlineData(5_000, 3_600)]
    [InlineData(20_000, 86_400)]
    public void No_event_is_lost_while_steps_are_joined(int events, int secondsApart)
    {
        TimelineBuilder builder = new();
        DateTime start = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        for (int i = 0; i < events; i++)
        {
            builder.Add(start.AddSeconds((long)i * secondsApart).Ticks, i % 2 == 0 ? LogLevel.Error : null);
        }

        IReadOnlyList<TimelineBucket> timeline = builder.Build([], TimeSpan.Zero);
        Assert.InRange(timeline.Count, 1, 400);
        Assert.Equal(events, timeline.Sum(bucket => bucket.Counts.Sum()));
        Assert.Equal((events + 1) / 2, timeline.Sum(bucket => bucket.Counts[(int)LogLevel.Error + 1]));
        Assert.All(timeline, bucket => Assert.Equal(0, bucket.Start.UtcTicks % builder.Step.Ticks));
        Assert.Equal(timeline.OrderBy(bucket => bucket.Start), timeline);
    }

    [Fact]
    public void The_ends_of_the_calendar_have_no_local_time_and_make_no_fault()
    {
        TimelineBuilder builder = new();
        builder.Add(DateTime.MaxValue.Ticks - 1, null);
        builder.Add(0, null);
        Assert.Equal(2, builder.Build([], TimeSpan.FromHours(5)).Sum(bucket => bucket.Counts.Sum()));
        Assert.Equal(2, builder.Build([], TimeSpan.FromHours(-5)).Sum(bucket => bucket.Counts.Sum()));
    }
}
