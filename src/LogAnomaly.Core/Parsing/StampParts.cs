using System.Buffers.Text;

namespace LogAnomaly.Parsing;

/// <summary>The parts of a time that a line may hold in several places, and the time that they make.</summary>
internal struct StampParts
{
    // Seconds since 1970 are taken for milliseconds, microseconds or nanoseconds where they would lie beyond the year
    // 5138.
    private const double LargestSeconds = 1e11;

    private static readonly StampPattern s_http = new("%a, %d %b %Y %H:%M:%S");
    private static readonly StampPattern s_slashes = new("%Y/%m/%d %H:%M:%S");

    private DateTimeOffset? _whole;
    private bool _hasDate;
    private bool _hasTimeOfDay;

    /// <summary>Creates parts without any value.</summary>
    public StampParts()
    {
    }

    /// <summary>Year, or -1.</summary>
    public int Year { get; set; } = -1;

    /// <summary>Month from 1, or -1.</summary>
    public int Month { get; set; } = -1;

    /// <summary>Day of the month, or -1.</summary>
    public int Day { get; set; } = -1;

    /// <summary>Day of the year, or -1.</summary>
    public int DayOfYear { get; set; } = -1;

    /// <summary>Hour, or -1.</summary>
    public int Hour { get; set; } = -1;

    /// <summary>Minute.</summary>
    public int Minute { get; set; }

    /// <summary>Second.</summary>
    public int Second { get; set; }

    /// <summary>Ticks since the start of the second.</summary>
    public long Fraction { get; set; }

    /// <summary>Minutes from UTC, or null.</summary>
    public int? OffsetMinutes { get; set; }

    /// <summary>1 for the hours after noon, 0 before, -1 where the hours count to 24.</summary>
    public int HalfOfDay { get; set; } = -1;

    /// <summary>Ticks in UTC of a count since 1970, or -1.</summary>
    public long EpochTicks { get; set; } = -1;

    /// <summary>Takes a time with date and hours.</summary>
    /// <param name="time">The time.</param>
    public void Set(DateTimeOffset time) => _whole = time;

    /// <summary>Takes a date.</summary>
    /// <param name="date">The date.</param>
    public void SetDate(DateOnly date)
    {
        (Year, Month, Day) = (date.Year, date.Month, date.Day);
        _hasDate = true;
    }

    /// <summary>Takes the ticks since midnight.</summary>
    /// <param name="ticks">The ticks.</param>
    public void SetTimeOfDay(long ticks)
    {
        TimeSpan time = new(ticks);
        (Hour, Minute, Second) = (time.Hours, time.Minutes, time.Seconds);
        Fraction = ticks % TimeSpan.TicksPerSecond;
        _hasTimeOfDay = true;
    }

    /// <summary>
    /// Takes a time in any of the usual forms: ISO 8601, that of the common log format, of Apache's error log, of HTTP,
    /// or a count of seconds, milliseconds, microseconds or nanoseconds since 1970.
    /// </summary>
    /// <param name="text">The whole text.</param>
    /// <param name="clock">Settles the zone where there is none.</param>
    /// <returns>Whether the text has one of these forms.</returns>
    public bool TrySet(ReadOnlySpan<byte> text, LogClock clock)
    {
        text = text.Length > 2 && text[0] == '[' && text[^1] == ']' ? text[1..^1] : text;
        if (Timestamps.TryReadIso8601(text, clock, out DateTimeOffset time, out int length)
            || Timestamps.TryReadCommonLog(text, clock, out time, out length)
            || Timestamps.TryReadApacheError(text, clock, out time, out length)
            || TryReadHttp(text, clock, out time, out length))
        {
            ReadOnlySpan<byte> rest = text[length..].TrimStart((byte)' ');
            _whole = time;
            return rest.IsEmpty || rest.SequenceEqual("UTC"u8) || rest.SequenceEqual("GMT"u8)
                || rest[0] is (byte)'+' or (byte)'-';
        }

        return TrySetEpoch(text);
    }

