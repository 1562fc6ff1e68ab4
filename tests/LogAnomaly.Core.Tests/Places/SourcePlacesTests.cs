using LogAnomaly.Places;

namespace LogAnomaly.Tests.Places;

/// <summary>Kinds of addresses and what stands in place of a country.</summary>
public sealed class SourcePlacesTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255", AddressOrigin.Reserved, true)]
    [InlineData("10.0.0.0", "10.255.255.255", AddressOrigin.Private, true)]
    [InlineData("100.64.0.0", "100.127.255.255", AddressOrigin.Shared, true)]
    [InlineData("127.0.0.0", "127.255.255.255", AddressOrigin.Loopback, true)]
    [InlineData("169.254.0.0", "169.254.255.255", AddressOrigin.LinkLocal, true)]
    [InlineData("172.16.0.0", "172.31.255.255", AddressOrigin.Private, true)]
    [InlineData("192.0.0.0", "192.0.0.8", AddressOrigin.Reserved, true)]
    [InlineData("192.0.0.11", "192.0.0.255", AddressOrigin.Reserved, true)]
    [InlineData("192.0.2.0", "192.0.2.255", AddressOrigin.Documentation, true)]
    [InlineData("192.88.99.0", "192.88.99.255", AddressOrigin.Reserved, true)]
    [InlineData("192.168.0.0", "192.168.255.255", AddressOrigin.Private, true)]
    [InlineData("198.18.0.0", "198.19.255.255", AddressOrigin.Reserved, true)]
    [InlineData("198.51.100.0", "198.51.100.255", AddressOrigin.Documentation, true)]
    [InlineData("203.0.113.0", "203.0.113.255", AddressOrigin.Documentation, true)]
    [InlineData("224.0.0.0", "239.255.255.255", AddressOrigin.Multicast, false)]
    [InlineData("240.0.0.0", "255.255.255.255", AddressOrigin.Reserved, false)]
    public void Special_ranges_of_version_4_are_told_at_both_ends_and_not_beyond(
        string first, string last, AddressOrigin origin, bool hasPublicNeighbours)
    {
        Assert.Equal(origin, SourcePlaces.OriginOf(first));
        Assert.Equal(origin, SourcePlaces.OriginOf(last));
        if (!hasPublicNeighbours)
        {
            return;
        }

        Assert.NotEqual(origin, SourcePlaces.OriginOf(Text4(Number4(last) + 1)));
        Assert.True(Number4(first) == 0 || SourcePlaces.OriginOf(Text4(Number4(first) - 1)) != origin);
    }

    [Theory]
    [InlineData("::", AddressOrigin.Reserved)]
    [InlineData("::1", AddressOrigin.Loopback)]
    [InlineData("::2", AddressOrigin.Reserved)]
    [InlineData("::192.0.2.1", AddressOrigin.Reserved)]
    [InlineData("64:ff9b:1::1", AddressOrigin.Private)]
    [InlineData("100::1", AddressOrigin.Reserved)]
    [InlineData("1fff:ffff::1", AddressOrigin.Reserved)]
    [InlineData("2000::", AddressOrigin.Public)]
    [InlineData("2001:0:1::1", AddressOrigin.Public)]
    [InlineData("2001:1::1", AddressOrigin.Public)]
    [InlineData("2001:1::4", AddressOrigin.Reserved)]
    [InlineData("2001:2::1", AddressOrigin.Reserved)]
    [InlineData("2001:10::1", AddressOrigin.Reserved)]
    [InlineData("2001:20::1", AddressOrigin.Public)]
    [InlineData("2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", AddressOrigin.Reserved)]
    [InlineData("2001:200::", AddressOrigin.Public)]
    [InlineData("2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", AddressOrigin.Public)]
    [InlineData("2001:db8::", AddressOrigin.Documentation)]
    [InlineData("2001:DB8:ffff:ffff:ffff:ffff:ffff:ffff", AddressOrigin.Documentation)]
    [InlineData("2001:db9::", AddressOrigin.Public)]
    [InlineData("3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff", AddressOrigin.Public)]
    [InlineData("3fff::", AddressOrigin.Documentation)]
    [InlineData("3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", AddressOrigin.Documentation)]
    [InlineData("3fff:1000::", AddressOrigin.Public)]
    [InlineData("4000::", AddressOrigin.Reserved)]
    [InlineData("5f00::1", AddressOrigin.Reserved)]
    [InlineData("fbff::1", AddressOrigin.Reserved)]
    [InlineData("fc00::", AddressOrigin.Private)]
    [InlineData("fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", AddressOrigin.Private)]
    [InlineData("fe00::1", AddressOrigin.Reserved)]
    [InlineData("fe80::1", AddressOrigin.LinkLocal)]
    [InlineData("fe80::1%eth0", AddressOrigin.LinkLocal)]
    [InlineData("febf:ffff::1", AddressOrigin.LinkLocal)]
    [InlineData("fec0::1", AddressOrigin.Private)]
    [InlineData("ff02::1", AddressOrigin.Multicast)]
    public void Special_ranges_of_version_6_are_told(string address, AddressOrigin origin) =>
        Assert.Equal(origin, SourcePlaces.OriginOf(address));

    [Theory]
    [InlineData("::ffff:10.1.2.3", AddressOrigin.Private)]
    [InlineData("::ffff:a01:203", AddressOrigin.Private)]
    [InlineData("::FFFF:203.0.113.9", AddressOrigin.Documentation)]
    [InlineData("::ffff:8.8.8.8", AddressOrigin.Public)]
    [InlineData("64:ff9b::127.0.0.1", AddressOrigin.Loopback)]
    [InlineData("2002:c0a8:101::1", AddressOrigin.Private)]
    public void An_address_of_version_4_that_an_address_of_version_6_carries_counts(
        string address, AddressOrigin origin) =>
        Assert.Equal(origin, SourcePlaces.OriginOf(address));

    [Theory]
    [InlineData("")]
    [InlineData("web1.example.org")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.256")]
    [InlineData("1.2.3.")]
    [InlineData("1..3.4")]
    [InlineData("01.2.3.4")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("16843009")]
    [InlineData(" 10.0.0.1")]
    [InlineData("10.0.0.1:22")]
    [InlineData("10.0.0.0/8")]
    [InlineData("[::1]")]
    [InlineData("[::1]:80")]
    [InlineData("::1/128")]
    [InlineData("::1%")]
    [InlineData(":::")]
    [InlineData(":")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("::ffff:010.0.0.1")]
    [InlineData("::ffff:10.0.0.1:22")]
    [InlineData("fe80::g")]
    [InlineData("١.٢.٣.٤")]
    public void What_is_no_address_is_a_name(string text)
    {
        Assert.Equal(AddressOrigin.Name, SourcePlaces.OriginOf(text));
        Assert.Equal("(Name)", SourcePlaces.Shipped.CountryOf(text));
    }

    [Theory]
    [InlineData("8.8.8.8", "US")]
    [InlineData("193.0.6.139", "NL")]
    [InlineData("2001:4860:4860::8888", "US")]
    [InlineData("::ffff:193.0.6.139", "NL")]
    [InlineData("64:ff9b::8.8.8.8", "US")]
    [InlineData("192.168.1.1", "(Private)")]
    [InlineData("127.0.0.1", "(Loopback)")]
    [InlineData("fe80::1%3", "(LinkLocal)")]
    [InlineData("203.0.113.7", "(Documentation)")]
    [InlineData("100.64.0.1", "(Shared)")]
    [InlineData("224.0.0.251", "(Multicast)")]
    [InlineData("255.255.255.255", "(Reserved)")]
    [InlineData("2001:2::1", "(Reserved)")]
    [InlineData("2000::1", "(Unknown)")]
    public void A_source_has_a_country_or_the_name_of_its_kind(string source, string expected) =>
        Assert.Equal(expected, SourcePlaces.Shipped.CountryOf(source));

    [Fact]
    public void Any_text_is_told_apart_as_the_platform_tells_it()
    {
        Random random = new(6);
        const string Letters = "0123456789abcdef:.:.:.%[]/x ";
        for (int round = 0; round < 50_000; round++)
        {
            char[] letters = new char[random.Next(1, 24)];
            for (int at = 0; at < letters.Length; at++)
            {
                letters[at] = Letters[random.Next(Letters.Length)];
            }

            string text = new(letters);
            if (SourcePlaces.OriginOf(text) != AddressOrigin.Name)
            {
                Assert.True(System.Net.IPAddress.TryParse(text.Split('%')[0], out _), text);
            }
        }
    }

    private static uint Number4(string text)
    {
        Assert.True(AddressNumber.TryParse(text, out AddressNumber number));
        return number.Version4;
    }

    private static string Text4(uint number) =>
        string.Create(null, $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");
}
