namespace LogAnomaly.Parsing;

/// <summary>
/// Packets and connections that devices of Cisco log, by the words of the message: <c>Deny tcp src inside:10.0.0.1/5
/// dst outside:192.0.2.7/80 by access-group "x"</c> (ASA), <c>list 102 denied tcp 10.0.6.56(3067) -> 172.36.4.7(139), 1
/// packet</c> (IOS).
/// </summary>
internal static class CiscoMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message, behind its mnemonic.</param>
    public static void Classify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (message.Target.Program is { } program && program.Contains("IPACCESSLOG", StringComparison.Ordinal))
        {
            ClassifyList(message, text);
            return;
        }

        bool isDenied = text.StartsWith("Deny "u8) || text.StartsWith("Denied "u8) || text.IndexOf(" denied "u8) >= 0
            || text.IndexOf(" dropped"u8) >= 0 || text.StartsWith("Dropped "u8);
        bool isBuilt = text.StartsWith("Built "u8) || text.IndexOf(" permitted "u8) >= 0;
        bool isEnd = text.StartsWith("Teardown "u8);
        if (!isDenied && !isBuilt && !isEnd)
        {
            return;
        }

        if (!SetPeers(message, text))
        {
            return;
        }

        message.Set(
            "network",
            isDenied ? "packet_blocked" : isBuilt ? "connection_opened" : "connection_closed",
            isDenied ? Outcome.Failure : isBuilt ? Outcome.Success : Outcome.Unknown);
        message.Target.RuleName = message.Get(Utf8Text.Unquote(Utf8Text.Between(text, "access-group "u8, (byte)' ')));
    }

    private static void ClassifyList(in SystemMessage message, ReadOnlySpan<byte> text)
    {
        FieldScanner scanner = new(text);
        if (!scanner.TrySkip("list "u8) || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> list)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> verdict))
        {
            return;
        }

        bool isDenied = verdict.SequenceEqual("denied"u8);
        message.Set(
            "network", isDenied ? "packet_blocked" : "packet_allowed", isDenied ? Outcome.Failure : Outcome.Success);
        message.Target.RuleName = message.Get(list);
        int arrow = scanner.Rest.IndexOf(" -> "u8);
        if (arrow < 0)
        {
            message.SetSource(Utf8Text.Before(scanner.Rest, (byte)' '));
            return;
        }

        ReadOnlySpan<byte> before = scanner.Rest[..arrow];
        ReadOnlySpan<byte> protocol = Utf8Text.Before(before, (byte)' ');
        message.Target.Protocol = message.GetLower(protocol);
        ReadOnlySpan<byte> source = protocol.Length + 1 < before.Length ? before[(protocol.Length + 1)..] : default;
        message.Target.SourcePort = SetPeer(message, Utf8Text.Before(source, (byte)' '), true);
        ReadOnlySpan<byte> destination = Utf8Text.Before(scanner.Rest[(arrow + 4)..], (byte)',');
        message.Target.DestinationPort = SetPeer(message, Utf8Text.Before(destination, (byte)' '), false);
    }

    // Words of the form [zone:]address[/port] or [zone:]address[(port)]: the first is the source, the second the
    // destination.
    private static bool SetPeers(in SystemMessage message, ReadOnlySpan<byte> text)
    {
        int found = 0;
        int at = 0;
        while (at < text.Length && found < 2)
        {
            ReadOnlySpan<byte> word = Utf8Text.Before(text[at..], (byte)' ');
            at += word.Length + 1;
            if (message.Target.Protocol is null && IsProtocol(word))
            {
                message.Target.Protocol = message.GetLower(word);
                continue;
            }

            ReadOnlySpan<byte> peer = word.Trim(",;()"u8);
            int zone = peer.IndexOf((byte)':');
            bool hasZone = zone > 0 && !SourceAddress.TryParse(Utf8Text.Before(peer, (byte)'/'), out _);
            peer = hasZone ? peer[(zone + 1)..] : peer;
            if (!SourceAddress.TryParse(AddressOf(peer), out _))
            {
                continue;
            }

            int? port = SetPeer(message, peer, isSource: found == 0);
            message.Target.SourcePort = found == 0 ? port : message.Target.SourcePort;
            message.Target.DestinationPort = found == 1 ? port : message.Target.DestinationPort;
            message.Target.InInterface = found == 0 && hasZone
                ? message.Get(word.Trim(",;()"u8)[..zone])
                : message.Target.InInterface;
            message.Target.OutInterface = found == 1 && hasZone
                ? message.Get(word.Trim(",;()"u8)[..zone])
                : message.Target.OutInterface;
            found++;
        }

        return found > 0;
    }

    private static bool IsProtocol(ReadOnlySpan<byte> word) =>
        word.Length is 3 or 4
            && (word.SequenceEqual("tcp"u8) || word.SequenceEqual("udp"u8) || word.SequenceEqual("TCP"u8)
                || word.SequenceEqual("UDP"u8) || word.SequenceEqual("icmp"u8) || word.SequenceEqual("ICMP"u8));

    private static ReadOnlySpan<byte> AddressOf(ReadOnlySpan<byte> peer)
    {
        int end = peer.IndexOfAny((byte)'/', (byte)'(');
        return end < 0 ? peer : peer[..end];
    }

    private static int? SetPeer(in SystemMessage message, ReadOnlySpan<byte> peer, bool isSource)
    {
        ReadOnlySpan<byte> address = AddressOf(peer);
        bool isAddress = isSource ? message.SetSource(address) : message.SetDestination(address);
        return isAddress && address.Length + 1 < peer.Length
            ? SystemMessage.ToPort(peer[(address.Length + 1)..].TrimEnd((byte)')'))
            : null;
    }
}
