using System.Globalization;

namespace LogAnomaly.Parsing;

/// <summary>
/// Counts what <see cref="LogCounts"/> holds. One tally serves one thread; tallies of parts are put together.
/// </summary>
internal sealed class CountTally
{
    private const int StatusLimit = 1_000;

    private readonly Dictionary<long, long> _hours = [];
    private readonly long[] _kinds = new long[Enum.GetValues<LogKind>().Length];
    private readonly long[] _levels = new long[Enum.GetValues<LogLevel>().Length];
    private readonly long[] _statuses = new long[StatusLimit];
    private readonly long[] _methods = new long[RequestWords.MethodCount];
    private readonly Dictionary<string, long> _otherMethods = new(StringComparer.Ordinal);
    private long _hour = -1;
    private long _inHour;
    private long _first = long.MaxValue;
    private long _last = -1;
    private long _failures;
    private long _bytesSent;

    /// <summary>Counts an ordinary request.</summary>
    /// <param name="access">Its fields.</param>
    /// <param name="utcTicks">Its time.</param>
    public void Add(in OrdinaryAccess access, long utcTicks)
    {
        AddTime(utcTicks);
        _statuses[access.Status]++;
        _methods[access.Method]++;
        _bytesSent += Math.Max(access.Bytes, 0);
    }

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        if (logEvent.UtcTicks >= 0)
        {
            AddTime(logEvent.UtcTicks);
        }

        if (logEvent is AccessEvent { StatusCode: { } status and < StatusLimit } request)
        {
            // Kind, level and failures of these are added up at the end.
            _statuses[status]++;
            _bytesSent += request.BytesSent ?? 0;
            AddMethod(request.Method);
            return;
        }

        _kinds[(int)logEvent.Kind]++;
        _failures += logEvent.GetValue(LogField.Outcome) is Outcome.Failure ? 1 : 0;
        if (logEvent.Level is { } level)
        {
            _levels[(int)level]++;
        }
    }

    /// <summary>Adds what another tally counted.</summary>
    /// <param name="other">The other tally.</param>
    public void Include(CountTally other)
    {
        CloseHour();
        other.CloseHour();
        foreach ((long hour, long count) in other._hours)
        {
            _hours[hour] = _hours.GetValueOrDefault(hour) + count;
        }

        foreach ((string method, long count) in other._otherMethods)
        {
            _otherMethods[method] = _otherMethods.GetValueOrDefault(method) + count;
        }

        Sum(_kinds, other._kinds);
        Sum(_levels, other._levels);
        Sum(_statuses, other._statuses);
        Sum(_methods, other._methods);
        _first = Math.Min(_first, other._first);
        _last = Math.Max(_last, other._last);
        _failures += other._failures;
        _bytesSent += other._bytesSent;
    }

    /// <summary>The counts.</summary>
    /// <returns>A new record.</returns>
    public LogCounts ToCounts()
    {
        CloseHour();
        long[] kinds = [.. _kinds];
        long[] levels = [.. _levels];
        for (int status = 0; status < StatusLimit; status++)
        {
            kinds[(int)LogKind.Access] += _statuses[status];
            levels[(int)AccessEvent.LevelOf(status)] += _statuses[status];
        }

        return new LogCounts
        {
            EventCount = kinds.Sum(),
            FirstSeen = _last < 0 ? null : new DateTimeOffset(_first, TimeSpan.Zero),
            LastSeen = _last < 0 ? null : new DateTimeOffset(_last, TimeSpan.Zero),
            BytesSent = _bytesSent,
            Hours = [.. _hours.OrderBy(pair => pair.Key).Select(pair => new TimeCount(
                new DateTimeOffset(pair.Key * TimeSpan.TicksPerHour, TimeSpan.Zero), pair.Value))],
            Kinds = MostFrequent(kinds.Select((count, kind) => (((LogKind)kind).ToString(), count))),
            Levels = [.. Present(levels.Select((count, level) => (((LogLevel)level).ToString(), count)).Reverse())],
            StatusCodes = MostFrequent(_statuses.Select(
                (count, status) => (status.ToString(CultureInfo.InvariantCulture), count))),
            Methods = MostFrequent(_methods.Select((count, code) => (RequestWords.Method(code) ?? "", count))
                .Skip(1).Concat(_otherMethods.Select(pair => (pair.Key, pair.Value)))),
            FailureCount = _failures + _statuses.AsSpan(400).ToArray().Sum(),
        };
    }

    private static IEnumerable<NameCount> Present(IEnumerable<(string Name, long Count)> counts) =>
        counts.Where(entry => entry.Count > 0).Select(entry => new NameCount(entry.Name, entry.Count));

    private static NameCount[] MostFrequent(IEnumerable<(string Name, long Count)> counts) =>
        [.. Present(counts)
            .OrderByDescending(entry => entry.Count)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal)];

    private static void Sum(long[] into, long[] from)
    {
        for (int i = 0; i < into.Length; i++)
        {
            into[i] += from[i];
        }
    }

    private void AddMethod(string? method)
    {
        int code = RequestWords.MethodCode(method);
        if (code > 0)
        {
            _methods[code]++;
        }
        else if (method is not null)
        {
            _otherMethods[method] = _otherMethods.GetValueOrDefault(method) + 1;
        }
    }

    // Lines of the same hour follow each other, so the table is asked once an hour.
    private void AddTime(long utcTicks)
    {
        _first = Math.Min(_first, utcTicks);
        _last = Math.Max(_last, utcTicks);
        long hour = (long)((ulong)utcTicks / TimeSpan.TicksPerHour);
        if (hour != _hour)
        {
            CloseHour();
            _hour = hour;
        }

        _inHour++;
    }

    private void CloseHour()
    {
        if (_inHour > 0)
        {
            _hours[_hour] = _hours.GetValueOrDefault(_hour) + _inHour;
        }

        _hour = -1;
        _inHour = 0;
    }
}
