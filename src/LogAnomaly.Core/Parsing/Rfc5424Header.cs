namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the header of RFC 5424, section 6, behind the priority. The structured data is stepped over: quoted values may
/// hold brackets, and a backslash takes the next byte. A byte order mark before the message is dropped.
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
        if (!scanner.TryReadTo((byte)' ', out _)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> stamp)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> host)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> program)
            || !scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> process)
            || !scanner.TryReadTo((byte)' ', out _))
        {
            return false;
        }

        DateTimeOffset? time = null;
        if (!IsNil(stamp))
        {
            if (!Timestamps.TryReadIso8601(stamp, clock, out DateTimeOffset read, out int length)
                || length != stamp.Length)
            {
                return false;
            }

            time = read;
        }

        if (!scanner.TrySkip((byte)'-') && !SkipStructuredData(line, ref scanner))
        {
            return false;
        }

        scanner.TrySkip((byte)' ');
        scanner.TrySkip("\uFEFF"u8);
        header.Set(time, OrEmpty(host), OrEmpty(program), FieldScanner.ToInt32(process), scanner.Position);
        return true;
    }

    private static bool SkipStructuredData(ReadOnlySpan<byte> line, ref FieldScanner scanner)
    {
        bool any = false;
        while (scanner.TrySkip((byte)'['))
        {
            bool isQuoted = false;
            int at = scanner.Position;
            for (; at < line.Length && (isQuoted || line[at] != ']'); at++)
            {
                isQuoted ^= line[at] == '"';
                at += isQuoted && line[at] == '\\' ? 1 : 0;
            }

            if (at >= line.Length)
            {
                return false;
            }

            scanner.Position = at + 1;
            any = true;
        }

        return any;
    }

    private static bool IsNil(ReadOnlySpan<byte> field) => field.Length == 1 && field[0] == '-';

    private static ReadOnlySpan<byte> OrEmpty(ReadOnlySpan<byte> field) => IsNil(field) ? default : field;
}
