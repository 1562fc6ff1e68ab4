using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// Learns how long one waits for the next line of a stream, and tells a silence. Gaps are weighted by their length: 99
/// % of the time a line came within the usual wait. So a log that falls silent every night, or has bursts with hours
/// between, is known to have long waits, however many of its gaps are short.
/// </summary>
internal sealed class SilenceJudge
{
    private const double Share = 0.99;
    private const int ReportedBeforeLearned = 2;

    private readonly LogHistogram _waits = new();
    private long _last = -1;
    private long _first;
    private long _events;
    private int _silences;

    /// <summary>Takes the time of the next line.</summary>
    /// <param name="now">Its UTC ticks; lines that are out of order are passed over.</param>
    /// <param name="limits">What a silence is.</param>
    /// <param name="gap">Ticks of silence before the line.</param>
    /// <param name="usual">Ticks within which a line came 99 % of the time.</param>
    /// <returns>Whether the gap is a silence.</returns>
    public bool IsSilence(long now, in SilenceLimits limits, out long gap, out long usual)
    {
        gap = now - _last;
        usual = 0;
        if (gap <= 0 && _last >= 0)
        {
            return false;
        }

        bool isFirst = _last < 0;
        _last = now;
        _events++;
        if (isFirst)
        {
            _first = now;
            return false;
        }

        bool isSilence = gap > limits.Silence && IsUnusual(now, limits, gap, out usual);
        long milliseconds = gap / TimeSpan.TicksPerMillisecond;
        _silences += isSilence ? 1 : 0;

        // What comes again is learned at last.
        if (!isSilence || _silences > ReportedBeforeLearned)
        {
            _waits.Add(milliseconds, milliseconds);
        }

        return isSilence;
    }

    private bool IsUnusual(long now, in SilenceLimits limits, long gap, out long usual)
    {
        usual = _waits.Quantile(Share) * TimeSpan.TicksPerMillisecond;
        return _events > limits.Events && now - gap - _first >= limits.History && usual <= limits.Usual
            && gap > limits.Factor * usual;
    }
}
