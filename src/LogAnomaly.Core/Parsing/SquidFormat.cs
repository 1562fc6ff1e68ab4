namespace LogAnomaly.Parsing;

/// <summary>
/// The native access log of Squid:
/// <c>seconds.milliseconds duration client code/status bytes method url user hierarchy/peer type</c>. Squid encodes
/// spaces in targets and users.
/// </summary>
public sealed class SquidFormat : LogFormat
{
    private static readonly FormatDirective[] s_columns =
    [
        new(AccessField.Time, "time", default),
        new(AccessField.Milliseconds, "duration", default),
        new(AccessField.Client, "client", default),
        new(AccessField.Status, "status", default),
        new(AccessField.BytesSent, "bytes", default),
        new(AccessField.Method, "method", default),
        new(AccessField.Url, "url", default),
        new(AccessField.UserName, "user", default),
        new(AccessField.Property, "hierarchy", default),
        new(AccessField.Property, "content_type", default),
    ];

    /// <inheritdoc/>
    public override string Name => "squid";

    /// <inheritdoc/>
    public override string Description => "Squid access log (native format)";

    /// <inheritdoc/>
    internal override bool KeepsLines => false;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        int dot = text.IndexOf((byte)'.');
        if (dot is < 9 or > 11 || text[..dot].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return null;
        }

        FieldScanner scanner = new(text);
        AccessBuilder builder = new(line, context);
        foreach (FormatDirective column in s_columns)
        {
            scanner.SkipSpaces();
            ReadOnlySpan<byte> value = scanner.ReadToOrRest((byte)' ');
            if (value.IsEmpty)
            {
                return null;
            }

            if (column.Field == AccessField.Status)
            {
                int slash = value.IndexOf((byte)'/');
                if (slash <= 0)
                {
                    return null;
                }

                builder.SetProperty("result", context.Pool.Get(value[..slash]));
                value = value[(slash + 1)..];
                value = value.SequenceEqual("000"u8) ? default : value;
            }

            bool isClient = column.Field != AccessField.Client || ClientText.TryRead(value, out _, out _, out _);
            if (!isClient || !builder.Set(column.Field, column.Name, value))
            {
                return null;
            }
        }

        return builder.Finish();
    }
}
