using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>How a message begins and what it says.</summary>
/// <param name="Prefix">How it begins; ASCII.</param>
/// <param name="Category">Its category.</param>
/// <param name="Action">Its action.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Follows">What follows the beginning.</param>
internal sealed record MessageRule(
    string Prefix,
    string Category,
    string Action,
    Outcome Outcome = Outcome.Unknown,
    Following Follows = Following.Text)
{
    /// <summary>The bytes of <see cref="Prefix"/>.</summary>
    public byte[] Bytes { get; } = Encoding.ASCII.GetBytes(Prefix);

    /// <summary>Sets what follows the beginning.</summary>
    /// <param name="message">The message.</param>
    /// <param name="rest">What follows.</param>
    public void Take(in SystemMessage message, ReadOnlySpan<byte> rest)
    {
        switch (Follows)
        {
            case Following.Unit:
                message.Target.ServiceName = message.Get(SystemdMessages.UnitOf(rest));
                break;
            case Following.Reason:
                message.Target.Reason = message.Get(Utf8Text.Trim(rest).TrimEnd((byte)'.'));
                break;
            case Following.Process:
                TakeProcess(message, rest);
                break;
            case Following.Command:
                message.Target.Command = message.Get(Utf8Text.Before(rest, (byte)' ').TrimEnd((byte)':'));
                break;
            case Following.Interface:
                message.Target.InInterface = message.Get(
                    Utf8Text.Before(rest, (byte)' ').TrimEnd((byte)':').TrimEnd((byte)','));
                break;
            case Following.Package:
                PackageName.Set(message.Target, message.Context, Utf8Text.Before(rest, (byte)' '));
                break;
            case Following.Source:
                message.SetSource(Utf8Text.Before(rest, (byte)' ').TrimEnd((byte)',').TrimEnd((byte)':'));
                break;
            case Following.Destination:
                message.SetDestination(Utf8Text.Before(rest, (byte)' ').TrimEnd((byte)',').TrimEnd((byte)':'));
                break;
            default:
                break;
        }
    }

    // "123 (java) total-vm:1kB" or "123 (java), UID 33": a name may hold parentheses, but not these.
    private static void TakeProcess(in SystemMessage message, ReadOnlySpan<byte> rest)
    {
        int open = rest.IndexOf((byte)'(');
        int close = open < 0 ? -1 : CloseOf(rest);
        if (close > open)
        {
            message.Target.Command = message.Get(rest[(open + 1)..close]);
        }
    }

    private static int CloseOf(ReadOnlySpan<byte> rest)
    {
        int end = rest.LastIndexOf(" total-vm:"u8);
        end = end < 0 ? rest.LastIndexOf(" score "u8) : end;
        end = end < 0 ? rest.LastIndexOf(" UID "u8) : end;
        return rest[..(end < 0 ? rest.Length : end)].LastIndexOf((byte)')');
    }
}
