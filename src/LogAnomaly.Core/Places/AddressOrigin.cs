namespace LogAnomaly.Places;

/// <summary>What kind of address a source of events is.</summary>
public enum AddressOrigin
{
    /// <summary>An address that the whole Internet can reach.</summary>
    Public = 0,

    /// <summary>
    /// An address of a private network (RFC 1918, unique local IPv6 addresses of RFC 4193 and their kin).
    /// </summary>
    Private,

    /// <summary>The machine itself (RFC 1122, RFC 4291).</summary>
    Loopback,

    /// <summary>An address that counts on one link only (RFC 3927, RFC 4291).</summary>
    LinkLocal,

    /// <summary>An address for examples (RFC 5737, RFC 3849, RFC 9637).</summary>
    Documentation,

    /// <summary>An address between a provider and its customers (carrier-grade NAT, RFC 6598).</summary>
    Shared,

    /// <summary>The address of a group of receivers (RFC 5771, RFC 4291), which cannot be a true source.</summary>
    Multicast,

    /// <summary>An address of another special purpose, or of none yet.</summary>
    Reserved,

    /// <summary>No address: the name of a host, or other text.</summary>
    Name,
}
