namespace LogAnomaly.Parsing;

/// <summary>
/// Lines that say that the message before them was repeated, which every logger words in its own way:
/// <code>
/// last message repeated 3 times                 ; syslogd, the BSDs, Solaris
/// --- last message repeated 3 times ---         ; macOS
/// -- message repeated 3 times --                ; macOS's older syslogd
/// above message repeats 3 times                 ; the kernel
/// Last message 'abc' repeated 3 times, suppressed by syslog-ng on web1
/// message repeated 3 times: [ text]             ; rsyslog: says what was repeated
/// </code>
/// Such a line gets the meaning of the last event of its host.
/// </summary>
internal sealed class SyslogRepeats
{
    private const int MostHosts = 64;

    private readonly Dictionary<string, LineEvent> _others = new(StringComparer.Ordinal);
    private LogSource? _source;
    private LineEvent? _last;

    /// <summary>Whether a message says that another one was repeated, and not which.</summary>
    /// <param name="text">The message.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsRepeat(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && text[0] is (byte)'l' or (byte)'L' or (byte)'-' or (byte)'a' && Count(text) > 0;

    /// <summary>How often a message says that another one was repeated.</summary>
    /// <param name="text">The message.</param>
    /// <returns>The number; 0 where it says nothing of that.</returns>
    public static int Count(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("Last message '"u8))
        {
            int end = text.LastIndexOf("' repeated "u8);
            return end < 0 ? 0 : ReadCount(text[(end + "' repeated ".Length)..]);
        }

        bool isDashed = Utf8Text.TryTake(ref text, "--- "u8) || Utf8Text.TryTake(ref text, "-- "u8);
        bool isRepeat = Utf8Text.TryTake(ref text, "last message repeated "u8)
            || Utf8Text.TryTake(ref text, "above message repeats "u8)
            || (isDashed && Utf8Text.TryTake(ref text, "message repeated "u8));
        return isRepeat ? ReadCount(text) : 0;
    }

    /// <summary>The number of <c>message repeated 3 times: [ text]</c>.</summary>
    /// <param name="text">The message.</param>
    /// <returns>The number; 0 where the message is not of that form.</returns>
    public static int CountOfWrapped(ReadOnlySpan<byte> text) =>
        text.StartsWith("message repeated "u8) ? ReadCount(text["message repeated ".Length..]) : 0;

    /// <summary>The last event of a host.</summary>
    /// <param name="source">Where the line comes from.</param>
    /// <param name="host">Name of the host, or null where the line has none: then the last event of all.</param>
    /// <returns>The event, or null where there was none.</returns>
    public LineEvent? Last(LogSource source, string? host)
    {
        if (!ReferenceEquals(source, _source) || _last is null)
        {
            return null;
        }

        return host is null || host == _last.HostName ? _last : _others.GetValueOrDefault(host);
    }

    /// <summary>Keeps an event as the last one of its host.</summary>
    /// <param name="made">The event.</param>
    public void Keep(LineEvent made)
    {
        LineEvent? before = _last;
        _last = made;
        if (!ReferenceEquals(made.Source, _source))
        {
            _source = made.Source;
            _others.Clear();
        }
        else if (before is { HostName: { } host } && !ReferenceEquals(host, made.HostName))
        {
            if (_others.Count >= MostHosts)
            {
                _others.Clear();
            }

            _others[host] = before;
        }
    }

    // "3 times", perhaps with more behind.
    private static int ReadCount(ReadOnlySpan<byte> text)
    {
        FieldScanner scanner = new(text);
        bool isCount = scanner.TryReadInt64(out long count) && count is > 0 and <= int.MaxValue
            && scanner.Rest.StartsWith(" time"u8);
        return isCount ? (int)count : 0;
    }
}
