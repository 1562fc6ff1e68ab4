namespace LogAnomaly.Parsing;

/// <summary>Messages of NetworkManager and of the clients and servers of DHCP.</summary>
internal static class NetworkMessages
{
    private static readonly byte[][] s_leaseMarks = [[.. " for "u8], [.. " of "u8], [.. " on "u8]];
    private static readonly byte[][] s_fromMarks = [[.. " from "u8]];
    private static readonly byte[][] s_toMarks = [[.. " to "u8]];

    private static readonly MessageTable s_networkd = new(
        new MessageRule("Gained carrier", "network", "link_up"),
        new MessageRule("Lost carrier", "network", "link_down"),
        new MessageRule("Link UP", "network", "link_up"),
        new MessageRule("Link DOWN", "network", "link_down"),
        new MessageRule("DHCPv4 address ", "network", "lease_acquired", Outcome.Success),
        new MessageRule("DHCP lease lost", "network", "lease_lost"));

    private static readonly MessageTable s_dhcp = new(
        new MessageRule("DHCPDISCOVER ", "network", "lease_requested"),
        new MessageRule("DHCPREQUEST ", "network", "lease_requested"),
        new MessageRule("DHCPOFFER ", "network", "lease_offered"),
        new MessageRule("DHCPACK ", "network", "lease_acquired", Outcome.Success),
        new MessageRule("DHCPNAK ", "network", "lease_refused", Outcome.Failure),
        new MessageRule("DHCPDECLINE ", "network", "lease_declined", Outcome.Failure),
        new MessageRule("DHCPRELEASE ", "network", "lease_released"),
        new MessageRule("DHCPINFORM ", "network", "lease_requested"),
        new MessageRule("No DHCPOFFERS received", "network", "lease_requested", Outcome.Failure),
        new MessageRule("No working leases in persistent database", "network", "lease_requested", Outcome.Failure),
        new MessageRule("bound to ", "network", "lease_acquired", Outcome.Success));

    /// <summary>Classifies a message of NetworkManager, systemd-networkd and their like.</summary>
    /// <param name="message">The message.</param>
    public static void ClassifyManager(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = SkipLevel(message);
        int device = text.IndexOf("device ("u8);
        if (device >= 0)
        {
            ReadOnlySpan<byte> rest = text[(device + "device (".Length)..];
            int close = rest.IndexOf((byte)')');
            SetDevice(message, close < 0 ? default : rest[..close], close < 0 ? default : rest[(close + 1)..]);
            return;
        }

        int dhcp = text.StartsWith("dhcp"u8) ? text.IndexOf((byte)'(') : -1;
        if (dhcp > 0)
        {
            SetLease(message, text[(dhcp + 1)..]);
            return;
        }

        int colon = text.IndexOf(": "u8);
        if (colon > 0 && colon < 17 && s_networkd.TryClassify(message.With(text[(colon + 2)..])))
        {
            message.Target.InInterface = message.Get(text[..colon]);
            message.SetDestination(Utf8Text.Before(Utf8Text.Between(text, "DHCPv4 address "u8, (byte)' '), (byte)'/'));
        }
    }

    /// <summary>Classifies a message of a client or server of DHCP.</summary>
    /// <param name="message">The message.</param>
    public static void ClassifyDhcp(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("DHCP"u8) && text.IndexOf((byte)'(') is > 0 and < 14)
        {
            // dnsmasq: "DHCPACK(eth0) 192.0.2.7 00:11:22:33:44:55 host"
            ClassifyDnsmasq(message);
            return;
        }

        if (!s_dhcp.TryClassify(message))
        {
            return;
        }

        SystemEvent target = message.Target;
        bool isClient = text.StartsWith("bound to "u8);
        ReadOnlySpan<byte> address = isClient
            ? Utf8Text.Before(text["bound to ".Length..], (byte)' ')
            : AddressAfter(text, s_leaseMarks);
        ReadOnlySpan<byte> peer = AddressAfter(text, s_fromMarks);
        message.SetSource(peer.IsEmpty ? address : peer);
        if (!isClient)
        {
            message.SetDestination(AddressAfter(text, s_toMarks));
        }

