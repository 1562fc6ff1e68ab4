using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class LogFormatsTests
{
    [Fact]
    public void Every_format_is_found_by_its_name_in_any_case()
    {
        Assert.NotEmpty(LogFormats.All);
        foreach (LogFormat format in LogFormats.All)
        {
            Assert.True(LogFormats.TryGet(format.Name.ToUpperInvariant(), out LogFormat? found));
            Assert.Same(format, found);
            Assert.NotEmpty(format.Description);
        }
    }

    [Fact]
    public void The_formats_of_web_servers_are_among_them()
    {
        Assert.Contains(LogFormats.All, format => format is ApacheErrorFormat && format.Name == "apache-error");
        Assert.Contains(LogFormats.All, format => format is AccessFormat && format.Name == "access");
    }

    [Theory]
    [InlineData("")]
    [InlineData("raw")]
    [InlineData("access ")]
    public void An_unknown_name_finds_none(string name)
    {
        Assert.False(LogFormats.TryGet(name, out LogFormat? found));
        Assert.Null(found);
    }
}
