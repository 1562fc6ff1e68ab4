using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class LogGrouperTests
{
    private const string Access = """
        192.0.2.1 - - [02/Mar/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 100 "-" "A"
        192.0.2.1 - ann [02/Mar/2026:10:00:10 +0000] "GET /b HTTP/1.1" 404 50 "-" "A"
        192.0.2.2 - bob [02/Mar/2026:10:30:20 +0000] "GET /a HTTP/1.1" 500 - "-" "B"
        192.0.2.1 - - [02/Mar/2026:11:00:00 +0000] "GET /a HTTP/1.1" 200 25 "-" "A"
        """;

    [Fact]
    public void A_group_counts_what_its_events_say()
    {
        LogGroup group = Of(["source.ip"])[0];
        Assert.Equal("192.0.2.1", group.Values["SourceIP"]);
        Assert.Equal(
            (3, 0.75, 0, 1, 1, 1),
            (group.Count, group.Share, group.Errors, group.Failures, group.Sources, group.Users));
        Assert.Equal(3.0, group.Rate);
        Assert.Equal(60, (group.LastSeen - group.FirstSeen)!.Value.TotalMinutes);
    }

    [Fact]
    public void Events_without_the_field_are_a_group_too()
    {
        IReadOnlyList<LogGroup> groups = Of(["UserName"]);
        Assert.Equal(["(none)", "ann", "bob"], groups.Select(group => group.Name));
        Assert.Null(groups[0].Values["UserName"]);
    }

    [Fact]
    public void Several_fields_and_an_interval_make_smaller_groups()
    {
        IReadOnlyList<LogGroup> groups = Of(
            ["SourceIP", "Method"], new MeasurementOptions { Interval = TimeSpan.FromHours(1) });
        Assert.Equal(
            [("192.0.2.1, GET", 10), ("192.0.2.2, GET", 10), ("192.0.2.1, GET", 11)],
            groups.Select(group => (group.Name, group.Start!.Value.Hour)));
        Assert.Equal([2.0, 1.0, 1.0], groups.Select(group => group.Rate!.Value));
    }

    [Fact]
    public void Groups_beyond_the_maximum_count_together_and_nothing_is_lost()
    {
        IReadOnlyList<LogGroup> groups = Of(["UrlPath"], new MeasurementOptions { MaximumValues = 1 });
        Assert.Equal(["/a", "(other)"], groups.Select(group => group.Name));
        Assert.Equal(4, groups.Sum(group => group.Count));
    }

    [Fact]
    public void A_field_that_no_event_has_is_named()
    {
        LogGrouper grouper = new(["SoruceIP", "SourceIP"]);
        Samples.Read(Access, out _).ForEach(grouper.Add);
        Assert.Equal(["SoruceIP"], grouper.MissingFields);
    }

    private static IReadOnlyList<LogGroup> Of(string[] fields, MeasurementOptions? options = null)
    {
        LogGrouper grouper = new(fields, options);
        Samples.Read(Access, out _).ForEach(grouper.Add);
        return grouper.Complete();
    }
}
