using System.Text;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.Tests.Reading;

public sealed class TextEncodingTests
{
    private const string First =
        "[Mon Mar 02 10:00:00.000000 2026] [core:notice] [pid 1:tid 2] AH00094: Command line: '/usr/sbin/apache2'";

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void The_mark_or_the_zeros_decide_the_encoding(string name, bool hasMark)
    {
        Encoding encoding = Encoding.GetEncoding(name);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes($"{First} ä€\r\n{First}\n")];
        List<LogEvent> events = Samples.Read(bytes, out _);
        Assert.Equal([$"{First} ä€", First], events.Select(e => e.Raw));
        Assert.All(events, e => Assert.Equal(LogKind.ApacheError, e.Kind));
    }

    [Theory]
    [InlineData("latin1", "Müller ±")]
    [InlineData("windows-1252", "Müller €")]
    [InlineData("windows-1251", "Привет")]
    [InlineData("1252", "Müller €")]
    [InlineData("shift_jis", "日本語")]
    [InlineData("UTF-8", "Müller €")]
    public void The_caller_names_the_encoding(string name, string text)
    {
        Assert.True(LogEncodings.TryGet(name, out Encoding? encoding));
        byte[] bytes = encoding.GetBytes($"{First} {text}\n");
        LogReaderOptions options = new() { TimeZone = TimeZoneInfo.Utc, Encoding = encoding };
        Assert.Equal([$"{First} {text}"], Samples.Read(bytes, out _, options).Select(e => e.Raw));
    }

    [Fact]
    public void A_mark_outweighs_what_the_caller_names()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("añb\n")];
        Assert.Equal(
            ["añb"],
            Samples.Read(bytes, out _, new LogReaderOptions { Encoding = Encoding.Latin1 }).Select(e => e.Raw));
    }

    [Fact]
    public void All_names_that_are_proposed_are_known_and_others_are_not()
    {
        Assert.All(LogEncodings.Names, name => Assert.True(LogEncodings.TryGet(name, out _)));
        Assert.All(
            ["", "utf-99", "utf-7", "-1", "999999"], name => Assert.False(LogEncodings.TryGet(name, out _), name));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_kept_and_not_guessed_at()
    {
        byte[] bytes = [.. "M\u00FCller\n"u8, (byte)'M', 0xFC, (byte)'l', (byte)'\n'];
        List<LogEvent> events = Samples.Read(bytes, out _);
        Assert.Equal(["Müller", "M\uFFFDl"], events.Select(e => e.Raw));
        Assert.Equal([(byte)'M', 0xFC, (byte)'l'], ((LineEvent)events[1]).LineSpan.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 10 })]
    [InlineData(new byte[] { 97, 0, 98, 99, 100, 101, 0, 102, 103, 10 })]
    [InlineData(new byte[] { 97, 0, 10 })]
    public void Zeros_without_a_pattern_are_bytes_of_the_line(byte[] bytes)
    {
        LogEvent logEvent = Assert.Single(Samples.Read(bytes, out _));
        Assert.Equal(bytes[..^1], ((LineEvent)logEvent).LineSpan.ToArray());
    }

    [Fact]
    public void Half_a_character_at_the_end_is_no_crash()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("one\ntwo"), 0x41];
        List<LogEvent> events = Samples.Read(bytes, out ParseLedger ledger);
        Assert.Equal(["one", "two\uFFFD"], events.Select(e => e.Raw));
        Assert.Equal(2, ledger.LinesRead);
    }
}
