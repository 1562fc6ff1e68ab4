namespace LogAnomaly.Parsing;

/// <summary>
/// IIS's own format, 15 values with a comma behind each: client, user, date, time, service, computer, server address,
/// milliseconds, bytes received, bytes sent, status, Windows status, method, path, query. Times are local.
/// </summary>
public sealed class IisFormat : LogFormat
{
    private static readonly FormatDirective[] s_columns =
    [
        new(AccessField.Client, "client", default),
        new(AccessField.UserName, "user", default),
        new(AccessField.Date, "date", default),
        new(AccessField.TimeOfDay, "time", default),
        new(AccessField.Property, "service", default),
        new(AccessField.HostName, "computer", default),
        new(AccessField.ServerAddress, "server", default),
        new(AccessField.Milliseconds, "time_taken", default),
        new(AccessField.BytesReceived, "bytes_received", default),
        new(AccessField.BytesSent, "bytes_sent", default),
        new(AccessField.Status, "status", default),
        new(AccessField.Property, "win32_status", default),
        new(AccessField.Method, "method", default),
        new(AccessField.Path, "path", default),
        new(AccessField.Query, "query", default),
    ];

    /// <inheritdoc/>
    public override string Name => "iis";

    /// <inheritdoc/>
    public override string Description => "IIS log in its own format (values with commas)";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> rest = line.Span.TrimEnd((byte)' ');
        int comma = rest.IndexOf((byte)',');
        if (comma < 0 || !ClientText.TryReadOne(rest[..comma], out _, out _) || rest[^1] != ',')
        {
            return null;
        }

        AccessBuilder builder = new(line, context);
        for (int i = 0; i < s_columns.Length; i++)
        {
            if (rest.IsEmpty)
            {
                return null;
            }

            // The path may hold commas; the query behind it, the last value, ends the line.
            bool isPath = s_columns[i].Field == AccessField.Path;
            int end = isPath ? rest[..^1].LastIndexOf(", "u8)
                : i + 1 == s_columns.Length ? rest.Length - 1
                : rest.IndexOf((byte)',');
            if (end < 0 || !builder.Set(s_columns[i].Field, s_columns[i].Name, rest[..end].Trim((byte)' ')))
            {
                return null;
            }

            rest = rest[(end + 1)..];
            rest = rest.TrimStart((byte)' ');
        }

        return rest.IsEmpty && builder.Event is { Method: not null } ? builder.Finish() : null;
    }
}
