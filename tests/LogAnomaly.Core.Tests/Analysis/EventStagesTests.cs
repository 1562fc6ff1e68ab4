using LogAnomaly.Analysis;
using LogAnomaly.Tests.Parsing;

namespace LogAnomaly.Tests.Analysis;

public sealed class EventStagesTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1_024)]
    [InlineData(40_000)]
    public void Each_stage_takes_every_event_in_order_and_after_the_first(int lines)
    {
        HashSet<LogEvent> prepared = [];
        List<LogEvent> one = [];
        List<LogEvent> other = [];
        int early = 0;
        EventStages stages = new(
            events =>
            {
                lock (prepared)
                {
                    prepared.UnionWith(events.ToArray());
                }
            },
            events =>
            {
                lock (prepared)
                {
                    early += events.ToArray().Count(e => !prepared.Contains(e));
                }

                one.AddRange(events);
            },
            events => other.AddRange(events));
        List<LogEvent> all = Samples.Read(Samples.ErrorLog(lines), out _);
        all.ForEach(e => stages.Add(e));
        stages.Wait();
        Assert.Equal(0, early);
        Assert.Equal(all, one);
        Assert.Equal(all, other);
    }

    [Fact]
    public void What_a_stage_throws_comes_to_who_waits_and_ends_the_stage()
    {
        int taken = 0;
        EventStages stages = new(
            null, events => throw new InvalidDataException("broken"), events => taken += events.Length);
        List<LogEvent> all = Samples.Read(Samples.ErrorLog(3_000), out _);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
        {
            all.ForEach(e => stages.Add(e));
            stages.Wait();
        });
        Assert.Equal("broken", error.Message);
        Assert.InRange(taken, 0, 3_000);
    }
}
