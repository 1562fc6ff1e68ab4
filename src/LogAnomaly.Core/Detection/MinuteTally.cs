namespace LogAnomaly.Detection;

/// <summary>Counts of the last minutes of a log, in a ring.</summary>
/// <param name="minutes">How many minutes are kept.</param>
internal sealed class MinuteTally(int minutes)
{
    private readonly long[] _minute = new long[minutes];
    private readonly long[] _all = new long[minutes];
    private readonly long[] _some = new long[minutes];

    /// <summary>Counts an event.</summary>
    /// <param name="minute">Its minute.</param>
    /// <param name="isOne">Whether it is of those that are compared with all.</param>
    public void Add(long minute, bool isOne)
    {
        int at = (int)(minute % _minute.Length);
        if (_minute[at] != minute)
        {
            // A line that is older than the ring belongs to no minute of it.
            if (_minute[at] > minute)
            {
                return;
            }

            (_minute[at], _all[at], _some[at]) = (minute, 0, 0);
        }

        _all[at]++;
        _some[at] += isOne ? 1 : 0;
    }

    /// <summary>The counts of the minutes up to one.</summary>
    /// <param name="minute">The last minute.</param>
    /// <returns>All events, and those that are compared with them.</returns>
    public (long All, long Some) Sum(long minute)
    {
        (long all, long some) = (0L, 0L);
        for (int at = 0; at < _minute.Length; at++)
        {
            if (_minute[at] > minute - _minute.Length && _minute[at] <= minute)
            {
                all += _all[at];
                some += _some[at];
            }
        }

        return (all, some);
    }
}
