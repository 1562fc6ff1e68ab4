using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

public class UrlTextTests
{
    [Theory]
    [InlineData("/a%20b", "/a b")]
    [InlineData("/%252e%252e/", "/../")]
    [InlineData("/%25252e", "/%2e")]
    [InlineData("/%c0%ae%c0%af", "/./")]
    [InlineData("/%e0%80%ae", "/.")]
    [InlineData("/%u002e%U002F", "/./")]
    [InlineData("/%c3%bc", "/ü")]
    [InlineData("/%fc", "/ü")]
    [InlineData("/%f0%9f%98%80", "/😀")]
    [InlineData("/a+b?c+d", "/a+b?c d")]
    [InlineData("/?c%2Bd", "/?c+d")]
    [InlineData("/%zz%4", "/%zz%4")]
    [InlineData("/%41%", "/A%")]
    public void A_url_is_decoded_up_to_twice(string url, string decoded) => Assert.Equal(decoded, UrlText.Decode(url));

    [Theory]
    [InlineData("/index.html")]
    [InlineData("/100%")]
    [InlineData("/a+b")]
    public void A_url_without_anything_to_decode_stays_the_same_string(string url) =>
        Assert.Same(url, UrlText.Decode(url));
}
