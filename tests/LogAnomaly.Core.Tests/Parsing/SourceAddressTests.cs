using System.Net.Sockets;
using System.Net;
using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class SourceAddressTests
{
    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("::FFFF:1.2.3.4", "1.2.3.4")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("::", "::")]
    [InlineData("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8")]
    [InlineData("1::", "1::")]
    public void An_address_is_taken(string text, string expected)
    {
        Assert.True(SourceAddress.TryParse(Encoding.UTF8.GetBytes(text), out ReadOnlySpan<byte> literal));
        Assert.Equal(expected, Encoding.UTF8.GetString(literal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.256")]
    [InlineData("01.2.3.4")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.x")]
    [InlineData(":")]
    [InlineData(":::")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1::2::3")]
    [InlineData("12345::")]
    [InlineData("host.example")]
    [InlineData("::ffff:1.2.3.400")]
    public void What_is_no_address_is_not(string text) =>
        Assert.False(SourceAddress.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void Whatever_is_taken_of_random_text_is_an_address_to_the_platform_too()
    {
        Random random = new(20240701);
        int taken = 0;
        for (int i = 0; i < 200_000; i++)
        {
            char[] text = new char[random.Next(2, 12)];
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = "::::1f0.."[random.Next(9)];
            }

            string address = new(text);
            bool isTaken = SourceAddress.TryParse(Encoding.UTF8.GetBytes(address), out _);
            bool isValid = IPAddress.TryParse(address, out IPAddress? parsed)
                && parsed.AddressFamily == AddressFamily.InterNetworkV6;
            taken += isTaken ? 1 : 0;
            Assert.True(!isTaken || isValid || SourceAddress.IsIPv4(Encoding.UTF8.GetBytes(address)), address);
            Assert.True(isTaken || !isValid || address.Contains('.', StringComparison.Ordinal), address);
        }

        Assert.True(taken > 1000, $"only {taken} addresses were tried");
    }
}
