namespace LogAnomaly.Parsing;

/// <summary>
/// The logs of HAProxy, without or behind a syslog header:
/// <code>
/// client:port [date] frontend[~] backend/server TR/Tw/Tc/Tr/Ta status bytes cookie cookie state conns queues
///     [{request headers}] [{response headers}] "request"[ more]
/// client:port [date] frontend backend/server Tw/Tc/Tt bytes state conns queues
/// client:port [date] frontend/listener: error
/// Connect from client:port to server:port (frontend/MODE)
/// </code>
/// HAProxy encodes quotes and braces in what it captures (<c>#22</c>), so the last quote ends the request; a line that
/// was cut has none. The date is in the zone of the machine.
/// </summary>
public sealed class HaproxyFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "haproxy";

    /// <inheritdoc/>
    public override string Description => "HAProxy log (HTTP, TCP and errors of connections)";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        FieldScanner scanner = new(line.Span);
        AccessBuilder builder = new(line, context);
        if (scanner.TrySkip("Connect from "u8))
        {
            return ParseConnect(scanner, builder);
        }

        if (!scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> client) || !scanner.TrySkip((byte)'[')
            || !(ClientText.TryReadOne(client, out _, out _) || client.StartsWith("unix:"u8))
            || !scanner.TryReadTo((byte)']', out ReadOnlySpan<byte> date) || !scanner.TrySkip((byte)' ')
            || !builder.Set(AccessField.Time, "date", date))
        {
            return null;
        }

        _ = builder.Set(AccessField.Client, "client", client);
        ReadOnlySpan<byte> frontend = scanner.ReadToOrRest((byte)' ');
        if (frontend.EndsWith(":"u8))
        {
            return ParseError(scanner, frontend[..^1], builder, context);
        }

        _ = builder.Set(AccessField.Property, "frontend", frontend.TrimEnd((byte)'~'));
        if (!scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> backend) || backend.IndexOf((byte)'/') <= 0
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> timers))
        {
            return null;
        }

        _ = builder.Set(AccessField.Service, "backend", backend);
        _ = builder.Set(AccessField.Property, "timers", timers);
        bool isRead = timers.Count((byte)'/') switch
        {
            4 => TryReadHttp(scanner, timers, builder, context),
            2 => TryReadTcp(scanner, timers, builder),
            _ => false,
        };
        return isRead ? builder.Finish() : null;
    }

    private static AccessEvent? ParseConnect(FieldScanner scanner, AccessBuilder builder)
    {
        ReadOnlySpan<byte> client = scanner.ReadToOrRest((byte)' ');
        if (!ClientText.TryReadOne(client, out _, out _) || !scanner.TrySkip("to "u8))
        {
            return null;
        }

        ReadOnlySpan<byte> server = scanner.ReadToOrRest((byte)' ');
        ReadOnlySpan<byte> frontend = scanner.Rest.Trim("()"u8);
        _ = builder.Set(AccessField.Client, "client", client);
        _ = builder.Set(AccessField.ServerAddress, "server", server);
        _ = builder.Set(AccessField.Property, "frontend", frontend);
        return builder.Finish();
    }

    // "frontend/listener: SSL handshake failure": the connection never became a request.
    private static AccessEvent? ParseError(
        FieldScanner scanner, ReadOnlySpan<byte> frontend, AccessBuilder builder, ParseContext context)
    {
        if (scanner.AtEnd)
        {
            return null;
        }

        string error = context.Pool.Get(scanner.Rest);
        _ = builder.Set(AccessField.Property, "frontend", frontend);
        builder.SetProperty("error", error);
        builder.Event.SetMessage(error);
        builder.Event.Level = LogLevel.Warning;
        return builder.Finish();
    }

    private static bool TryReadHttp(
        FieldScanner scanner, ReadOnlySpan<byte> timers, AccessBuilder builder, ParseContext context)
    {
        if (!scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> status)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> sent)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> requestCookie)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> responseCookie)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> state) || state.Length != 4
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> connections)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> queues) || connections.Count((byte)'/') != 4)
        {
            return false;
        }

        _ = builder.Set(AccessField.Property, "request_cookie", requestCookie);
        _ = builder.Set(AccessField.Property, "response_cookie", responseCookie);
        _ = builder.Set(AccessField.Property, "termination_state", state.SequenceEqual("----"u8) ? default : state);
        _ = builder.Set(AccessField.Property, "connections", connections);
        _ = builder.Set(AccessField.Property, "queues", queues);
        ReadHeaders(ref scanner, builder);
        ReadOnlySpan<byte> rest = scanner.Rest;
        if (rest.IsEmpty || rest[0] != '"')
        {
            return false;
        }

        int close = rest.LastIndexOf((byte)'"');
        ReadOnlySpan<byte> request = close > 0 ? rest[1..close] : rest[1..];
        _ = builder.Set(AccessField.Request, "request", request);
        if (close > 0 && close + 2 < rest.Length)
        {
            builder.SetProperty("more", context.Pool.Get(rest[(close + 2)..]));
        }

        return SetTotals(timers, sent, builder)
            && (status.SequenceEqual("-1"u8)
                || (status.Length == 3 && builder.Set(AccessField.Status, "status", status)));
    }

    // "{a|b} {c}": what the configuration captures of the request, then of the response. Braces inside are encoded.
    private static void ReadHeaders(ref FieldScanner scanner, AccessBuilder builder)
    {
        string name = "request_headers";
        while (scanner.TrySkip((byte)'{'))
        {
            if (!scanner.TryReadTo((byte)'}', out ReadOnlySpan<byte> headers))
            {
                return;
            }

            _ = builder.Set(AccessField.Property, name, headers);
            scanner.SkipSpaces();
            name = "response_headers";
        }
    }

    private static bool TryReadTcp(FieldScanner scanner, ReadOnlySpan<byte> timers, AccessBuilder builder)
    {
        if (!scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> sent)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> state) || state.Length != 2
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> connections) || connections.Count((byte)'/') != 4)
        {
            return false;
        }

        _ = builder.Set(AccessField.Property, "termination_state", state.SequenceEqual("--"u8) ? default : state);
        _ = builder.Set(AccessField.Property, "connections", connections);
        _ = builder.Set(AccessField.Property, "queues", scanner.Rest);
        return SetTotals(timers, sent, builder);
    }

    // The last timer is the total; a plus says that the log was written before the end (option logasap).
    private static bool SetTotals(ReadOnlySpan<byte> timers, ReadOnlySpan<byte> sent, AccessBuilder builder)
    {
        ReadOnlySpan<byte> total = timers[(timers.LastIndexOf((byte)'/') + 1)..].TrimStart((byte)'+');
        return builder.Set(AccessField.Milliseconds, "total", total)
            && builder.Set(AccessField.BytesSent, "bytes", sent.TrimStart((byte)'+'));
    }
}
