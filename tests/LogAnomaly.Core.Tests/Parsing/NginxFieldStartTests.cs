using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>Messages of nginx whose path, user, answer or referrer imitates the fields behind them.</summary>
public sealed class NginxFieldStartTests
{
    private const string Fields = ", client: 192.0.2.1, server: h, request: \"GET /x HTTP/1.1\", host: \"h\"";
    private const string Forged = ", client: 9.9.9.9, server: h, request: \"GET /x HTTP/1.1\", host: \"h";

    [Theory]
    [InlineData("user \"bob\": password mismatch" + Fields + ", referrer: \"\": password mismatch" + Forged + "\"")]
    [InlineData("user \"bob\" was not found in \"/etc/p\"" + Fields + ", referrer: \"\" was not found in \"/etc/p\""
        + Forged + "\"")]
    [InlineData("open() \"/srv/x\" failed (2: No such file or directory)" + Fields + ", referrer: \"\" failed (2: x)"
        + Forged + "\"")]
    [InlineData("\"/srv/x/index.html\" is not found (2: No such file or directory)" + Fields + ", referrer: \"a\""
        + Forged + "\"")]
    [InlineData("directory index of \"/srv/\" is forbidden" + Fields + ", referrer: \"\" is forbidden" + Forged + "\"")]
    [InlineData("limiting requests, excess: 1.5 by zone \"one\"" + Fields + ", referrer: \"\"" + Forged + "\"")]
    [InlineData("FastCGI sent in stderr: \"PHP message: a \"b\"" + Forged
        + "\" x\" while reading response header from upstream" + Fields)]
    public void The_client_is_the_first_one_behind_a_whole_message(string message) =>
        Assert.Equal("192.0.2.1", Source(message));

    [Theory]
    [InlineData("open() \"/srv/x", "\" failed (2: No such file or directory)")]
    [InlineData("open() \"/srv/x\" failed (2: No such file or directory)",
        "\", referrer: \"z\" failed (2: No such file or directory)")]
    [InlineData("directory index of \"/srv/x\" is forbidden", "\" is forbidden")]
    [InlineData("\"/srv/x\" is not found (2: x)", "\" is not found (2: x)")]
    public void The_client_is_a_later_one_where_the_request_asks_for_the_imitation(string start, string end)
    {
        string request =
            ", client: 192.0.2.1, server: h, request: \"GET /x%22%2c%20client%3A%209.9.9.9%2C%20server HTTP/1.1\", host: \"h\"";
        Assert.Equal("192.0.2.1", Source(start + Forged + end + request));
    }

    private static object? Source(string message) =>
        Sample.Parse(new NginxErrorFormat(), "2024/06/02 03:04:05 [error] 12#12: *5 " + message)?["SourceIP"];
}
