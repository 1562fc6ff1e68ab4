namespace LogAnomaly.Parsing;

/// <summary>
/// Packets that pf and ipfw log: the comma-separated lines of <c>filterlog</c> (pfSense, OPNsense) and
/// <c>ipfw: 500 Deny TCP 192.0.2.7:5 10.0.0.1:22 in via em0</c>.
/// </summary>
internal static class PacketFilterMessages
{
    private const int VersionField = 8;

    /// <summary>Classifies a message, if it is a logged packet.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryClassify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        return Utf8Text.TryTake(ref text, "ipfw: "u8) && TryClassifyRule(message, text);
    }

    /// <summary>Classifies a message of a packet filter.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        Span<Range> fields = stackalloc Range[32];
        int count = text.Count((byte)',') >= VersionField ? Split(text, fields) : 0;
        if (count > VersionField + 1)
        {
            ClassifyFields(message, text, fields[..count]);
        }
        else if (!TryClassify(message))
        {
            TryClassifyRule(message, text);
        }
    }

    // rule,sub-rule,anchor,tracker,interface,reason,action,direction,version and then by the version of IP:
    // 4: tos,ecn,ttl,id,offset,flags,protocol number,protocol,length,source,destination,source port,destination port
    // 6: class,flow label,hop limit,protocol,protocol number,length,source,destination,source port,destination port
    private static void ClassifyFields(in SystemMessage message, ReadOnlySpan<byte> text, ReadOnlySpan<Range> fields)
    {
        bool isOld = text[fields[VersionField]].SequenceEqual("4"u8);
        int source = isOld ? 18 : 15;
        if (fields.Length <= source + 1)
        {
            return;
        }

        ReadOnlySpan<byte> action = text[fields[6]];
        bool isAllowed = action.SequenceEqual("pass"u8);
        bool isBlocked = action.SequenceEqual("block"u8) || action.SequenceEqual("reject"u8);
        message.Set(
            "network",
            isAllowed ? "packet_allowed" : isBlocked ? "packet_blocked" : "packet_logged",
            isAllowed ? Outcome.Success : isBlocked ? Outcome.Failure : Outcome.Unknown);
        SystemEvent target = message.Target;
        bool isOut = text[fields[7]].SequenceEqual("out"u8);
        target.InInterface = isOut ? null : message.Get(text[fields[4]]);
        target.OutInterface = isOut ? message.Get(text[fields[4]]) : null;
        target.RuleName = message.Get(text[fields[3]].IsEmpty ? text[fields[0]] : text[fields[3]]);
        target.Protocol = message.GetLower(text[fields[isOld ? 16 : 12]]);
        message.SetSource(text[fields[source]]);
        message.SetDestination(text[fields[source + 1]]);
        if (fields.Length > source + 3 && target.Protocol is "tcp" or "udp")
        {
            target.SourcePort = SystemMessage.ToPort(text[fields[source + 2]]);
            target.DestinationPort = SystemMessage.ToPort(text[fields[source + 3]]);
        }
    }

    // "500 Deny TCP 192.0.2.7:5 10.0.0.1:22 in via em0", "500 Deny ICMP:8.0 192.0.2.7 10.0.0.1 in via em0"
    private static bool TryClassifyRule(in SystemMessage message, ReadOnlySpan<byte> text)
    {
        FieldScanner scanner = new(text);
        if (!scanner.TryReadInt64(out _) || !scanner.TrySkip((byte)' '))
        {
            return false;
        }

        ReadOnlySpan<byte> rule = text[..(scanner.Position - 1)];
        ReadOnlySpan<byte> action = scanner.ReadToOrRest((byte)' ');
        bool isBlocked = action.SequenceEqual("Deny"u8) || action.SequenceEqual("Reject"u8)
            || action.SequenceEqual("Reset"u8) || action.SequenceEqual("Unreach"u8);
        if (!isBlocked && !action.SequenceEqual("Accept"u8) && !action.SequenceEqual("Count"u8))
        {
            return false;
        }

        ReadOnlySpan<byte> protocol = scanner.ReadToOrRest((byte)' ');
        ReadOnlySpan<byte> source = scanner.ReadToOrRest((byte)' ');
        ReadOnlySpan<byte> destination = scanner.ReadToOrRest((byte)' ');
        bool isAllowed = action.SequenceEqual("Accept"u8);
        message.Set(
            "network",
            isBlocked ? "packet_blocked" : isAllowed ? "packet_allowed" : "packet_logged",
            isBlocked ? Outcome.Failure : isAllowed ? Outcome.Success : Outcome.Unknown);
        SystemEvent target = message.Target;
        target.RuleName = message.Get(rule);
        target.Protocol = message.GetLower(Utf8Text.Before(protocol, (byte)':'));
        target.SourcePort = SetPeer(message, source, isSource: true);
        target.DestinationPort = SetPeer(message, destination, isSource: false);
        ReadOnlySpan<byte> device = Utf8Text.Between(scanner.Rest, "via "u8, (byte)' ');
        bool isOut = scanner.Rest.StartsWith("out "u8);
        target.OutInterface = isOut ? message.Get(device) : null;
        target.InInterface = isOut ? null : message.Get(device);
        return true;
    }

    private static int? SetPeer(in SystemMessage message, ReadOnlySpan<byte> peer, bool isSource)
    {
        ReadOnlySpan<byte> address = peer;
        int? port = null;
        if (!SourceAddress.TryParse(peer, out _))
        {
            int colon = peer.LastIndexOf((byte)':');
            address = colon < 0 ? peer : peer[..colon];
            port = colon < 0 ? null : SystemMessage.ToPort(peer[(colon + 1)..]);
        }

        bool isAddress = isSource ? message.SetSource(address) : message.SetDestination(address);
        return isAddress ? port : null;
    }

    private static int Split(ReadOnlySpan<byte> text, Span<Range> fields)
    {
        int count = 0;
        int start = 0;
        while (count < fields.Length && start <= text.Length)
        {
            int length = text[start..].IndexOf((byte)',');
            int end = length < 0 ? text.Length : start + length;
            fields[count++] = start..end;
            start = end + 1;
        }

        return count;
    }
}
