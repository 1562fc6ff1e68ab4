using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The log of the Linux audit (<c>audit.log</c>), raw or with the names that <c>log_format = ENRICHED</c> adds:
/// <code>
/// line = ["node=" host SP] "type=" type SP "msg=audit(" seconds "." fraction ":" serial "):" SP fields
/// </code>
/// Records about authentication, accounts and sessions give an <see cref="AuthEvent"/>, others a
/// <see cref="SystemEvent"/>. Action and category come of the type, the outcome of <c>res</c> or <c>success</c>; the
/// message is all that stands behind the stamp, and every field is a property.
/// </summary>
public sealed class AuditFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "audit";

    /// <inheritdoc/>
    public override string Description => "audit.log of the Linux audit daemon";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (!TryReadHeader(
            text, out ReadOnlySpan<byte> host, out ReadOnlySpan<byte> type, out DateTimeOffset time, out int start))
        {
            return null;
        }

        context.Source.PropertyReader ??= ReadProperties;
        AuditRecord record = new();
        record.Read(type, text[start..], context);
        LineEvent made;
        if (record.Type.IsAuthentication)
        {
            AuthEvent auth = new(line, context.Source);
            record.Fill(auth);
            made = auth;
        }
        else
        {
            SystemEvent system = new(line, context.Source);
            record.Fill(system);
            made = system;
        }

        made.Timestamp = TimeZoneInfo.ConvertTime(time, context.Clock.Zone);
        made.HostName = host.IsEmpty ? null : context.Syslog.Host(host, context.Pool);
        made.Program = record.Program;
        made.ProcessId = record.ProcessId;
        bool isFailure = made is AuthEvent { Outcome: Outcome.Failure } or SystemEvent { Outcome: Outcome.Failure };
        made.Level = isFailure ? LogLevel.Warning : LogLevel.Informational;
        made.SetMessage(start);
        return made;
    }

    /// <summary>The fields of a record, by their names; of one that comes more than once the first.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The fields, in the order of the line.</returns>
    internal static IReadOnlyDictionary<string, object?> ReadProperties(ReadOnlySpan<byte> line)
    {
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        AuditFields fields = new(line);
        while (fields.MoveNext())
        {
            if (!fields.Value.IsEmpty)
            {
                properties.TryAdd(Encoding.UTF8.GetString(fields.Name), Encoding.UTF8.GetString(fields.Value));
            }
        }

        return properties;
    }

    private static bool TryReadHeader(
        ReadOnlySpan<byte> text, out ReadOnlySpan<byte> host, out ReadOnlySpan<byte> type, out DateTimeOffset time,
        out int start)
    {
        host = default;
        type = default;
        time = default;
        start = 0;
        FieldScanner scanner = new(text);
        if (scanner.TrySkip("node="u8) && !scanner.TryReadTo((byte)' ', out host))
        {
            return false;
        }

        if (!scanner.TrySkip("type="u8) || !scanner.TryReadTo((byte)' ', out type) || !scanner.TrySkip("msg=audit("u8)
            || !Timestamps.TryReadEpoch(scanner.Rest, out time, out int length))
        {
            return false;
        }

        scanner.Position += length;
        if (!scanner.TrySkip((byte)':') || !scanner.TryReadTo((byte)')', out _) || !scanner.TrySkip((byte)':'))
        {
            return false;
        }

        scanner.SkipSpaces();
        start = scanner.Position;
        return !type.IsEmpty;
    }
}
