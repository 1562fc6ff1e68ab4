using System.Globalization;

namespace LogAnomaly.Analysis;

/// <summary>Counts what an input holds while its events pass.</summary>
internal sealed class SummaryBuilder
{
    private const int MostListed = 100;

    private readonly long[] _kinds = new long[Enum.GetValues<LogKind>().Length];
    private readonly long[] _levels = new long[(int)LogLevel.Emergency + 2];
    private readonly long[] _outcomes = new long[Enum.GetValues<Outcome>().Length];
    private readonly Dictionary<int, long> _statusCodes = [];
    private readonly ValueTally _hosts = new();
    private readonly ValueTally _programs = new();
    private readonly ValueTally _sources = new();
    private readonly ValueTally _users = new();
    private readonly TimelineBuilder _timeline = new();
    private long _count;
    private LogEvent? _first;
    private LogEvent? _last;

    /// <summary>Days of log time so far; 0 where no event has a time.</summary>
    public double Days =>
        _first is null || _last is null ? 0 : new TimeSpan(_last.UtcTicks - _first.UtcTicks).TotalDays;

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        _count++;
        _kinds[(int)logEvent.Kind]++;
        LogLevel? level = logEvent.Level;
        _levels[level is { } known ? (int)known + 1 : 0]++;
        _hosts.Add(logEvent.HostName);
        AddKind(logEvent);
        AddTime(logEvent, level);
    }

    /// <summary>The summary.</summary>
    /// <param name="anomalies">The anomalies of the run, for the timeline.</param>
    /// <returns>The summary.</returns>
    public LogSummary Build(IReadOnlyList<Anomaly> anomalies)
    {
        IReadOnlyList<TimelineBucket> timeline = _timeline.Build(anomalies, _first?.Timestamp?.Offset ?? TimeSpan.Zero);
        return new LogSummary
        {
            EventCount = _count,
            FirstSeen = _first?.Timestamp,
            LastSeen = _last?.Timestamp,
            Kinds = Named(Enum.GetValues<LogKind>(), _kinds),
            Levels = NamedLevels(),
            Outcomes = Named(Enum.GetValues<Outcome>(), _outcomes),
            Hosts = _hosts.Top(MostListed),
            Programs = _programs.Top(MostListed),
            Sources = _sources.Top(MostListed),
            Users = _users.Top(MostListed),
            StatusCodes = _statusCodes.OrderBy(pair => pair.Key)
                .Select(pair => new NameCount(pair.Key.ToString(CultureInfo.InvariantCulture), pair.Value))
                .ToArray(),
            SourceCount = _sources.Distinct,
            UserCount = _users.Distinct,
            TimelineStep = _timeline.Step,
            Timeline = timeline,
        };
    }

    private void AddKind(LogEvent logEvent)
    {
        switch (logEvent)
        {
            case AccessEvent access:
                _programs.Add(access.Program);
                _sources.Add(access.SourceIP ?? access.SourceHost);
                _users.Add(access.UserName);
                _outcomes[(int)access.Outcome]++;
                if (access.StatusCode is { } status)
                {
                    _statusCodes[status] = _statusCodes.GetValueOrDefault(status) + 1;
                }

                break;
            case AuthEvent auth:
                _programs.Add(auth.Program);
                _sources.Add(auth.SourceIP ?? auth.SourceHost);
                _users.Add(auth.UserName);
                _outcomes[(int)auth.Outcome]++;
                break;
            case ApacheErrorEvent error:
                _programs.Add(error.Module);
                _sources.Add(error.SourceIP);
                break;
            default:
                _programs.Add(logEvent.Program);
                break;
        }
    }

    private void AddTime(LogEvent logEvent, LogLevel? level)
    {
        long ticks = logEvent.UtcTicks;
        if (ticks < 0)
        {
            return;
        }

        _timeline.Add(ticks, level);
        if (_first is null || ticks < _first.UtcTicks)
        {
            _first = logEvent;
        }

        if (_last is null || ticks > _last.UtcTicks)
        {
            _last = logEvent;
        }
    }

    private List<NameCount> NamedLevels()
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

    private static List<NameCount> Named<T>(T[] values, long[] counts)
        where T : struct, Enum
    {
        List<NameCount> named = [];
        for (int i = 0; i < values.Length; i++)
        {
            if (counts[i] > 0)
            {
                named.Add(new NameCount(values[i].ToString(), counts[i]));
            }
        }

        return named;
    }
}
