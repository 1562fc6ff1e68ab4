using System.Buffers.Binary;

namespace LogAnomaly.Parsing;

/// <summary>
/// The last stamp of the form <c>Mmm dd hh:mm:ss</c> and its day: most lines have the stamp of the line before, nearly
/// all others its day, so that only the time of day is left to read.
/// </summary>
internal sealed class SyslogStampCache
{
    private const int DayLength = 6;

    private ulong _first;
    private ulong _second;
    private DateTimeOffset _time;
    private long _midnight = -1;
    private bool _hasOneYear;

    /// <summary>Reads the stamp at the start of a line, if its day was the last one read.</summary>
    /// <param name="line">A line of at least 16 bytes.</param>
    /// <param name="clock">Settles year and zone.</param>
    /// <param name="time">The time.</param>
    /// <returns>Whether a stamp was there whose day is known, and a space behind it.</returns>
    public bool TryGet(ReadOnlySpan<byte> line, LogClock clock, out DateTimeOffset time)
    {
        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(line);
        ulong second = BinaryPrimitives.ReadUInt64LittleEndian(line[8..]);
        time = _time;
        if (second == _second && first == _first && _midnight >= 0)
        {
            return true;
        }

        const ulong DayMask = (1UL << (8 * DayLength)) - 1;
        if (!_hasOneYear || ((first ^ _first) & DayMask) != 0 || line[6] != ' ' || line[15] != ' '
            || !Timestamps.TryReadTimeOfDay(line[7..], out long ticks))
        {
            return false;
        }

        time = clock.InZone(new DateTime(_midnight + ticks));
        Keep(first, second, time);
        return true;
    }

    /// <summary>Keeps a stamp in place of the one before.</summary>
    /// <param name="line">A line of at least 16 bytes that begins with a stamp and a space.</param>
    /// <param name="clock">Settles the year.</param>
    /// <param name="time">Its time.</param>
    public void Keep(ReadOnlySpan<byte> line, LogClock clock, DateTimeOffset time)
    {
        _midnight = time.Date.Ticks;
        _hasOneYear = clock.HasOneYear(time.DateTime);
        Keep(
            BinaryPrimitives.ReadUInt64LittleEndian(line), BinaryPrimitives.ReadUInt64LittleEndian(line[8..]), time);
    }

    private void Keep(ulong first, ulong second, DateTimeOffset time)
    {
        _first = first;
        _second = second;
        _time = time;
    }
}
