using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LogAnomaly.Features;

/// <summary>
/// Says by the event alone which session it belongs to, by the first of these that it has: a session id; a request or
/// trace id of an application; the process that serves one connection (sshd and its kin); an id that its message names,
/// such as <c>blk_904791815409399662</c> or <c>[instance: 54fadb41-2c4e-40cd-baed-9335e4c35a9e]</c>; its source; its
/// process.
/// </summary>
internal static class SessionKey
{
    private const int FewestDigits = 6;
    private const int UuidLength = 36;
    private const int LongestId = 80;

    private static readonly string[] s_idNames =
    [
        "trace_id", "traceId", "trace.id", "correlation_id", "correlationId", "CorrelationId", "request_id",
        "requestId", "req_id", "reqId", "session_id", "sessionId", "session", "conn_id", "connectionId",
        "connection_id", "transaction_id", "transactionId",
    ];

    /// <summary>The session of an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>Its key, or null where nothing tells.</returns>
    public static string? Of(LogEvent logEvent)
    {
        if (logEvent.GetValue(LogField.SessionId) is { } session && TextOf(session) is { Length: > 0 } id)
        {
            return logEvent.HostName is { } host ? $"{host} session {id}" : $"session {id}";
        }

        if (logEvent is not AccessEvent && OfNames(logEvent) is { } named)
        {
            return named;
        }

        if (logEvent is AuthEvent && ProcessOf(logEvent) is { } process)
        {
            return process;
        }

        if (logEvent is not (AccessEvent or AuthEvent or ApacheErrorEvent or NginxErrorEvent)
            && OfMessage(logEvent.MessageSpan) is { } inMessage)
        {
            return inMessage;
        }

        return (logEvent.GetValue(LogField.SourceIP) ?? logEvent.GetValue(LogField.SourceHost)) as string
            ?? ProcessOf(logEvent);
    }

    private static string? TextOf(object value) => Convert.ToString(value, CultureInfo.InvariantCulture);

    private static string? ProcessOf(LogEvent logEvent) => logEvent.ProcessId is { } id
        ? string.Create(CultureInfo.InvariantCulture, $"{logEvent.HostName} {logEvent.Program}[{id}]").TrimStart()
        : null;

    private static string? OfNames(LogEvent logEvent)
    {
        if (logEvent.GetValue(LogField.RequestId) is string { Length: > 0 } request)
        {
            return request;
        }

        IReadOnlyDictionary<string, object?> own = logEvent.GetProperties();
        foreach (string name in own.Count == 0 ? [] : s_idNames)
        {
            if (own.TryGetValue(name, out object? value) && value is not null && TextOf(value) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    // The first UUID that a word stands before ("instance: ..."), else the first word that ends in a long number
    // ("blk_-1608999687919862906"), else the first UUID of all ("req-...").
    private static string? OfMessage(ReadOnlySpan<byte> message)
    {
        string? numbered = null;
        string? any = null;
        for (int at = 0; at < message.Length; at++)
        {
            if (at > 0 && IsWord(message[at - 1]))
            {
                continue;
            }

            ReadOnlySpan<byte> rest = message[at..];
            if (IsUuid(rest))
            {
                string uuid = Encoding.ASCII.GetString(rest[..UuidLength]);
                if (at > 1 && message[at - 1] == ' ' && message[at - 2] == ':'
                    || at > 0 && message[at - 1] is (byte)'=' or (byte)':')
                {
                    return uuid;
                }

                any ??= uuid;
                at += UuidLength - 1;
                continue;
            }

            numbered ??= NumberedWord(rest);
        }

        return numbered ?? any;
    }

    private static bool IsUuid(ReadOnlySpan<byte> text) =>
        text.Length >= UuidLength && text[8] == '-' && text[13] == '-'
        && Utf8Parser.TryParse(text[..UuidLength], out Guid _, out int consumed) && consumed == UuidLength
        && (text.Length == UuidLength || !IsWord(text[UuidLength]));

    private static bool IsWord(byte sign) => char.IsAsciiLetterOrDigit((char)sign) || sign == '_';

    private static string? NumberedWord(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && char.IsAsciiLetter((char)text[at]))
        {
            at++;
        }

        if (at == 0 || at + 1 >= text.Length || text[at] != '_')
        {
            return null;
        }

        int end = text[at + 1] == '-' ? at + 2 : at + 1;
        int first = end;
        while (end < text.Length && char.IsAsciiDigit((char)text[end]))
        {
            end++;
        }

        bool isId = end - first >= FewestDigits && end <= LongestId && (end == text.Length || !IsWord(text[end]));
        return isId ? Encoding.ASCII.GetString(text[..end]) : null;
    }
}
