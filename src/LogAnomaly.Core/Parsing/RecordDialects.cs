using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// What a single name does not tell: values that stand in two places, and names that mean something else in the logs of
/// one logger than in those of all others.
/// </summary>
internal static class RecordDialects
{
    private static readonly System.Buffers.SearchValues<byte> s_hostBytes = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"u8);

    private static readonly LogLevel[] s_nextcloud =
        [LogLevel.Debug, LogLevel.Informational, LogLevel.Warning, LogLevel.Error, LogLevel.Critical];

    /// <summary>Settles what the names left open.</summary>
    /// <param name="mapping">The fields found so far.</param>
    /// <param name="fields">The values of the line.</param>
    /// <param name="clock">Settles years and zones.</param>
    /// <param name="pool">Strings for values that repeat, or null.</param>
    public static void Settle(RecordMapping mapping, RecordFields fields, LogClock clock, StringPool? pool)
    {
        SettleTime(mapping, fields, clock);
        SettleName(mapping, fields, pool);
        SettleLevel(mapping, fields);
        SettleSource(mapping, fields, pool);
    }

    // Log4j writes seconds and nanoseconds apart; firewalls and IIS write day and time apart.
    private static void SettleTime(RecordMapping mapping, RecordFields fields, LogClock clock)
    {
        int taken = mapping.IndexOf(LogField.Timestamp);
        if (taken >= 0)
        {
            int nano = fields.Name(taken) == "instant.epochSecond" ? fields.IndexOf("instant.nanoOfSecond") : -1;
            if (nano >= 0 && FieldScanner.ToInt32(fields.Value(nano)) is { } nanoseconds and < 1_000_000_000)
            {
                mapping.Put(LogField.Timestamp, mapping.Time!.Value.AddTicks(nanoseconds / 100), taken);
                fields.Take(nano);
            }

            return;
        }

        int date = IndexOfAny(fields, "date", "Date");
        int time = IndexOfAny(fields, "time", "Time");
        if (date < 0 || time < 0 || fields.Value(date).Length != 10 || fields.Value(time).Length is < 8 or > 32)
        {
            return;
        }

        Span<byte> joined = stackalloc byte[48];
        fields.Value(date).CopyTo(joined);
        joined[10] = (byte)' ';
        fields.Value(time).CopyTo(joined[11..]);
        if (TimestampText.TryRead(joined[..(11 + fields.Value(time).Length)], clock, out DateTimeOffset stamp))
        {
            mapping.Put(LogField.Timestamp, stamp, time);
            fields.Take(date);
        }
    }

    // "name" is the program for bunyan and pino, the logger for Python and structlog, and anything elsewhere.
    private static void SettleName(RecordMapping mapping, RecordFields fields, StringPool? pool)
    {
        int name = fields.IndexOf("name");
        if (name < 0 || fields.TypeOf(name) != RecordValueType.Text || fields.Value(name).Length is 0 or > 256)
        {
            return;
        }

        ReadOnlySpan<byte> value = fields.Value(name);
        string text = pool is null ? Encoding.UTF8.GetString(value) : pool.Get(value);
        if (mapping[LogField.Program] is null && fields.IndexOf("pid") >= 0 && fields.IndexOf("hostname") >= 0)
        {
            mapping.Put(LogField.Program, text, name);
        }
        else if (mapping[LogField.Module] is null
            && (fields.IndexOf("levelname") >= 0 || fields.IndexOf("levelno") >= 0 || fields.IndexOf("asctime") >= 0))
        {
            mapping.Put(LogField.Module, text, name);
        }
    }

    private static void SettleLevel(RecordMapping mapping, RecordFields fields)
    {
        // Nextcloud counts from 0 for debug to 4 for fatal.
        int level = mapping.IndexOf(LogField.Level);
        if (level >= 0 && fields.TypeOf(level) == RecordValueType.Number && fields.Name(level) == "level"
            && fields.IndexOf("reqId") >= 0 && fields.IndexOf("remoteAddr") >= 0
            && FieldScanner.ToInt32(fields.Value(level)) is { } number and <= 4)
        {
            mapping.Level = s_nextcloud[number];
        }

        // Serilog's compact form leaves the usual level out.
        if (level < 0 && fields.IndexOf("@t") >= 0 && (fields.IndexOf("@m") >= 0 || fields.IndexOf("@mt") >= 0))
        {
            mapping.Level = LogLevel.Informational;
        }
    }

    private static void SettleSource(RecordMapping mapping, RecordFields fields, StringPool? pool)
    {
        int source = mapping.IndexOf(LogField.SourceIP);
        if (source >= 0)
        {
            if (mapping[LogField.SourcePort] is null && FieldConversion.PortOf(fields.Value(source)) is { } port)
            {
                mapping.Put(LogField.SourcePort, port, source);
            }

            return;
        }

        for (int i = 0; i < fields.Count && mapping[LogField.SourceHost] is null; i++)
        {
            ReadOnlySpan<byte> value = fields.Value(i);
            if (fields.TypeOf(i) == RecordValueType.Text && IsClientName(fields.Name(i)) && IsHostName(value))
            {
                mapping.Put(LogField.SourceHost, pool is null ? Encoding.UTF8.GetString(value) : pool.Get(value), i);
            }
        }
    }

    private static bool IsClientName(string name) =>
        (name.StartsWith("client", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("remote", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("source.", StringComparison.OrdinalIgnoreCase))
        && Array.Exists(FieldNames.Find(name), alias => alias.Field == LogField.SourceIP);

    private static bool IsHostName(ReadOnlySpan<byte> value) =>
        value.Length is > 3 and < 256 && value.Contains((byte)'.') && char.IsAsciiLetter((char)value[^1])
        && !value.ContainsAnyExcept(s_hostBytes);

    private static int IndexOfAny(RecordFields fields, string first, string second)
    {
        int at = fields.IndexOf(first);
        return at >= 0 ? at : fields.IndexOf(second);
    }
}