        ReadOnlySpan<byte> via = Utf8Text.Between(text, " via "u8, (byte)' ').TrimEnd((byte)':');
        target.InInterface = message.Get(via.IsEmpty ? InterfaceAfter(text) : via);
    }

    private static void ClassifyDnsmasq(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int open = text.IndexOf((byte)'(');
        int close = text.IndexOf(") "u8);
        if (close < open)
        {
            return;
        }

        Span<byte> plain = stackalloc byte[16];
        text[..open].CopyTo(plain);
        plain[open] = (byte)' ';
        if (s_dhcp.TryClassify(message.With(plain[..(open + 1)])))
        {
            message.Target.InInterface = message.Get(text[(open + 1)..close]);
            message.SetSource(Utf8Text.Before(text[(close + 2)..], (byte)' '));
        }
    }

    // "<info>  [1700000000.1234] device (eth0): state change: ..." has its level before its own stamp.
    private static ReadOnlySpan<byte> SkipLevel(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!text.IsEmpty && text[0] == '<'
            && Utf8Text.TrySplit(text[1..], ">"u8, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> rest)
            && LevelName.TryParse(name, out LogLevel level))
        {
            message.Target.Level ??= level;
            text = rest.TrimStart((byte)' ');
            int stamp = SyslogStamp.UptimeLength(text);
            text = stamp > 0 ? text[stamp..].TrimStart((byte)' ') : text;
        }

        return text;
    }

    private static void SetDevice(in SystemMessage message, ReadOnlySpan<byte> device, ReadOnlySpan<byte> rest)
    {
        int arrow = rest.IndexOf("state change: "u8);
        if (device.IsEmpty || arrow < 0 && rest.IndexOf("carrier: link "u8) < 0)
        {
            return;
        }

        message.Target.InInterface = message.Get(device);
        if (arrow < 0)
        {
            bool isUp = rest.IndexOf("link connected"u8) >= 0;
            message.Set("network", isUp ? "link_up" : "link_down", Outcome.Unknown);
            return;
        }

        ReadOnlySpan<byte> change = Utf8Text.Before(rest[(arrow + "state change: ".Length)..], (byte)'(');
        ReadOnlySpan<byte> state = Utf8Text.Trim(
            change[(Math.Max(0, change.LastIndexOf("-> "u8)))..].TrimStart("-> "u8));
        if (state.StartsWith("activated"u8))
        {
            message.Set("network", "interface_activated", Outcome.Success);
        }
        else if (state.StartsWith("failed"u8))
        {
            message.Set("network", "interface_activated", Outcome.Failure);
        }
        else
        {
            message.Set("network", "interface_changed", Outcome.Unknown);
        }

        message.Target.Reason = message.Get(Utf8Text.Trim(change));
    }

    // "dhcp4 (eth0): state changed new lease, address=192.0.2.7", "dhcp4 (eth0):   address 192.0.2.7"
    private static void SetLease(in SystemMessage message, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> device = Utf8Text.Before(text, (byte)')');
        ReadOnlySpan<byte> address = Utf8Text.Between(text, "address="u8, (byte)',');
        address = address.IsEmpty ? Utf8Text.Between(text, "):   address "u8, (byte)' ') : address;
        if (message.SetSource(Utf8Text.Before(address, (byte)' ')))
        {
            message.Set("network", "lease_acquired", Outcome.Success);
            message.Target.InInterface = message.Get(device);
        }
    }

    private static ReadOnlySpan<byte> AddressAfter(ReadOnlySpan<byte> text, byte[][] marks)
    {
        foreach (byte[] mark in marks)
        {
            ReadOnlySpan<byte> word = Utf8Text.Between(text, mark, (byte)' ').TrimEnd((byte)',');
            if (SourceAddress.TryParse(word, out _))
            {
                return word;
            }
        }

        return default;
    }

    // "DHCPREQUEST on eth0 to 255.255.255.255 port 67", "DHCPREQUEST for 192.0.2.7 on eth0 to ..."
    private static ReadOnlySpan<byte> InterfaceAfter(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> word = Utf8Text.Between(text, " on "u8, (byte)' ');
        return SourceAddress.TryParse(word, out _) ? default : word;
    }
}
