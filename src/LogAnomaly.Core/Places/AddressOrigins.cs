using System.Globalization;
using static LogAnomaly.Places.AddressOrigin;

namespace LogAnomaly.Places;

/// <summary>
/// Tells kinds of addresses, by IANA's registries of special-purpose addresses of IPv4 and IPv6 (RFC 6890;
/// https://www.iana.org/assignments/iana-ipv4-special-registry and
/// https://www.iana.org/assignments/iana-ipv6-special-registry), of multicast addresses and of the IPv6 address space.
/// </summary>
internal static class AddressOrigins
{
    // Where networks lie in each other, the narrowest counts, so it comes first.
    private static readonly (uint First, uint Last, AddressOrigin Origin)[] s_version4 =
    [
        Network4("0.0.0.0", 8, Reserved),
        Network4("10.0.0.0", 8, Private),
        Network4("100.64.0.0", 10, Shared),
        Network4("127.0.0.0", 8, Loopback),
        Network4("169.254.0.0", 16, LinkLocal),
        Network4("172.16.0.0", 12, Private),
        Network4("192.0.0.9", 32, Public),
        Network4("192.0.0.10", 32, Public),
        Network4("192.0.0.0", 24, Reserved),
        Network4("192.0.2.0", 24, Documentation),
        Network4("192.88.99.0", 24, Reserved),
        Network4("192.168.0.0", 16, Private),
        Network4("198.18.0.0", 15, Reserved),
        Network4("198.51.100.0", 24, Documentation),
        Network4("203.0.113.0", 24, Documentation),
        Network4("224.0.0.0", 4, Multicast),
        Network4("240.0.0.0", 4, Reserved),
    ];

    private static readonly (UInt128 First, UInt128 Last, AddressOrigin Origin)[] s_version6 =
    [
        Network6("::1", 128, Loopback),
        Network6("64:ff9b:1::", 48, Private),
        Network6("2001::", 32, Public),
        Network6("2001:1::1", 128, Public),
        Network6("2001:1::2", 128, Public),
        Network6("2001:1::3", 128, Public),
        Network6("2001:3::", 32, Public),
        Network6("2001:4:112::", 48, Public),
        Network6("2001:20::", 28, Public),
        Network6("2001:30::", 28, Public),
        Network6("2001::", 23, Reserved),
        Network6("2001:db8::", 32, Documentation),
        Network6("3fff::", 20, Documentation),
        Network6("2000::", 3, Public),
        Network6("fc00::", 7, Private),
        Network6("fe80::", 10, LinkLocal),

        // Site-local, withdrawn by RFC 3879 in favour of fc00::/7.
        Network6("fec0::", 10, Private),
        Network6("ff00::", 8, Multicast),

        // What is left is held back for later (RFC 4291), or for networks among themselves (RFC 6666, RFC 9602).
        Network6("::", 0, Reserved),
    ];

    /// <summary>The kind of an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The kind; never <see cref="Name"/>.</returns>
    public static AddressOrigin Of(AddressNumber address) =>
        address.IsVersion4 ? Find(s_version4, address.Version4) : Find(s_version6, address.Value);

    private static AddressOrigin Find<T>((T First, T Last, AddressOrigin Origin)[] networks, T address)
        where T : IComparable<T>
    {
        foreach ((T first, T last, AddressOrigin origin) in networks)
        {
            if (address.CompareTo(first) >= 0 && address.CompareTo(last) <= 0)
            {
                return origin;
            }
        }

        return Public;
    }

    private static (uint First, uint Last, AddressOrigin Origin) Network4(string first, int bits, AddressOrigin origin)
    {
        uint rest = bits == 32 ? 0 : uint.MaxValue >> bits;
        uint number = Number(first).Version4;
        return (number, number | rest, origin);
    }

    private static (UInt128 First, UInt128 Last, AddressOrigin Origin) Network6(
        string first, int bits, AddressOrigin origin)
    {
        UInt128 rest = bits == 128 ? 0 : UInt128.MaxValue >> bits;
        UInt128 number = Number(first).Value;
        return (number, number | rest, origin);
    }

    private static AddressNumber Number(string text) => AddressNumber.TryParse(text, out AddressNumber number)
        ? number
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"'{text}' is no address."));
}
