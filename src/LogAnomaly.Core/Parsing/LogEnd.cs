namespace LogAnomaly.Parsing;

/// <summary>
/// Looks at the end of a file before it is read from its start. Stamps without a year are settled by the order of the
/// lines: the last line is the latest, so no other lies after it, and a log that begins in June and ends in February
/// begins in the year before, whenever the file was copied or changed. Lines that a machine writes at its start, before
/// its clock is set, do not count.
/// </summary>
internal static class LogEnd
{
    private const int TailLength = 4 * 1024;
    private const int LinesAsked = 50;

    /// <summary>The time that settles the years of a file.</summary>
    /// <param name="stream">The file; its position is at its start before and after.</param>
    /// <param name="zone">Zone of stamps that name none.</param>
    /// <param name="changed">When the file was changed last.</param>
    /// <returns>The time of the last line that has a stamp without a year, or the time of change where there is
    /// none.</returns>
    public static DateTimeOffset ReferenceOf(Stream stream, TimeZoneInfo zone, DateTimeOffset changed)
    {
        if (!stream.CanSeek)
        {
            return changed;
        }

        LogClock clock = new(zone, changed);
        DateTimeOffset? last = null;
        ReadOnlySpan<byte> rest = ReadTail(stream);
        for (int asked = 0; asked < LinesAsked && !rest.IsEmpty; asked++)
        {
            int start = rest.LastIndexOf((byte)'\n') + 1;
            if (TryReadStamp(rest[start..], clock, out DateTimeOffset time))
            {
                last = last is null || (IsUnset(last.Value) && time.Month != 12) ? time : last;
                if (!IsUnset(time))
                {
                    break;
                }
            }

            rest = rest[..Math.Max(start - 1, 0)];
        }

        return last < changed ? last.Value : changed;
    }

    /// <summary>Whether a time is that of a clock that nothing has set: the first hour of a year.</summary>
    /// <param name="time">The time; a log that is in that hour by right has December before it.</param>
    /// <returns>Whether it may be.</returns>
    public static bool IsUnset(DateTimeOffset time) => time is { Month: 1, Day: 1, Hour: 0 };

    private static byte[] ReadTail(Stream stream)
    {
        try
        {
            // The file may be cut short between the question for its length and the answer.
            byte[] tail = new byte[(int)Math.Min(stream.Length, TailLength)];
            stream.Seek(-tail.Length, SeekOrigin.End);
            int length = stream.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false);
            return tail[..length];
        }
        catch (IOException)
        {
            return [];
        }
        finally
        {
            stream.Seek(0, SeekOrigin.Begin);
        }
    }

    /// <summary>Reads the stamp of a line where it has one without a year.</summary>
    /// <param name="line">Bytes that begin with the line.</param>
    /// <param name="clock">Settles year and zone.</param>
    /// <param name="time">The time.</param>
    /// <returns>Whether it has one.</returns>
    public static bool TryReadStamp(ReadOnlySpan<byte> line, LogClock clock, out DateTimeOffset time)
    {
        // A priority such as <38> may stand before the stamp.
        int bracket = line.Length > 0 && line[0] == '<' ? line[..Math.Min(line.Length, 5)].IndexOf((byte)'>') : -1;
        return Timestamps.TryReadRfc3164(line[(bracket + 1)..], clock, out time, out _);
    }
}
