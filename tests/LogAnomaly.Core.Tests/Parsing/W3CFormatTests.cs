using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class W3CFormatTests
{
    [Fact]
    public void The_columns_are_those_of_the_last_header()
    {
        List<AccessEvent> events = Read("""
            #Software: Microsoft Internet Information Services 10.0
            #Version: 1.0
            #Date: 2024-01-02 03:04:05
            #Fields: time c-ip cs-method cs-uri-stem sc-status cs(Cookie)
            03:04:06 192.0.2.1 GET /a 200 a+b
            #Date: 2024-01-03 00:00:00
            #Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename
            2024-01-03 03:04:07 192.0.2.2 2094 10.0.0.1 80 HTTP/1.1 POST /b?c=1 503 - ConnLimit -
            """, out ParseLedger ledger);
        Assert.Equal("w3c", ledger.Entries[0].Format);
        Assert.Equal((2L, 6L, 0L), (ledger.Entries[0].Parsed, ledger.Entries[0].Skipped, ledger.Entries[0].Unparsed));
        Assert.Equal(new DateTimeOffset(2024, 1, 2, 3, 4, 6, TimeSpan.Zero), events[0].Timestamp);
        Assert.Equal("192.0.2.1", events[0].SourceIP);
        Assert.Equal("a b", events[0]["cs(Cookie)"]);
        Assert.Equal("/b?c=1", events[1].Url);
        Assert.Equal("1.1", events[1].HttpVersion);
        Assert.Equal(2094, events[1].SourcePort);
        Assert.Equal(80, events[1].DestinationPort);
        Assert.Equal(503, events[1].StatusCode);
        Assert.Equal("ConnLimit", events[1]["s-reason"]);
    }

    [Fact]
    public void CloudFront_counts_seconds_and_separates_by_tabs()
    {
        List<AccessEvent> events = Read(
            "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query time-taken x-host-header\n"
            + "2024-01-03\t03:04:07\tLHR3\t20\t192.0.2.2\tGET\td1.cloudfront.net\t/a\t403\t-\tMozilla/5.0%20(X11)\tq=1\t0.250\twww.b\n",
            out _);
        AccessEvent made = Assert.Single(events);
        Assert.Equal(250, made.DurationMs);
        Assert.Equal(20, made.BytesSent);
        Assert.Equal("www.b", made.VirtualHost);
        Assert.Equal("q=1", made.UrlQuery);
    }

    [Fact]
    public void Quoted_values_may_hold_spaces_and_doubled_quotes()
    {
        List<AccessEvent> events = Read(
            "#Fields: date time c-ip cs-method cs-uri cs(User-Agent) sc-status\n\"2024-01-03\" \"03:04:07\" 192.0.2.2 GET /a \"a \"\"b\"\" 200\" 404\n",
            out _);
        Assert.Equal("a \"b\" 200", Assert.Single(events).UserAgent);
        Assert.Equal(404, events[0].StatusCode);
    }

    [Theory]
    [InlineData("#Fields: date time c-ip sc-status\n2024-01-03 03:04:07 192.0.2.2 200 x\n")]
    [InlineData("#Fields: date time c-ip sc-status\n2024-01-03 03:04:07 192.0.2.2 abc\n")]
    [InlineData("#Fields: date time c-ip sc-status\n2024-13-03 03:04:07 192.0.2.2 200\n")]
    public void A_line_that_does_not_fit_its_header_is_unparsed(string text)
    {
        LogReaderOptions options = new() { TimeZone = TimeZoneInfo.Utc, Format = new W3CFormat() };
        List<LogEvent> events = Samples.Read(text, out ParseLedger ledger, options);
        Assert.Equal(LogKind.Unparsed, Assert.Single(events).Kind);
        Assert.Equal(1, ledger.Entries[0].Skipped);
    }

    [Fact]
    public void Comments_of_other_files_are_no_header()
    {
        Assert.Null(FormatDetector.Detect(
            [LogLine.FromString("# Comment: a"), LogLine.FromString("#include x"), LogLine.FromString("a b c")], null));
    }

    private static List<AccessEvent> Read(string text, out ParseLedger ledger) =>
        [.. Samples.Read(text, out ledger).Cast<AccessEvent>()];
}