    /// <summary>Takes a count since 1970; its unit shows in its size.</summary>
    /// <param name="text">The digits, with or without a fraction.</param>
    /// <returns>Whether the text is such a count.</returns>
    public bool TrySetEpoch(ReadOnlySpan<byte> text)
    {
        if (!Utf8Parser.TryParse(text, out decimal value, out int read) || read != text.Length || value < 0)
        {
            return false;
        }

        for (int i = 0; i < 3 && (double)value > LargestSeconds; i++)
        {
            value /= 1000;
        }

        return TrySetEpoch(value);
    }

    /// <summary>Takes the seconds since 1970.</summary>
    /// <param name="seconds">The seconds.</param>
    /// <returns>Whether there is such a time.</returns>
    public bool TrySetEpoch(decimal seconds)
    {
        if (seconds < 0 || (double)seconds > LargestSeconds)
        {
            return false;
        }

        EpochTicks = DateTime.UnixEpoch.Ticks + (long)(seconds * TimeSpan.TicksPerSecond);
        return true;
    }

    /// <summary>The time that the parts make.</summary>
    /// <param name="clock">Settles the zone and the year where there are none.</param>
    /// <param name="time">The time.</param>
    /// <returns>Whether the parts make one.</returns>
    public readonly bool TryFinish(LogClock clock, out DateTimeOffset time)
    {
        time = default;
        if (EpochTicks >= 0)
        {
            // A fraction that stands apart belongs to the second that was counted.
            long ticks = EpochTicks % TimeSpan.TicksPerSecond == 0 ? EpochTicks + Fraction : EpochTicks;
            TimeSpan offset = _whole?.Offset ?? TimeSpan.FromMinutes(OffsetMinutes ?? 0);
            time = new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(offset);
            return true;
        }

        if (_whole is { } whole)
        {
            time = whole.Ticks % TimeSpan.TicksPerSecond == 0 && !_hasTimeOfDay ? whole.AddTicks(Fraction) : whole;
            return true;
        }

        return TryFinishParts(clock, out time);
    }

    private readonly bool TryFinishParts(LogClock clock, out DateTimeOffset time)
    {
        time = default;
        int hour = HalfOfDay < 0 ? Hour : (Hour % 12) + (12 * HalfOfDay);
        if ((Hour < 0 && !_hasDate) || hour > 23 || Minute > 59 || Second > 60)
        {
            return false;
        }

        long ofDay = (((((Math.Max(hour, 0) * 60L) + Minute) * 60) + Math.Min(Second, 59)) * TimeSpan.TicksPerSecond)
            + Fraction;
        if (Year < 0)
        {
            return Month is >= 1 and <= 12 && Day is >= 1 and <= 31 && clock.TryInferYear(Month, Day, ofDay, out time);
        }

        if (Year is < 1 or > 9998 || !TryFindDate(out DateTime date))
        {
            return false;
        }

        DateTime local = date.AddTicks(ofDay);
        time = OffsetMinutes is { } minutes && Year > 1
            ? new DateTimeOffset(local, TimeSpan.FromMinutes(minutes))
            : clock.InZone(local);
        return true;
    }

    private readonly bool TryFindDate(out DateTime date)
    {
        date = default;
        if (DayOfYear > 0 && Month < 0)
        {
            date = new DateTime(Year, 1, 1).AddDays(DayOfYear - 1);
            return date.Year == Year;
        }

        if (Month is < 1 or > 12 || Day < 1 || Day > DateTime.DaysInMonth(Year, Month))
        {
            return false;
        }

        date = new DateTime(Year, Month, Day);
        return true;
    }

    // "Wed, 08 Dec 2021 14:02:43 GMT", "2021/12/08 14:02:43"
    private static bool TryReadHttp(ReadOnlySpan<byte> text, LogClock clock, out DateTimeOffset time, out int length)
    {
        time = default;
        length = 0;
        StampPattern pattern = text.Length > 4 && text[4] == '/' ? s_slashes : s_http;
        StampParts parts = new();
        if (!pattern.TryRead(text, clock, ref parts, out length))
        {
            return false;
        }

        parts.Fraction = 0;
        if (length < text.Length && text[length] == '.')
        {
            long ticks = 0;
            length += 1 + Timestamps.ReadFraction(text[(length + 1)..], ref ticks);
            parts.Fraction = ticks;
        }

        parts.OffsetMinutes = pattern == s_http ? 0 : null;
        return parts.TryFinish(clock, out time);
    }
}
