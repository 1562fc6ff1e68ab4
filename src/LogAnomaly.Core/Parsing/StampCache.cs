using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The day and zone of the last stamp that was read: nearly all lines share them with the line before, so that only the
/// time of day is left to read. Only stamps that name their zone belong here, for then no change of the clock can make
/// the day wrong.
/// </summary>
internal sealed class StampCache
{
    /// <summary>Bytes of a stamp that can be kept: <c>dd/Mmm/yyyy:hh:mm:ss +hhmm</c>.</summary>
    public const int StampLength = 26;

    private const int DayLength = 12;
    private const int ZoneStart = 20;

    private readonly byte[] _stamp = new byte[StampLength];
    private long _midnight;
    private TimeSpan _offset;
    private long _lastTicks;
    private int _minutes;
    private bool _isOrdinary;

    /// <summary>The time of a stamp if its day and zone are the ones that were kept last.</summary>
    /// <param name="stamp">The stamp, <see cref="StampLength"/> bytes.</param>
    /// <param name="time">Its time.</param>
    /// <returns>Whether they are; if not, or if the time of day is unusual, the stamp must be read in full.</returns>
    public bool TryGet(ReadOnlySpan<byte> stamp, out DateTimeOffset time)
    {
        time = default;
        ReadOnlySpan<byte> kept = _stamp;
        if (!stamp[..DayLength].SequenceEqual(kept[..DayLength]) || !stamp[ZoneStart..].SequenceEqual(kept[ZoneStart..])
            || stamp[14] != ':' || stamp[17] != ':')
        {
            return false;
        }

        int hour = Two(stamp, 12);
        int minute = Two(stamp, 15);
        int second = Two(stamp, 18);
        if ((uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
        {
            return false;
        }

        long ticks = ((((hour * 60) + minute) * 60L) + second) * TimeSpan.TicksPerSecond;
        time = new DateTimeOffset(_midnight + ticks, _offset);
        return true;
    }

    /// <summary>
    /// The time of a stamp if its day and zone are the ones that were kept last and it is written as
    /// <c>dd/Mmm/yyyy:hh:mm:ss zzz</c> would be.
    /// </summary>
    /// <param name="stamp">The stamp, <see cref="StampLength"/> bytes.</param>
    /// <param name="utcTicks">Its time.</param>
    /// <param name="minutes">Its offset from UTC.</param>
    /// <returns>Whether they are.</returns>
    public bool TryGetOrdinary(ReadOnlySpan<byte> stamp, out long utcTicks, out int minutes)
    {
        minutes = _minutes;
        utcTicks = _lastTicks;
        ReadOnlySpan<byte> kept = _stamp;
        Vector128<byte> start = Vector128.Create(stamp);
        Vector128<byte> end = Vector128.Create(stamp[(StampLength - 16)..]);
        Vector128<byte> endDifference = end ^ Vector128.Create(kept[(StampLength - 16)..]);
        Vector128<byte> startDifference = start ^ Vector128.Create(kept);
        if ((startDifference | endDifference) == Vector128<byte>.Zero)
        {
            return _isOrdinary;
        }

        if (!_isOrdinary || !TryGet(stamp, out DateTimeOffset time))
        {
            return false;
        }

        utcTicks = time.UtcTicks;
        _lastTicks = utcTicks;
        stamp.CopyTo(_stamp);
        return true;
    }

    /// <summary>Keeps day and zone of a stamp in place of the ones before.</summary>
    /// <param name="stamp">The stamp, <see cref="StampLength"/> bytes.</param>
    /// <param name="time">Its time.</param>
    public void Keep(ReadOnlySpan<byte> stamp, DateTimeOffset time)
    {
        // On the first and the last day of the calendar another time of the same day may lie outside of it in UTC.
        if (time.Year is > 1 and < 9999)
        {
            stamp.CopyTo(_stamp);
            _midnight = time.Date.Ticks;
            _offset = time.Offset;
            _minutes = (int)(time.Offset.Ticks / TimeSpan.TicksPerMinute);
            _lastTicks = time.UtcTicks;
            _isOrdinary = IsOrdinary(stamp, time);
        }
    }

    private static bool IsOrdinary(ReadOnlySpan<byte> stamp, DateTimeOffset time) =>
        Ascii.Equals(stamp, time.ToString("dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture).Remove(24, 1));

    // Two digits, or -1.
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        uint tens = (uint)text[at] - '0';
        uint units = (uint)text[at + 1] - '0';
        return tens > 9 || units > 9 ? -1 : (int)((tens * 10) + units);
    }
}
