using System.Text;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>
/// What the formats of web servers and proxies have in common: samples, detection, truncated lines and mutations.
/// </summary>
public sealed class WebServerFormatTests
{
    public static TheoryData<string> Formats() => [.. WebSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_sample_line_gives_exactly_its_fields(string format)
    {
        foreach (Sample sample in WebSamples.All[format])
        {
            LogEvent? made = Sample.Parse(FormatOf(format), sample.Line);
            Assert.True(made is not null, sample.Line);
            Assert.Equal(sample.Expected.ReplaceLineEndings("\n"), Sample.Describe(made));
            Assert.Equal(sample.Line, made.Raw);
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_file_of_such_lines_is_recognised(string format)
    {
        foreach (Sample sample in WebSamples.All[format])
        {
            if (format != "web-syslog")
            {
                List<LogLine> lines = [.. Enumerable.Repeat(LogLine.FromString(sample.Line), 5)];
                Assert.Equal(format, FormatDetector.Detect(lines, null)?.Name);
            }
        }
    }

    [Fact]
    public void Lines_behind_a_syslog_header_are_recognised_by_what_most_of_them_are()
    {
        Sample[] samples = WebSamples.All["web-syslog"];
        Assert.Equal("web-syslog", Detect([samples[0].Line, samples[1].Line, samples[2].Line]));
        Assert.Equal("syslog", Detect([samples[2].Line, samples[2].Line, samples[2].Line, samples[0].Line]));
        Assert.Equal("nginx-error-syslog", Detect([samples[3].Line]));
    }

    [Theory]
    [InlineData("apache-error", "access", "auth", "syslog")]
    public void The_files_of_other_formats_are_left_to_them(params string[] others)
    {
        foreach (Sample sample in ApacheErrorSamples.All)
        {
            Assert.Equal(others[0], Detect([sample.Line]));
        }

        foreach (Sample sample in AccessSamples.All.Where(sample =>
            !sample.Line.EndsWith("ms", StringComparison.Ordinal)))
        {
            Assert.Equal(others[1], Detect([sample.Line, sample.Line]));
        }

        Assert.Equal(
            others[2], Detect(["Oct  1 10:00:00 h sshd[1]: Failed password for root from 192.0.2.1 port 22 ssh2"]));
        Assert.Equal(others[3], Detect(["Oct  1 10:00:00 h kernel: eth0: link up"]));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_truncated_prefix_of_a_sample_is_read_or_refused_soundly(string format)
    {
        foreach (Sample sample in WebSamples.All[format].Where(_ => format != "web-syslog"))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(sample.Line);
            for (int length = 0; length <= bytes.Length; length++)
            {
                Check(format, bytes[..length]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Mutations_are_read_or_refused_soundly(string format)
    {
        Sample[] samples =
            [.. WebSamples.All[format].Where(sample => sample.Expected.Contains("SourceIP", StringComparison.Ordinal))];
        Random random = new(20240118);
        int read = 0;
        for (int i = 0; i < 3_000; i++)
        {
            string line = samples[random.Next(samples.Length)].Line;
            string other = samples[random.Next(samples.Length)].Line;
            byte[] mutated = Soundness.Mutate(Encoding.UTF8.GetBytes(line), Encoding.UTF8.GetBytes(other), random);
            read += Check(format, mutated) ? 1 : 0;
        }

        // Mutations that all miss, or all break, would test nothing.
        Assert.InRange(read, 50, 2_990);
    }

    private static bool Check(string format, byte[] line)
    {
        if (line.Length == 0)
        {
            return false;
        }

        bool isOwnText = format is "nginx-error" or "haproxy";
        LogEvent? made = FormatOf(format).Parse(new LogLine(line, 0, line.Length, 1, 0), Sample.NewContext());
        if (made is null or RecordEvent)
        {
            // JSON that is no request is a record, which RecordFuzzTests judge.
            return false;
        }

        Assert.Equal(Encoding.UTF8.GetString(line), made.Raw);
        Assert.True(made.Level is not null || made.Kind is LogKind.System or LogKind.Authentication);
        Assert.NotNull(made.Message);
        Assert.True(!isOwnText || made.Timestamp is not null || made.Kind == LogKind.Access);
        if (made["SourceIP"] is string address)
        {
            Assert.True(System.Net.IPAddress.TryParse(address, out _), address);
        }

        if (made["StatusCode"] is int status)
        {
            Assert.InRange(status, 100, 999);
        }

        if (made["SourcePort"] is int port)
        {
            Assert.InRange(port, 0, 65535);
        }

        return true;
    }

    private static string? Detect(string[] lines) =>
        FormatDetector.Detect(Array.ConvertAll(lines, line => LogLine.FromString(line)), null)?.Name;

    private static LogFormat FormatOf(string name)
    {
        Assert.True(LogFormats.TryGet(name, out LogFormat? format), name);
        return format;
    }
}
