namespace LogAnomaly.Parsing;

/// <summary>
/// The error log of MySQL and MariaDB, of new and old versions, and the refused connections of the general log:
/// <code>
/// line  = stamp SP [thread SP] "[" level "] " ["[MY-" digits "] [" part "] "] text
///       / stamp 1*SP thread " Connect" 1*SP text
/// stamp = ISO 8601 / "yyyy-mm-dd" 1*SP "h:mm:ss" / "yymmdd" 1*SP "h:mm:ss"
/// level = "Note" / "Warning" / "ERROR" / "Error" / "System"
/// </code>
/// </summary>
public sealed class MySqlFormat : LogFormat
{
    /// <inheritdoc/>
    public override string Name => "mysql";

    /// <inheritdoc/>
    public override string Description => "error log of MySQL and MariaDB: starts, faults and refused logins";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span;
        if (!TryReadStamp(text, context.Clock, out DateTimeOffset time, out int length))
        {
            return null;
        }

        FieldScanner scanner = new(text) { Position = length };
        SkipSpaces(ref scanner);
        bool hasThread = scanner.TryReadInt64(out _);
        SkipSpaces(ref scanner);
        if (scanner.TrySkip((byte)'['))
        {
            if (!scanner.TryReadTo((byte)']', out ReadOnlySpan<byte> name) || LevelOf(name) is not { } level)
            {
                return null;
            }

            scanner.SkipSpaces();
            return new ServiceLine(AuthProgram.Database, "mysqld", time, scanner.Position) { Level = level }
                .ToEvent(line, context);
        }

        if (!hasThread || !scanner.TrySkip("Connect"u8))
        {
            return null;
        }

        SkipSpaces(ref scanner);
        return new ServiceLine(AuthProgram.Database, "mysqld", time, scanner.Position).ToEvent(line, context);
    }

    private static void SkipSpaces(ref FieldScanner scanner)
    {
        while (!scanner.AtEnd && scanner.Rest[0] is (byte)' ' or (byte)'\t')
        {
            scanner.Position++;
        }
    }

    private static LogLevel? LevelOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when name.SequenceEqual("Note"u8) => LogLevel.Informational,
        5 when name.SequenceEqual("ERROR"u8) || name.SequenceEqual("Error"u8) => LogLevel.Error,
        6 when name.SequenceEqual("System"u8) => LogLevel.Notice,
        7 when name.SequenceEqual("Warning"u8) => LogLevel.Warning,
        _ => null,
    };

    // The hour of the older stamps is padded by a space: "2024-03-02  9:05:01", "240302  9:05:01".
    private static bool TryReadStamp(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        if (Timestamps.TryReadIso8601(text, clock, out time, out length))
        {
            return true;
        }

        int date = text.Length > 16 && text[6] == ' ' ? 6 : text.Length > 20 && text[10] == ' ' ? 10 : 0;
        if (date == 0)
        {
            return false;
        }

        Span<byte> whole = stackalloc byte[19];
        ReadOnlySpan<byte> day = text[..date];
        if (date == 6)
        {
            "20"u8.CopyTo(whole);
            day[..2].CopyTo(whole[2..]);
            whole[4] = whole[7] = (byte)'-';
            day[2..4].CopyTo(whole[5..]);
            day[4..].CopyTo(whole[8..]);
        }
        else
        {
            day.CopyTo(whole);
        }

        whole[10] = (byte)' ';
        text.Slice(date + 1, 8).CopyTo(whole[11..]);
        whole[11] = whole[11] == ' ' ? (byte)'0' : whole[11];
        length = date + 9;
        return Timestamps.TryReadIso8601(whole, clock, out time, out _);
    }
}
