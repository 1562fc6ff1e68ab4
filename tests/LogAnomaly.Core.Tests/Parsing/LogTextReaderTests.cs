using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class LogTextReaderTests
{
    private const string Login = "Jan  2 03:04:05 web1 sshd[1]: Failed password for ann from 192.0.2.7 port 50022 ssh2";

    [Fact]
    public void The_first_line_gives_its_event_at_once()
    {
        LogTextReader reader = new();
        Assert.Equal(LogKind.Authentication, Assert.Single(reader.Add(Login)).Kind);
        Assert.Empty(reader.Complete());
        Assert.Equal((1L, 1L), (reader.Ledger.LinesRead, reader.Ledger.Parsed));
    }

    [Fact]
    public void A_text_may_hold_several_lines_and_blank_ones()
    {
        LogTextReader reader = new();
        Assert.Equal([1L, 3L], reader.Add(Login + "\r\n\n" + Login + "\n").Select(made => made.LineNumber));
        Assert.Equal([4L], reader.Add(Login).Select(made => made.LineNumber));
        Assert.Empty(reader.Complete());
        Assert.Equal((4L, 3L, 1L), (reader.Ledger.LinesRead, reader.Ledger.Parsed, reader.Ledger.Skipped));
    }

    [Fact]
    public void A_line_that_does_not_fit_makes_the_format_be_found_anew()
    {
        LogTextReader reader = new();
        List<LogEvent> events = [.. reader.Add("some text that is no log")];
        events.AddRange(reader.Add(Login));
        events.AddRange(reader.Add("{\"msg\":\"a\"}"));
        events.AddRange(reader.Add("{\"msg\":\"b\"}"));
        events.AddRange(reader.Add("{\"msg\":\"c\"}"));
        events.AddRange(reader.Complete());
        Assert.Equal(
            ["a", "b", "c"],
            events.Skip(2).Select(made => made.Message.Replace("{\"msg\":\"a\"}", "a", StringComparison.Ordinal)));
        Assert.Equal([LogKind.Unparsed, LogKind.Authentication], events.Take(2).Select(made => made.Kind));
        Assert.Equal(LogKind.Record, events[^1].Kind);
        Assert.Equal(5, reader.Ledger.LinesRead);
        Assert.Equal(5, reader.Ledger.Parsed + reader.Ledger.Unparsed);
    }

    [Fact]
    public void Lines_that_belong_together_are_joined_and_the_last_comes_at_the_end()
    {
        LogTextReader reader = new();
        List<LogEvent> events = [];
        foreach (string line in "[\n  {\n    \"msg\": \"a\"\n  },\n  {\n    \"msg\": \"b\"\n  }\n]".Split('\n'))
        {
            events.AddRange(reader.Add(line));
        }

        events.AddRange(reader.Complete());
        Assert.Equal(["a", "b"], events.Select(made => made.Message));
        Assert.Equal((8L, 6L, 2L), (reader.Ledger.LinesRead, reader.Ledger.Parsed, reader.Ledger.Skipped));
    }

    [Fact]
    public void The_rows_under_a_header_are_read_from_the_first_on()
    {
        LogTextReader reader = new();
        List<LogEvent> events = [];
        foreach (string line in (string[])
        [
            "time,level,message", "2026-01-02 03:04:05,warn,a", "2026-01-02 03:04:06,info,b",
            "2026-01-02 03:04:07,info,c",
        ])
        {
            events.AddRange(reader.Add(line));
        }

        events.AddRange(reader.Complete());
        Assert.Equal(["a", "b", "c"], events.Select(made => made.Message));
        Assert.Equal((4L, 3L, 1L), (reader.Ledger.LinesRead, reader.Ledger.Parsed, reader.Ledger.Skipped));
    }

    [Fact]
    public void Text_of_no_known_format_is_lost_nowhere()
    {
        LogTextReader reader = new();
        int events = 0;
        for (int i = 0; i < 200; i++)
        {
            events += reader.Add(i % 7 == 0 ? "{ open" : $"word {i}").Count();
        }

        events += reader.Complete().Count();
        Assert.Equal((200, 200L, 200L), (events, reader.Ledger.LinesRead, reader.Ledger.Unparsed));
    }

    [Fact]
    public void Piece_by_piece_and_in_one_stream_the_same_events_come()
    {
        string text = string.Join('\n', RecordSamples.Json.Select(sample => sample.Line));
        List<LogEvent> whole = Samples.Read(text, out _);
        LogTextReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        List<LogEvent> pieces = [.. text.Split('\n').SelectMany(reader.Add), .. reader.Complete()];
        Assert.Equal(whole.Select(Sample.Describe), pieces.Select(Sample.Describe));
    }
}
