namespace LogAnomaly.Parsing;

/// <summary>Names of the protocols over IP that logs give by number.</summary>
internal static class IpProtocol
{
    /// <summary>The name of a protocol.</summary>
    /// <param name="number">Its number at IANA.</param>
    /// <returns>The name, lower case, or null.</returns>
    public static string? Name(int number) => number switch
    {
        1 => "icmp",
        2 => "igmp",
        4 => "ipip",
        6 => "tcp",
        17 => "udp",
        41 => "ipv6",
        47 => "gre",
        50 => "esp",
        51 => "ah",
        58 => "icmpv6",
        89 => "ospf",
        103 => "pim",
        112 => "vrrp",
        132 => "sctp",
        _ => null,
    };
}
