using System.Text;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>
/// What the formats of web servers have in common: samples, strangers, truncated lines and mutations.
/// </summary>
public sealed class WebFormatTests
{
    public static TheoryData<string, int> Samples()
    {
        TheoryData<string, int> data = [];
        foreach (string format in new[] { "apache-error", "access" })
        {
            for (int i = 0; i < SamplesOf(format).Length; i++)
            {
                data.Add(format, i);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_line_gives_exactly_its_fields(string format, int index)
    {
        Sample sample = SamplesOf(format)[index];
        LogEvent? made = Sample.Parse(FormatOf(format), sample.Line);
        Assert.NotNull(made);
        Assert.Equal(sample.Expected.ReplaceLineEndings("\n"), Sample.Describe(made));
        Assert.Equal(sample.Line, made.Raw);
    }

    [Theory]
    [InlineData("apache-error")]
    [InlineData("access")]
    public void A_line_of_another_format_gives_no_event(string format)
    {
        foreach (string line in format == "access" ? AccessSamples.Strangers : ApacheErrorSamples.Strangers)
        {
            Assert.True(Sample.Parse(FormatOf(format), line) is null, line);
        }
    }

    [Theory]
    [InlineData("apache-error")]
    [InlineData("access")]
    public void Every_truncated_prefix_of_a_sample_is_read_or_refused_soundly(string format)
    {
        foreach (Sample sample in SamplesOf(format))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(sample.Line);
            for (int length = 0; length <= bytes.Length; length++)
            {
                Soundness.Check(FormatOf(format), bytes[..length]);
            }
        }
    }

    [Theory]
    [InlineData("apache-error")]
    [InlineData("access")]
    public void Ten_thousand_mutations_are_read_or_refused_soundly(string format)
    {
        Sample[] samples = SamplesOf(format);
        Random random = new(20240117);
        int read = 0;
        for (int i = 0; i < 10_000; i++)
        {
            string line = samples[random.Next(samples.Length)].Line;
            string other = samples[random.Next(samples.Length)].Line;
            byte[] mutated = Soundness.Mutate(Encoding.UTF8.GetBytes(line), Encoding.UTF8.GetBytes(other), random);
            read += Soundness.Check(FormatOf(format), mutated) ? 1 : 0;
        }

        // Mutations that all miss, or all break, would test nothing.
        Assert.InRange(read, 1_000, 9_900);
    }

    [Theory]
    [InlineData("10/Oct/2000:13:55:36 -0700")]
    [InlineData("10/Oct/2000:00:00:00 -0700")]
    [InlineData("10/Oct/2000:23:59:59 -0700")]
    [InlineData("10/Oct/2000:23:59:60 -0700")]
    [InlineData("10/Oct/2000:24:00:00 -0700")]
    [InlineData("10/Oct/2000:1a:00:00 -0700")]
    [InlineData("10/Oct/2000:11-00:00 -0700")]
    [InlineData("10/Oct/2000:11:00-00 -0700")]
    [InlineData("11/Oct/2000:00:00:00 -0700")]
    [InlineData("10/Nov/2000:00:00:00 -0700")]
    [InlineData("10/Oct/2001:00:00:00 -0700")]
    [InlineData("10/Oct/2000:13:55:36 +0700")]
    [InlineData("10/Oct/2000:13:55:36 +0000")]
    [InlineData("10/Oct/2000:13:55:36.123456")]
    [InlineData("10/Oct/2000:13:55:36")]
    [InlineData("01/Jan/0001:00:00:00 +0100")]
    [InlineData("31/Dec/9999:23:59:59 -0100")]
    public void A_stamp_is_read_the_same_whatever_line_came_before(string stamp)
    {
        string line = $"192.0.2.1 - - [{stamp}] \"GET / HTTP/1.1\" 200 9";
        AccessFormat format = new();
        DateTimeOffset? alone = Sample.Parse(format, line)?.Timestamp;
        string[] earlier =
        [
            "10/Oct/2000:13:55:36 -0700",
            "10/Oct/2000:12:00:00.123456",
            "01/Jan/0001:12:00:00 +0100",
            "31/Dec/9999:12:00:00 -0100",
        ];
        foreach (string before in earlier)
        {
            ParseContext context = Sample.NewContext();
            string first = line.Replace(stamp, before, StringComparison.Ordinal);
            Assert.NotNull(format.Parse(LogLine.FromString(first), context));
            for (int i = 0; i < 2; i++)
            {
                LogEvent? made = format.Parse(LogLine.FromString(line), context);
                Assert.Equal(alone, made?.Timestamp);
                Assert.Equal(alone?.Offset, made?.Timestamp?.Offset);
            }
        }
    }

    [Fact]
    public void A_line_in_the_middle_of_a_block_is_read_like_one_alone()
    {
        foreach (string name in new[] { "apache-error", "access" })
        {
            foreach (Sample sample in SamplesOf(name))
            {
                byte[] bytes = Encoding.UTF8.GetBytes(sample.Line);
                byte[] block = [.. "xx] [\"\n"u8, .. bytes, .. "\" [\nyy"u8];
                LogEvent? made = FormatOf(name).Parse(new LogLine(block, 7, bytes.Length, 2, 7), Sample.NewContext());
                Assert.NotNull(made);
                Assert.Equal(sample.Expected.ReplaceLineEndings("\n"), Sample.Describe(made));
            }
        }
    }

    [Fact]
    public void The_template_leaves_out_the_referrer()
    {
        const string Line = "[Wed Oct 11 14:32:52 2000] [error] [client 192.0.2.1] File missing: /a";
        foreach (string referrer in new[] { "", ", referer: http://b/", ", referer: " })
        {
            LogEvent? made = Sample.Parse(new ApacheErrorFormat(), Line + referrer);
            Assert.Equal("File missing: /a", Encoding.UTF8.GetString(made!.TemplateSpan));
            Assert.Equal("File missing: /a" + referrer, made.Message);
        }
    }

    private static Sample[] SamplesOf(string format) => format == "access" ? AccessSamples.All : ApacheErrorSamples.All;

    private static LogFormat FormatOf(string name)
    {
        Assert.True(LogFormats.TryGet(name, out LogFormat? format));
        return format;
    }
}
