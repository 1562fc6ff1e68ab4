using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>The values of an ErrorLogFormat.</summary>
internal static class ErrorFormatValues
{
    /// <summary>A clock for stamps of which only the length is asked.</summary>
    public static LogClock AnyClock { get; } = new(TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch);

    /// <summary>Whether a text can be the value of a directive.</summary>
    /// <param name="item">The directive.</param>
    /// <param name="value">The text.</param>
    /// <returns>Whether it can.</returns>
    public static bool CanBe(ErrorFormatItem item, ReadOnlySpan<byte> value)
    {
        if (value.SequenceEqual("-"u8))
        {
            return true;
        }

        return item.Letter switch
        {
            'l' => ApacheErrorFormat.TryParseLevel(value, out _),
            'P' => IsNumber(value),
            'k' or 'T' => IsNumber(value),
            'a' or 'A' => ClientText.TryReadOne(value, out _, out _) || ClientAddress.IsHostName(value),
            'E' => value.Length > 3 && value[0] == '(' && value.Contains((byte)')'),
            'F' => value.Length > 3 && value[^1] == ')' && value.Contains((byte)'(') && !value.Contains((byte)' '),
            'm' or 'L' or 'v' or 'V' => !value.ContainsAny((byte)' ', (byte)'"'),
            _ => true,
        };
    }

    /// <summary>Sets a value of an event.</summary>
    /// <param name="item">The directive.</param>
    /// <param name="value">The value.</param>
    /// <param name="made">The event.</param>
    /// <param name="properties">Takes what the event has no field for.</param>
    /// <param name="context">Clock, pools and source.</param>
    public static void Set(
        ErrorFormatItem item,
        ReadOnlySpan<byte> value,
        ApacheErrorEvent made,
        Dictionary<string, object?> properties,
        ParseContext context)
    {
        if (value.SequenceEqual("-"u8))
        {
            return;
        }

        switch (item.Letter)
        {
            case 't':
                bool isTime = Timestamps.TryReadApacheError(value, context.Clock, out DateTimeOffset time, out _)
                    || Timestamps.TryReadIso8601(value, context.Clock, out time, out _);
                made.Timestamp = isTime ? time : null;
                break;
            case 'l':
                made.Level = ApacheErrorFormat.TryParseLevel(value, out LogLevel level) ? level : null;
                break;
            case 'm':
                made.Module = context.Pool.Get(value);
                break;
            case 'P':
                made.ProcessId = FieldScanner.ToInt32(value);
                break;
            case 'T' when item.Argument.Length == 0 || item.Argument == "g":
                made.ThreadId = long.TryParse(Encoding.ASCII.GetString(value), out long thread) ? thread : null;
                break;
            case 'E':
                SetSystemError(value, made, context.Pool);
                break;
            case 'a' when item.Argument != "c" || (made.SourceIP ?? made.SourceHost) is null:
                SetClient(value, made, context.Pool);
                break;
            case 'i' when item.Argument.Equals("Referer", StringComparison.OrdinalIgnoreCase):
                made.Referrer = context.Pool.Get(value);
                break;
            default:
                properties.TryAdd(NameOf(item), context.Pool.Get(value));
                break;
        }
    }

    private static void SetClient(ReadOnlySpan<byte> value, ApacheErrorEvent made, StringPool pool)
    {
        // httpd writes IPv6 without brackets before the port.
        int colon = value.LastIndexOf((byte)':');
        int port = colon < 0 ? -1 : ClientAddress.ToPort(value[(colon + 1)..]);
        if (port >= 0 && ClientAddress.IsAddress(value[..colon].Trim("[]"u8)))
        {
            made.SourceIP = pool.Get(SourceAddress.Normalise(value[..colon].Trim("[]"u8)));
            made.SourcePort = port;
        }
        else if (ClientText.TryReadOne(value, out ReadOnlySpan<byte> address, out _))
        {
            made.SourceIP = pool.Get(SourceAddress.Normalise(address));
        }
        else
        {
            made.SourceHost = pool.Get(value);
        }
    }

    private static void SetSystemError(ReadOnlySpan<byte> value, ApacheErrorEvent made, StringPool pool)
    {
        int close = value.IndexOf((byte)')');
        ReadOnlySpan<byte> code = value[1..close];
        code = code.StartsWith("OS "u8) ? code[3..] : code;
        made.SystemErrorCode = FieldScanner.ToInt32(code);
        made.SystemError = pool.Get(value[(close + 1)..].Trim((byte)' '));
    }

    private static string NameOf(ErrorFormatItem item) => item.Letter switch
    {
        'A' => "server_address",
        'a' => "peer",
        'F' => "source_file",
        'k' => item.Argument == "g" ? "requests" : "keepalive_requests",
        'L' => item.Argument.Length > 0 ? "connection_log_id" : "log_id",
        'T' => "thread_id",
        'v' => "server_name",
        'V' => "host",
        'i' => ApacheDirectives.RequestHeader(item.Argument).Name,
        _ => item.Argument,
    };

    private static bool IsNumber(ReadOnlySpan<byte> value) =>
        !value.IsEmpty && value.Length < 21 && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
