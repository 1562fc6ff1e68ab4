using System.Net;
using System.Text;

using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("1.2.3.4", true)]
    [InlineData("256.1.1.1", false)]
    [InlineData("1.2.3", false)]
    [InlineData("1.2.3.4.5", false)]
    [InlineData("1..3.4", false)]
    [InlineData("1.2.3.", false)]
    [InlineData("01.2.3.4", false)]
    [InlineData("1.2.3.4 ", false)]
    [InlineData("1.2.3.4:80", false)]
    [InlineData("::", true)]
    [InlineData("::1", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("::ffff:192.0.2.1", true)]
    [InlineData("fe80::1%eth0", true)]
    [InlineData("fe80::1%", false)]
    [InlineData("fe80::1%a b", false)]
    [InlineData("1:2:3:4:5:6:7:8", true)]
    [InlineData("1:2:3:4:5:6:7:8:9", false)]
    [InlineData("1:2:3:4:5:6:7", false)]
    [InlineData("[::1]", false)]
    [InlineData("[::1]:80", false)]
    [InlineData("2001:db8::1/64", false)]
    [InlineData("::1::", false)]
    [InlineData("abcd", false)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("\u0661.2.3.4", false)]
    public void An_address_is_told_from_what_only_looks_like_one(string text, bool expected) =>
        Assert.Equal(expected, ClientAddress.IsAddress(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Whatever_passes_as_an_address_parses_to_the_same_address()
    {
        Random random = new(7);
        const string Letters = "0123459.:af";
        int found = 0;
        for (int i = 0; i < 200_000; i++)
        {
            char[] text = new char[random.Next(2, 12)];
            for (int j = 0; j < text.Length; j++)
            {
                text[j] = Letters[random.Next(Letters.Length)];
            }

            if (ClientAddress.IsAddress(Encoding.ASCII.GetBytes(text)))
            {
                found++;
                Assert.True(IPAddress.TryParse(text, out _), new string(text));
            }
        }

        Assert.True(found > 100, $"Only {found} addresses were drawn.");
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("100.63.0.1", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("172.15.0.1", true)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.1", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.167.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.1.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.9.8.7", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("0.1.2.3", false)]
    [InlineData("2a03:0:10ff::8000", true)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("host", false)]
    public void A_public_address_is_told_from_a_private_one(string text, bool expected) =>
        Assert.Equal(expected, ClientAddress.IsPublic(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("a-1_b.example.org", true)]
    [InlineData("example.org:443", true)]
    [InlineData("unix:", true)]
    [InlineData("-", false)]
    [InlineData("", false)]
    [InlineData(":80", false)]
    [InlineData("a:b", false)]
    [InlineData("a:70000", false)]
    [InlineData("2024-01-01T00:00:00", false)]
    [InlineData("a b", false)]
    [InlineData("nginx[1]:", false)]
    public void A_host_name_is_told_from_other_text(string text, bool expected) =>
        Assert.Equal(expected, ClientAddress.IsHostName(Encoding.UTF8.GetBytes(text)));
}
