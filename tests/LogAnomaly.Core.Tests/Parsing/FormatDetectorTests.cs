using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class FormatDetectorTests
{
    private const string Access = "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9";
    private const string Error = "[Wed Oct 11 14:32:52 2000] [error] [client 192.0.2.1] File does not exist: /a";
    private const string Noise = "    at com.example.Main.run(Main.java:17)";

    // Stand for two formats that read the same lines.
    private static readonly DetectableFormat[] s_family =
    [
        new(new PrefixFormat("narrow", "line ", "line login"), LogKind.Authentication, ["narrow"]),
        new(new PrefixFormat("wide", "line ", null), LogKind.System, []),
    ];

    [Theory]
    [InlineData("access", Access, 1)]
    [InlineData("access", Access, 50)]
    [InlineData("apache-error", Error, 1)]
    [InlineData("apache-error", Error, 50)]
    public void A_clean_file_is_recognised(string expected, string line, int count) =>
        Assert.Equal(expected, Detect(null, [.. Enumerable.Repeat(line, count)]));

    [Fact]
    public void Garbage_and_an_empty_file_are_not_recognised()
    {
        Assert.Null(Detect("access.log"));
        Assert.Null(Detect("access.log", "", "   ", "\t"));
        Assert.Null(Detect("access.log", Noise));
        Assert.Null(Detect("error.log", [.. Enumerable.Repeat(Noise, 300)]));
    }

    [Fact]
    public void A_header_and_stack_traces_do_not_hide_the_format()
    {
        string[] lines = ["# started", "", .. Enumerable.Repeat(Noise, 60), Error, Noise, Error];
        Assert.Equal("apache-error", Detect(null, lines));
    }

    [Fact]
    public void One_line_suffices_only_if_it_is_half_of_the_sample()
    {
        Assert.Equal("access", Detect(null, Noise, "", Access));
        Assert.Null(Detect(null, Noise, Access, Noise));
    }

    [Fact]
    public void Of_a_mixed_file_the_format_of_most_lines_wins_whatever_its_name()
    {
        Assert.Equal("access", Detect("error.log", Access, Error, Access, Error, Access));
        Assert.Equal("apache-error", Detect("access.log", Access, Error, Error));
    }

    [Fact]
    public void The_file_name_breaks_a_tie_and_then_the_order_of_the_formats()
    {
        Assert.Equal("access", Detect("/var/log/error/Access.log.1", Access, Error));
        Assert.Equal("apache-error", Detect("/var/log/access/error.log", Access, Error));
        Assert.Equal("apache-error", Detect(null, Access, Error));
        Assert.Equal("apache-error", Detect("other.log", Access, Error));
    }

    [Fact]
    public void Only_the_first_lines_that_are_not_blank_count()
    {
        string[] blank = [.. Enumerable.Repeat("", 300)];
        string[] lines = [.. blank, .. Enumerable.Repeat(Noise, 200), .. Enumerable.Repeat(Access, 300)];
        Assert.Null(Detect(null, lines));
        lines = [.. blank, .. Enumerable.Repeat(Noise, 198), .. Enumerable.Repeat(Access, 300)];
        Assert.Equal("access", Detect(null, lines));
    }

    [Theory]
    [InlineData(10, 0, "narrow")]
    [InlineData(5, 5, "narrow")]
    [InlineData(4, 6, "wide")]
    [InlineData(0, 10, "wide")]
    public void Of_formats_that_read_the_same_lines_the_share_of_kinds_decides(int logins, int others, string expected)
    {
        List<LogLine> lines = [];
        for (int i = 0; i < logins + others; i++)
        {
            lines.Add(LogLine.FromString(i < logins ? "line login" : "line other"));
        }

        Assert.Equal(expected, FormatDetector.Detect(lines, "narrow.log", s_family)?.Name);
        Assert.Equal(expected, FormatDetector.Detect(lines, "other", s_family)?.Name);
    }

    private static string? Detect(string? path, params string[] lines) =>
        FormatDetector.Detect(Array.ConvertAll(lines, text => LogLine.FromString(text)), path)?.Name;

    // Reads lines that begin with a text; those that begin with a second text are about authentication.
    private sealed class PrefixFormat(string name, string prefix, string? authentication) : LogFormat
    {
        public override string Name => name;

        public override string Description => name;

        internal override LogEvent? Parse(in LogLine line, ParseContext context)
        {
            string text = System.Text.Encoding.UTF8.GetString(line.Span);
            bool isLogin = authentication is not null && text.StartsWith(authentication, StringComparison.Ordinal);
            return text.StartsWith(prefix, StringComparison.Ordinal)
                ? new LineEvent(isLogin ? LogKind.Authentication : LogKind.System, line, context.Source)
                : null;
        }
    }
}
