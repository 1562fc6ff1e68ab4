namespace LogAnomaly.Parsing;

/// <summary>
/// Settles what a stamp leaves open. A stamp without a zone is in the given zone; in the hour that a clock change
/// repeats it is the earlier one, in the hour that it skips the offset before the change holds. A stamp without a year
/// gets the latest year that does not put it more than a day after the reference time.
/// </summary>
internal sealed class LogClock
{
    private static readonly long s_tolerance = TimeSpan.TicksPerDay;

    private readonly TimeZoneInfo _zone;
    private readonly long _referenceTicks;
    private readonly int _referenceYear;
    private long _knownHour = -1;
    private TimeSpan _knownOffset;

    /// <summary>Creates a clock.</summary>
    /// <param name="zone">Zone of stamps that name none.</param>
    /// <param name="reference">A time that no stamp without a year lies more than a day after.</param>
    public LogClock(TimeZoneInfo zone, DateTimeOffset reference)
    {
        _zone = zone;
        DateTime local = TimeZoneInfo.ConvertTime(reference, zone).DateTime;
        _referenceTicks = local.Ticks;
        _referenceYear = local.Year;
    }

    /// <summary>Zone of stamps that name none.</summary>
    public TimeZoneInfo Zone => _zone;

    /// <summary>A time in the clock's zone.</summary>
    /// <param name="local">The time as the line has it.</param>
    /// <returns>The same with its offset.</returns>
    public DateTimeOffset InZone(DateTime local)
    {
        // Offsets change on the quarter hour at the finest; one look-up serves all stamps of the same quarter.
        long quarter = local.Ticks / (15 * TimeSpan.TicksPerMinute);
        if (quarter != _knownHour)
        {
            _knownOffset = OffsetOf(DateTime.SpecifyKind(local, DateTimeKind.Unspecified));
            _knownHour = quarter;
        }

        long utc = local.Ticks - _knownOffset.Ticks;
        return utc < 0 || utc > DateTime.MaxValue.Ticks
            ? new DateTimeOffset(local.Ticks, TimeSpan.Zero)
            : new DateTimeOffset(local.Ticks, _knownOffset);
    }

    /// <summary>A time from a stamp without a year.</summary>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">1 to 31.</param>
    /// <param name="timeOfDay">Ticks since midnight.</param>
    /// <param name="result">The time.</param>
    /// <returns>Whether the day exists; a 29 February goes to the latest leap year.</returns>
    public bool TryInferYear(int month, int day, long timeOfDay, out DateTimeOffset result)
    {
        // Eight years reach back over the longest gap between leap years (1896 to 1904).
        for (int year = Math.Min(_referenceYear + 1, 9999); year >= Math.Max(_referenceYear - 8, 1); year--)
        {
            if (day > DateTime.DaysInMonth(year, month))
            {
                continue;
            }

            long ticks = new DateTime(year, month, day).Ticks + timeOfDay;
            if (ticks <= _referenceTicks + s_tolerance)
            {
                result = InZone(new DateTime(ticks));
                return true;
            }
        }

        result = default;
        return false;
    }

    /// <summary>
    /// Whether <see cref="TryInferYear"/> gives all times of a day the year that it gave one of them.
    /// </summary>
    /// <param name="local">The time that it gave.</param>
    /// <returns>Whether it does: not on the day on which the reference time lies a year, or a day, before.</returns>
    public bool HasOneYear(DateTime local)
    {
        long latest = _referenceTicks + s_tolerance;
        return local.Date.Ticks + TimeSpan.TicksPerDay <= latest
            && (local.Year >= 9992 || local.Date.AddYears(1).Ticks > latest);
    }

    private TimeSpan OffsetOf(DateTime local)
    {
        if (_zone.IsAmbiguousTime(local))
        {
            // The earlier of the two instants is the one with the greater offset.
            return _zone.GetAmbiguousTimeOffsets(local).Max();
        }

        return _zone.IsInvalidTime(local) ? _zone.GetUtcOffset(local.AddHours(-1)) : _zone.GetUtcOffset(local);
    }
}
