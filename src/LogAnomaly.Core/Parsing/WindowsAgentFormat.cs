using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Windows events as the agents of OSSEC and Wazuh write them in a line:
/// <code>
/// line  = stamp SP "WinEvtLog: " channel ": " level "(" id "): " provider ": " user ": " domain ": " computer
///         ": " text
/// stamp = "yyyy Mmm dd hh:mm:ss" / a header of syslog
/// level = "INFORMATION" / "WARNING" / "ERROR" / "AUDIT_SUCCESS" / "AUDIT_FAILURE" / "SUCCESS"
/// </code>
/// </summary>
public sealed class WindowsAgentFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "windows-agent";

    /// <inheritdoc/>
    public override string Description => "Windows event log as agents of OSSEC and Wazuh write it in lines";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        int mark = text[..Math.Min(text.Length, 256)].LastIndexOf("WinEvtLog: "u8);
        if (mark < 0)
        {
            return null;
        }

        WindowsParts parts = new();
        ReadOnlySpan<byte> rest = text[(mark + "WinEvtLog: ".Length)..];
        if (!TryHeader(parts, ref rest) || !TryWho(parts, ref rest))
        {
            return null;
        }

        parts.Time = TimeBefore(text[..mark], context);
        parts.Message = Encoding.UTF8.GetString(rest);
        WindowsText.AddData(parts);
        return WindowsEvents.Make(parts, line, context);
    }

    // "Security: AUDIT_FAILURE(4625): Microsoft-Windows-Security-Auditing: "
    private static bool TryHeader(WindowsParts parts, ref ReadOnlySpan<byte> rest)
    {
        if (!Utf8Text.TrySplit(rest, ": "u8, out ReadOnlySpan<byte> channel, out ReadOnlySpan<byte> after)
            || !Utf8Text.TrySplit(after, "): "u8, out ReadOnlySpan<byte> level, out after)
            || level.LastIndexOf((byte)'(') is not (> 0 and int open)
            || FieldScanner.ToInt32(level[(open + 1)..]) is not { } id
            || !Utf8Text.TrySplit(after, ": "u8, out ReadOnlySpan<byte> provider, out after))
        {
            return false;
        }

        ReadOnlySpan<byte> word = level[..open];
        parts.EventId = id;
        parts.Channel = Encoding.UTF8.GetString(channel);
        parts.Provider = Encoding.UTF8.GetString(provider);
        parts.Level = word.SequenceEqual("INFORMATION"u8) ? "4" : word.SequenceEqual("WARNING"u8) ? "3"
            : word.SequenceEqual("ERROR"u8) ? "2" : word.SequenceEqual("CRITICAL"u8) ? "1" : null;
        parts.Audit = word.SequenceEqual("AUDIT_FAILURE"u8) ? Outcome.Failure
            : word.SequenceEqual("AUDIT_SUCCESS"u8) ? Outcome.Success : null;
        rest = after;
        return true;
    }

    // "user: domain: computer: ", where "(no user)" and "no domain" stand for none.
    private static bool TryWho(WindowsParts parts, ref ReadOnlySpan<byte> rest)
    {
        if (!Utf8Text.TrySplit(rest, ": "u8, out ReadOnlySpan<byte> user, out ReadOnlySpan<byte> after)
            || !Utf8Text.TrySplit(after, ": "u8, out ReadOnlySpan<byte> domain, out after)
            || !Utf8Text.TrySplit(after, ": "u8, out ReadOnlySpan<byte> computer, out after))
        {
            return false;
        }

        parts.Computer = Encoding.UTF8.GetString(computer);
        if (!user.SequenceEqual("(no user)"u8))
        {
            parts.System.Add(new("User", Encoding.UTF8.GetString(user)));
        }

        if (!domain.SequenceEqual("no domain"u8))
        {
            parts.System.Add(new("Domain", Encoding.UTF8.GetString(domain)));
        }

        rest = after;
        return true;
    }

    private static DateTimeOffset? TimeBefore(ReadOnlySpan<byte> before, ParseContext context)
    {
        before = Utf8Text.Trim(before);
        if (before.Length >= 20 && char.IsAsciiDigit((char)before[^20]) && before[^16] == ' ')
        {
            ReadOnlySpan<byte> stamp = before[^20..];
            int month = Timestamps.Month(stamp[5..8]);
            Span<byte> iso = stackalloc byte[19];
            stamp[..4].CopyTo(iso);
            iso[4] = iso[7] = (byte)'-';
            iso[5] = (byte)('0' + (month / 10));
            iso[6] = (byte)('0' + (month % 10));
            iso[8] = stamp[9] == ' ' ? (byte)'0' : stamp[9];
            iso[9] = stamp[10];
            stamp[11..].CopyTo(iso[10..]);
            if (Timestamps.TryReadIso8601(iso, context.Clock, out DateTimeOffset read, out _))
            {
                return read;
            }
        }

        return Timestamps.TryReadRfc3164(before, context.Clock, out DateTimeOffset time, out _)
            || Timestamps.TryReadIso8601(before, context.Clock, out time, out _) ? time : null;
    }
}
