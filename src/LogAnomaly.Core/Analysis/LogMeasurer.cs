using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>
/// Measures a log while its events pass: how many, how bad, when, from whom. No event is kept; memory is bounded by
/// <see cref="MeasurementOptions"/>. One measurer serves one thread and one input.
/// </summary>
public sealed class LogMeasurer
{
    private const int MostBusiest = 5;

    private readonly MeasurementOptions _options;
    private readonly long[] _kinds = new long[Enum.GetValues<LogKind>().Length];
    private readonly long[] _levels = new long[(int)LogLevel.Emergency + 2];
    private readonly long[] _outcomes = new long[Enum.GetValues<Outcome>().Length];
    private readonly PeriodTally _periods = new();
    private readonly IntervalTally _intervals;
    private readonly LoginTally _logins;
    private readonly FieldTallies _fields;
    private SeenTimes _times;
    private long _count;
    private long _errors;
    private TimeSpan _offset;
    private bool _hasOffset;

    /// <summary>Creates a measurer.</summary>
    /// <param name="options">How to measure, or null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval or a maximum holds nothing.</exception>
    public LogMeasurer(MeasurementOptions? options = null)
    {
        _options = options ?? new MeasurementOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Interval ?? TimeSpan.MaxValue, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Top, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaximumIntervals, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaximumValues, 1);
        _intervals = new IntervalTally(_options.Interval, _options.MaximumIntervals);
        _logins = new LoginTally(_options.MaximumValues);
        _fields = new FieldTallies(_options.MaximumValues);
    }

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        EventFacts facts = EventFacts.Of(logEvent);
        _count++;
        _errors += facts.IsError ? 1 : 0;
        _kinds[(int)logEvent.Kind]++;
        _levels[logEvent.Level is { } level ? (int)level + 1 : 0]++;
        _outcomes[(int)facts.Outcome]++;
        if (logEvent.UtcTicks >= 0)
        {
            AddTime(logEvent, facts);
        }

        _logins.Add(logEvent);
        _fields.Add(logEvent, facts);
    }

    /// <summary>Ends the input.</summary>
    /// <returns>The measurement.</returns>
    public LogMeasurement Complete()
    {
        LogInterval[] intervals = _intervals.Build(_offset, _options.MaximumIntervals);
        LogSpike[] spikes = SpikeFinder.Find(intervals);
        double? hours = _times.Length > TimeSpan.Zero ? _times.Length.TotalHours : null;
        long failures = _outcomes[(int)Outcome.Failure];
        return new LogMeasurement
        {
            EventCount = _count,
            FirstSeen = _times.First,
            LastSeen = _times.Last,
            Rate = _count / hours,
            ErrorCount = _errors,
            ErrorShare = _count == 0 ? 0 : (double)_errors / _count,
            ErrorRate = _errors / hours,
            FailureCount = failures,
            FailureShare = _count == 0 ? 0 : (double)failures / _count,
            Kinds = MostFrequent(
                Enum.GetValues<LogKind>().Select(kind => new NameCount(kind.ToString(), _kinds[(int)kind]))),
            Levels = ToLevels(),
            Outcomes = MostFrequent(Enum.GetValues<Outcome>()
                .Select(outcome => new NameCount(outcome.ToString(), _outcomes[(int)outcome]))),
            StatusClasses = _fields.ToStatusClasses(),
            Hours = _periods.ToHours(_times.First, _times.Last),
            Days = _periods.ToDays(_times.First, _times.Last),
            Interval = new TimeSpan(_intervals.Width),
            Intervals = intervals,
            Busiest = intervals.OrderByDescending(interval => interval.Count)
                .ThenBy(interval => interval.Start)
                .Take(MostBusiest).ToArray(),
            Spikes = spikes,
            Logins = _logins.ToSources(),
            Fields = _fields.ToFields(_options.Top),
        };
    }

    private void AddTime(LogEvent logEvent, in EventFacts facts)
    {
        DateTimeOffset time = logEvent.Timestamp!.Value;
        if (!_hasOffset)
        {
            (_offset, _hasOffset) = (time.Offset, true);
        }

        _times.Add(logEvent);
        _periods.Add(time.Ticks, facts.IsError);
        _intervals.Add(logEvent.UtcTicks, facts.IsError, facts.Outcome == Outcome.Failure);
    }

    private static NameCount[] MostFrequent(IEnumerable<NameCount> counts) =>
        [.. counts.Where(entry => entry.Count > 0)
            .OrderByDescending(entry => entry.Count)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal)];

    private List<NameCount> ToLevels()
    {
        List<NameCount> named = [];
        for (int place = _levels.Length - 1; place >= 0; place--)
        {
            if (_levels[place] > 0)
            {
                named.Add(new NameCount(place == 0 ? "None" : ((LogLevel)(place - 1)).ToString(), _levels[place]));
            }
        }

        return named;
    }
}
