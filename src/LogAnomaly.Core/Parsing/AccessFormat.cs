using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace LogAnomaly.Parsing;

/// <summary>
/// The access log of Apache and nginx:
/// <code>
/// [vhost[:port] ] client ident user [dd/Mmm/yyyy:hh:mm:ss +hhmm] "request" status bytes[ "referrer"[ "agent"]][ more]
/// [dd/Mmm/yyyy:hh:mm:ss +hhmm] client protocol cipher "request" bytes
/// </code>
/// The first covers common, combined, vhost_combined and nginx's default, the second is mod_ssl's request log. What
/// follows the agent is ignored. Values keep the server's escapes (<c>\"</c>, <c>\x16</c>); a lone hyphen is no value.
/// The text that clients choose cannot move the fields: a server escapes the quotes in it, so the first stamp with
/// <c>] "</c> after it is the server's own, and the first quote without a backslash that a status follows ends the
/// request.
/// </summary>
public sealed class AccessFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "access";

    /// <inheritdoc/>
    public override string Description => "Apache or nginx access log (common, combined, vhost_combined)";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (OrdinaryAccess.TryRead(text, out OrdinaryAccess access)
            && context.AccessStamps.TryGetOrdinary(access.Stamp, out long utcTicks, out int minutes)
            && TryGetAddress(access.Client, context, out string? client))
        {
            return Make(line.Number, access, client, utcTicks, minutes, context);
        }

        return ParseAny(line, context);
    }

    /// <summary>Makes an event of any line, ordinary or not.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where the line is not of this format.</returns>
    internal static AccessEvent? ParseAny(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (text.Length > 0 && text[0] == '[')
        {
            return ParseSslRequest(line, context);
        }

        if (!TryFindStamp(text, context, out int head, out int request, out DateTimeOffset time))
        {
            return null;
        }

        int length = RequestLength(text[request..]);
        if (length < 0)
        {
            return null;
        }

        AccessEvent made = new(line, context.Source) { Timestamp = time };
        if (!AccessClient.TryRead(text[..head], made, context.Pool))
        {
            return null;
        }

        made.SetMessage(request, length);
        RequestLine.Read(text.Slice(request, length), made, context.Pool);
        ReadTail(text, request + length + 1, made, context.Pool);
        return made;
    }

    private static AccessEvent Make(
        long number, in OrdinaryAccess access, string client, long utcTicks, int minutes, ParseContext context)
    {
        StringPool pool = context.Pool;
        AccessEvent made = new(
            number, context.Source, pool.Get(access.Url), access.Method, access.Version, access.Status, access.Bytes,
            access.IsCombined)
        {
            SourceIP = client,
        };
        made.SetTimeAndLevel(utcTicks, minutes, AccessEvent.LevelOf(access.Status));
        if (access.IsCombined)
        {
            made.Referrer = pool.GetOrNull(access.Referrer);
            made.UserAgent = pool.GetOrNull(access.Agent);
        }

        if (!access.User.IsEmpty)
        {
            made.UserName = pool.Get(access.User);
        }

        return made;
    }

    /// <summary>The pooled address of a client.</summary>
    /// <param name="client">The client.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <param name="address">The address.</param>
    /// <returns>Whether the client is an address.</returns>
    internal static bool TryGetAddress(
        ReadOnlySpan<byte> client, ParseContext context, [NotNullWhen(true)] out string? address)
    {
        if (context.Addresses.TryGet(client, out ulong hash, out address))
        {
            return true;
        }

        address = ClientAddress.IsAddress(client) ? context.Addresses.Add(client, hash) : null;
        return address is not null;
    }

    private static AccessEvent? ParseSslRequest(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        FieldScanner scanner = new(text) { Position = 1 };
        if (!TryReadStamp(scanner.Rest, context, out DateTimeOffset time, out int stamp))
        {
            return null;
        }

        scanner.Position += stamp;
        if (!scanner.TrySkip("] "u8)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> client)
            || !scanner.TryReadTo((byte)' ', out _)
            || !scanner.TryReadTo((byte)' ', out _)
            || !scanner.TrySkip((byte)'"'))
        {
            return null;
        }

        // The bytes are the last field, so the last quote of the line ends the request.
        int request = scanner.Position;
        int length = scanner.Rest.LastIndexOf((byte)'"');
        if (length < 0 || !TryReadBytes(text[(request + length + 1)..], out long? sent, out int taken)
            || request + length + 1 + taken != text.Length)
        {
            return null;
        }

        AccessEvent made = new(line, context.Source)
        {
            Timestamp = time,
            BytesSent = sent,
            Level = LogLevel.Informational,
        };
        if (!AccessClient.TryReadOne(client, made, context.Pool))
        {
            return null;
        }

        made.SetMessage(request, length);
        RequestLine.Read(text.Slice(request, length), made, context.Pool);
        return made;
    }

    private static bool TryFindStamp(
        ReadOnlySpan<byte> text, ParseContext context, out int head, out int request, out DateTimeOffset time)
    {
        time = default;
        request = 0;
        head = -1;
        while (true)
        {
            int next = text[(head + 1)..].IndexOf(" ["u8);
            if (next < 0)
            {
                return false;
            }

            head += 1 + next;
            ReadOnlySpan<byte> stamp = text[(head + 2)..];
            if (TryReadStamp(stamp, context, out time, out int length) && stamp[length..].StartsWith("] \""u8))
            {
                request = head + 2 + length + 3;
                return true;
            }
        }
    }

    private static bool TryReadStamp(
        ReadOnlySpan<byte> text, ParseContext context, out DateTimeOffset time, out int length)
    {
        length = StampCache.StampLength;
        if (text.Length >= length && context.AccessStamps.TryGet(text[..length], out time))
        {
            return true;
        }

        if (text.Length > 1 && text[1] == '/')
        {
            return TryReadShortDay(text, context, out time, out length);
        }

        if (!Timestamps.TryReadCommonLog(text, context.Clock, out time, out length))
        {
            return false;
        }

        // 26 bytes are a stamp with a zone of four digits only if the sign stands before them.
        if (length == StampCache.StampLength && text[21] is (byte)'+' or (byte)'-')
        {
            context.AccessStamps.Keep(text[..length], time);
        }

        return true;
    }

    // Some writers do not pad the day.
    private static bool TryReadShortDay(
        ReadOnlySpan<byte> text, ParseContext context, out DateTimeOffset time, out int length)
    {
        Span<byte> padded = stackalloc byte[StampCache.StampLength + 8];
        ReadOnlySpan<byte> stamp = text[..Math.Min(text.Length, padded.Length - 1)];
        padded[0] = (byte)'0';
        stamp.CopyTo(padded[1..]);
        bool isStamp = Timestamps.TryReadCommonLog(padded[..(stamp.Length + 1)], context.Clock, out time, out length);
        length = Math.Max(length - 1, 0);
        return isStamp;
    }

    // The bytes before the quote that ends the request, or -1.
    private static int RequestLength(ReadOnlySpan<byte> text)
    {
        int escaped = -1;
        int quote = -1;
        while (true)
        {
            int next = text[(quote + 1)..].IndexOf((byte)'"');
            if (next < 0)
            {
                // A server that does not escape backslashes ends a request such as GET /\ in \".
                return escaped;
            }

            quote += 1 + next;
            if (!IsStatusNext(text[(quote + 1)..]))
            {
                continue;
            }

            if (!IsEscaped(text, quote))
            {
                return quote;
            }

            escaped = escaped < 0 ? quote : escaped;
        }
    }

    // " 200 5", " - -": a status, and the first byte of the bytes.
    private static bool IsStatusNext(ReadOnlySpan<byte> text)
    {
        if (text.Length < 4 || text[0] != ' ')
        {
            return false;
        }

        int end = text[1] == '-' ? 2 : 4;
        bool isStatus = text[1] == '-' || !text[1..4].ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return isStatus && text.Length > end + 1 && text[end] == ' '
            && (text[end + 1] == '-' || char.IsAsciiDigit((char)text[end + 1]));
    }

    private static bool IsEscaped(ReadOnlySpan<byte> text, int quote)
    {
        int backslashes = 0;
        while (backslashes < quote && text[quote - 1 - backslashes] == '\\')
        {
            backslashes++;
        }

        return (backslashes & 1) != 0;
    }

    // Status and bytes are known to be there: IsStatusNext has seen them.
    private static void ReadTail(ReadOnlySpan<byte> text, int position, AccessEvent made, StringPool pool)
    {
        int? status = null;
        if (text[position + 1] != '-')
        {
            ReadOnlySpan<byte> digits = text.Slice(position + 1, 3);
            int value = ((digits[0] - '0') * 100) + ((digits[1] - '0') * 10) + (digits[2] - '0');
            status = value >= 100 ? value : null;
            position += 2;
        }

        position += 2;
        made.StatusCode = status;
        made.Level = AccessEvent.LevelOf(status);
        if (!TryReadBytes(text[position..], out long? sent, out int taken))
        {
            return;
        }

        made.BytesSent = sent;
        position += taken;
        made.Referrer = pool.GetOrNull(ReadQuoted(text, ref position));
        made.UserAgent = pool.GetOrNull(ReadQuoted(text, ref position));
    }

    // " 1234" or " -", up to a space or the end of the line.
    private static bool TryReadBytes(ReadOnlySpan<byte> text, out long? sent, out int taken)
    {
        sent = null;
        taken = 2;
        if (text.Length < 2 || text[0] != ' ')
        {
            return false;
        }

        if (text[1] != '-')
        {
            if (!Utf8Parser.TryParse(text[1..], out long value, out int digits) || value < 0)
            {
                return false;
            }

            sent = value;
            taken = 1 + digits;
        }

        return taken == text.Length || text[taken] == ' ';
    }

    // A quoted field after a space; a line that was cut ends the field.
    private static ReadOnlySpan<byte> ReadQuoted(ReadOnlySpan<byte> text, ref int position)
    {
        if (position + 1 >= text.Length || text[position] != ' ' || text[position + 1] != '"')
        {
            position = text.Length;
            return default;
        }

        ReadOnlySpan<byte> rest = text[(position + 2)..];
        int quote = -1;
        while (true)
        {
            int next = rest[(quote + 1)..].IndexOf((byte)'"');
            if (next < 0)
            {
                position = text.Length;
                return rest.EndsWith("\""u8) ? rest[..^1] : rest;
            }

            quote += 1 + next;
            if ((quote + 1 == rest.Length || rest[quote + 1] == ' ') && !IsEscaped(rest, quote))
            {
                position += 2 + quote + 1;
                return rest[..quote];
            }
        }
    }
}
