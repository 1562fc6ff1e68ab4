using System.Globalization;

namespace LogAnomaly.Analysis;

/// <summary>Counts events by hour of the day and day of the week, by the clock that their own stamps show.</summary>
internal sealed class PeriodTally
{
    private const int HoursOfDay = 24;
    private const int DaysOfWeek = 7;

    // Day 0 of the calendar, the first of January of year 1, was a Monday; so is place 0.
    private readonly long[] _events = new long[HoursOfDay * DaysOfWeek];
    private readonly long[] _errors = new long[HoursOfDay * DaysOfWeek];

    /// <summary>Counts an event.</summary>
    /// <param name="clockTicks">Ticks of its clock time.</param>
    /// <param name="isError">Whether it is an error.</param>
    public void Add(long clockTicks, bool isError)
    {
        int place = PlaceOf(clockTicks / TimeSpan.TicksPerHour);
        _events[place]++;
        _errors[place] += isError ? 1 : 0;
    }

    /// <summary>The hours of the day.</summary>
    /// <param name="first">Time of the first event, or null.</param>
    /// <param name="last">Time of the last event, or null.</param>
    /// <returns>24 of them; none where no event has a time.</returns>
    public LogPeriod[] ToHours(DateTimeOffset? first, DateTimeOffset? last)
    {
        long[] covered = Covered(first, last);
        return covered.Length == 0 ? [] : [.. Enumerable.Range(0, HoursOfDay).Select(hour => ToPeriod(
            hour.ToString("00", CultureInfo.InvariantCulture),
            Enumerable.Range(0, DaysOfWeek).Select(day => (day * HoursOfDay) + hour),
            covered))];
    }

    /// <summary>The days of the week.</summary>
    /// <param name="first">Time of the first event, or null.</param>
    /// <param name="last">Time of the last event, or null.</param>
    /// <returns>Seven of them, from Monday; none where no event has a time.</returns>
    public LogPeriod[] ToDays(DateTimeOffset? first, DateTimeOffset? last)
    {
        long[] covered = Covered(first, last);
        return covered.Length == 0 ? [] : [.. Enumerable.Range(0, DaysOfWeek).Select(day => ToPeriod(
            ((DayOfWeek)((day + 1) % DaysOfWeek)).ToString(),
            Enumerable.Range(day * HoursOfDay, HoursOfDay),
            covered))];
    }

    private LogPeriod ToPeriod(string name, IEnumerable<int> places, long[] covered)
    {
        int[] all = [.. places];
        long events = all.Sum(place => _events[place]);
        long hours = all.Sum(place => covered[place]);
        return new LogPeriod(name, events, all.Sum(place => _errors[place]), hours == 0 ? 0 : (double)events / hours);
    }

    private static int PlaceOf(long hours) => (int)(hours % (HoursOfDay * DaysOfWeek));

    // How many hours of the log fall into each hour of the week; the first and the last one count as whole.
    private static long[] Covered(DateTimeOffset? first, DateTimeOffset? last)
    {
        if (first is not { } from || last is not { } to)
        {
            return [];
        }

        long start = from.Ticks / TimeSpan.TicksPerHour;
        long end = Math.Max(to.Ticks / TimeSpan.TicksPerHour, start);
        const int Week = HoursOfDay * DaysOfWeek;
        long[] covered = new long[Week];
        Array.Fill(covered, (end - start + 1) / Week);
        for (long hour = 0; hour < (end - start + 1) % Week; hour++)
        {
            covered[PlaceOf(start + hour)]++;
        }

        return covered;
    }
}
