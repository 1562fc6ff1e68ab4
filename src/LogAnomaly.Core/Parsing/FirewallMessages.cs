using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Packets that netfilter logs, for iptables, nftables, ebtables, UFW, firewalld and Shorewall:
/// <code>
/// [UFW BLOCK] IN=eth0 OUT= MAC=... SRC=192.0.2.7 DST=10.0.0.1 LEN=40 ... PROTO=TCP SPT=1 DPT=22 ...
///     [SRC=... inner packet]
/// </code>
/// The words before <c>IN=</c> are the administrator's; they name the rule, and mostly what it does.
/// </summary>
internal static class FirewallMessages
{
    private static readonly string[] s_blocking =
        ["block", "drop", "deny", "denied", "reject", "refuse", "invalid", "blacklist", "banned", "ban:"];

    private static readonly string[] s_allowing = ["allow", "accept", "pass", "permit"];

    /// <summary>Classifies a message of the kernel, if it is a logged packet.</summary>
    /// <param name="message">The message, without the kernel's stamp.</param>
    /// <returns>Whether it is.</returns>
    public static bool TryClassify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int start = text.IndexOf("IN="u8);
        if (start < 0 || (start > 0 && text[start - 1] == 'S'))
        {
            return false;
        }

        ReadOnlySpan<byte> fields = text[start..];
        int source = fields.IndexOf(" SRC="u8);
        if (source < 0 || fields.IndexOf(" DST="u8) < 0 || fields.IndexOf(" OUT="u8) is < 0 or > 24)
        {
            return false;
        }

        ReadFields(message, fields);
        SetRule(message, text[..start]);
        return true;
    }

    // The first of each name counts, and what stands in brackets is the packet that an ICMP error is about.
    private static void ReadFields(in SystemMessage message, ReadOnlySpan<byte> fields)
    {
        SystemEvent target = message.Target;
        int at = 0;
        while (at < fields.Length && fields[at] != '[')
        {
            ReadOnlySpan<byte> word = Utf8Text.Before(fields[at..], (byte)' ');
            at += word.Length + 1;
            int equals = word.IndexOf((byte)'=');
            if (equals <= 0)
            {
                continue;
            }

            ReadOnlySpan<byte> value = word[(equals + 1)..].TrimEnd((byte)',');
            switch (equals)
            {
                case 2 when word.StartsWith("IN"u8):
                    target.InInterface ??= message.Get(value);
                    break;
                case 3 when word.StartsWith("OUT"u8):
                    target.OutInterface ??= message.Get(value);
                    break;
                case 3 when word.StartsWith("SRC"u8) && target.SourceIP is null:
                    message.SetSource(value);
                    break;
                case 3 when word.StartsWith("DST"u8) && target.DestinationIP is null:
                    message.SetDestination(value);
                    break;
                case 3 when word.StartsWith("SPT"u8):
                    target.SourcePort ??= SystemMessage.ToPort(value);
                    break;
                case 3 when word.StartsWith("DPT"u8):
                    target.DestinationPort ??= SystemMessage.ToPort(value);
                    break;
                case 5 when word.StartsWith("PROTO"u8):
                    target.Protocol ??= ProtocolName(message, value);
                    break;
                default:
                    break;
            }
        }
    }

    private static string? ProtocolName(in SystemMessage message, ReadOnlySpan<byte> value) =>
        FieldScanner.ToInt32(value) is { } number
            ? IpProtocol.Name(number) ?? message.Get(value)
            : message.GetLower(value);

    private static void SetRule(in SystemMessage message, ReadOnlySpan<byte> prefix)
    {
        ReadOnlySpan<byte> rule = prefix.Trim(" :[]"u8);
        message.Target.RuleName = message.Get(rule);
        (string action, Outcome outcome) = ActionOf(rule);
        message.Set("network", action, outcome);
    }

    private static (string Action, Outcome Outcome) ActionOf(ReadOnlySpan<byte> rule)
    {
        if (ContainsAny(rule, s_blocking))
        {
            return ContainsAny(rule, ["audit"])
                ? ("packet_audited", Outcome.Unknown)
                : ("packet_blocked", Outcome.Failure);
        }

        if (ContainsAny(rule, s_allowing))
        {
            return ("packet_allowed", Outcome.Success);
        }

        return ContainsAny(rule, ["audit"]) ? ("packet_audited", Outcome.Unknown) : ("packet_logged", Outcome.Unknown);
    }

    private static bool ContainsAny(ReadOnlySpan<byte> text, ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            for (int at = 0; at + word.Length <= text.Length; at++)
            {
                if (Ascii.EqualsIgnoreCase(text.Slice(at, word.Length), word))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
