namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the header of RFC 5424, section 6, behind the priority. A byte order mark before the message is dropped. Where
/// neither structured data nor its nil follows the header, which several devices leave out, the message begins there.
/// </summary>
internal static class Rfc5424Header
{
    /// <summary>Whether a version (a number of one or two digits and a space) is next.</summary>
    /// <param name="text">What follows the priority.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsVersion(ReadOnlySpan<byte> text) =>
        text.Length > 2 && text[0] is >= (byte)'1' and <= (byte)'9'
        && (text[1] == ' ' || (char.IsAsciiDigit((char)text[1]) && text[2] == ' '));

    /// <summary>Reads the header.</summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Index of the version.</param>
    /// <param name="clock">Settles the zone where the stamp has none.</param>
    /// <param name="header">The header to fill.</param>
    /// <returns>Whether all parts were there.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, int start, LogClock clock, ref SyslogHeader header)
    {
        FieldScanner scanner = new(line) { Position = start };
        return scanner.TryReadTo((byte)' ', out _) && TryReadFields(line, scanner, clock, ref header);
    }

    /// <summary>
    /// Reads the header of a line whose priority and version a receiver took off. Much else begins with a time, so the
    /// process must be a number or nil, and the structured data or its nil be there.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="start">Index of the stamp.</param>
    /// <param name="clock">Settles the zone where the stamp has none.</param>
    /// <param name="header">The header to fill.</param>
    /// <returns>Whether all parts were there.</returns>
    public static bool TryReadBare(ReadOnlySpan<byte> line, int start, LogClock clock, ref SyslogHeader header)
    {
        FieldScanner scanner = new(line) { Position = start };
        bool isBare = scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> stamp) && stamp.Length > 18
            && stamp[10] == 'T' && scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> host) && !host.IsEmpty
            && scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> program) && !program.IsEmpty
            && scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> process)
            && (IsNil(process) || FieldScanner.ToInt32(process) is not null)
            && scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> message) && !message.IsEmpty
            && (IsNil(Utf8Text.Before(scanner.Rest, (byte)' ')) || scanner.Rest.StartsWith("["u8));
        scanner.Position = start;
        return isBare && TryReadFields(line, scanner, clock, ref header);
    }

    private static bool TryReadFields(
        ReadOnlySpan<byte> line, FieldScanner scanner, LogClock clock, ref SyslogHeader header)
    {
        if (!scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> stamp)
            || !TryReadTime(stamp, clock, out DateTimeOffset? time)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> host)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> program)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> process)
            || !scanner.TryReadTo((byte)' ', out _))
        {
            return false;
        }

        if (!SkipStructuredData(line, ref scanner))
        {
            return false;
        }

        scanner.TrySkip((byte)' ');
        scanner.TrySkip("\uFEFF"u8);
        header.Set(time, OrEmpty(host), OrEmpty(program), FieldScanner.ToInt32(process), scanner.Position);
        return true;
    }

    /// <summary>
    /// The parameters of a line's structured data, by id and name (<c>origin.ip</c>, <c>exampleSDID@32473.iut</c>), and
    /// its message id as <c>msgid</c>. Of a name that comes more than once the values are joined by commas.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <returns>The values, in the order of the line.</returns>
    public static IReadOnlyDictionary<string, object?> ReadProperties(ReadOnlySpan<byte> line)
    {
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        int at = line.IndexOf((byte)'<') is >= 0 and int mark ? line[mark..].IndexOf((byte)'>') + mark + 1 : 0;
        if (at <= 0 || at > 20 || !IsVersion(line[at..]))
        {
            return properties;
        }

        FieldScanner scanner = new(line) { Position = at };
        ReadOnlySpan<byte> field = default;
        for (int i = 0; i < 6; i++)
        {
            if (!scanner.TryReadTo((byte)' ', out field))
            {
                return properties;
            }
        }

        if (!IsNil(field))
        {
            properties["msgid"] = System.Text.Encoding.UTF8.GetString(field);
        }

        StructuredData.Read(line[scanner.Position..], properties);
        return properties;
    }

    private static bool TryReadTime(ReadOnlySpan<byte> stamp, LogClock clock, out DateTimeOffset? time)
    {
        time = null;
        if (IsNil(stamp))
        {
            return true;
        }

        bool isTime = (Timestamps.TryReadIso8601(stamp, clock, out DateTimeOffset read, out int length)
            || Timestamps.TryReadEpoch(stamp, out read, out length)) && length == stamp.Length;
        time = isTime ? read : null;
        return isTime;
    }

    private static bool SkipStructuredData(ReadOnlySpan<byte> line, ref FieldScanner scanner)
    {
        if (scanner.TrySkip((byte)'-') || scanner.AtEnd || line[scanner.Position] != '[')
        {
            return true;
        }

        int length = StructuredData.Length(line[scanner.Position..]);
        scanner.Position += length;
        return length > 0;
    }

    private static bool IsNil(ReadOnlySpan<byte> field) => field.Length == 1 && field[0] == '-';

    private static ReadOnlySpan<byte> OrEmpty(ReadOnlySpan<byte> field) => IsNil(field) ? default : field;
}
