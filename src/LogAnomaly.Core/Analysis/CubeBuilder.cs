namespace LogAnomaly.Analysis;

/// <summary>
/// Counts the events of a log by time and by what they are about, while they come. As long as there are few combinations all are kept.
/// Where they become too many, steps of time are joined; then the rarest values are no longer broken down, and what each value counts over
/// time is kept beside. Memory is bounded by constants. One object serves one thread.
/// </summary>
internal sealed class CubeBuilder
{
    private const int MostFactsByDefault = 100_000;
    private const int MostRunsByDefault = 1_500_000;
    private const int MostLoginSources = 50_000;
    private const int MostRequests = 20;
    private const int LeastSteps = 100;

    private readonly int _mostFacts;
    private readonly int _mostRuns;
    private readonly CubeSampler _sampler = new();
    private CubeFacts _exact = new();
    private CubeFacts? _broad;
    private readonly CubeFold _fold = new();
    private CubeSeries[] _series = [];
    private int _level;
    private long _firstTicks = long.MaxValue;

    /// <summary>Creates an empty count.</summary>
    /// <param name="countryOf">Gives the country of a source; null where none is told.</param>
    /// <param name="mostFacts">Combinations of step and values that are kept.</param>
    /// <param name="mostRuns">Counts of single values in steps that are kept, where combinations were too many.</param>
    public CubeBuilder(
        Func<string, string?>? countryOf = null, int mostFacts = MostFactsByDefault, int mostRuns = MostRunsByDefault)
    {
        Reader = new CubeReader(countryOf);
        _mostFacts = mostFacts;
        _mostRuns = mostRuns;
    }

    /// <summary>The values.</summary>
    public CubeReader Reader { get; }

    /// <summary>The steps of time.</summary>
    public CubeClock Clock { get; } = new();

    /// <summary>The first and last times of sources.</summary>
    public CubeSourceTimes SourceTimes { get; } = new();

    /// <summary>The logins of sources.</summary>
    public LoginTally Logins { get; } = new(MostLoginSources);

    /// <summary>The requests that took longest.</summary>
    public CubeRequests Slowest { get; } = new(MostRequests);

    /// <summary>The requests with the largest answers.</summary>
    public CubeRequests Largest { get; } = new(MostRequests);

    /// <summary>Offset from UTC of the earliest event.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>Whether a request told how many bytes it sent.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>Whether values are folded already.</summary>
    public bool IsFolded => _broad is not null;

    /// <summary>The counts: all of them, or, where values are folded, those that are left.</summary>
    public CubeFacts Facts => _broad ?? _exact;

    /// <summary>Events of each value by field and code, where values are folded; else empty.</summary>
    public long[][] Counts { get; } = [.. Enumerable.Range(0, CubeKey.Fields).Select(_ => Array.Empty<long>())];

    /// <summary>The series of values, where values are folded; else empty.</summary>
    public IReadOnlyList<CubeSeries> Series => _series;

    /// <summary>Lines that are kept.</summary>
    public IReadOnlyList<CubeSample> Lines => _sampler.ToLines();

    /// <summary>Makes empty series of the fields that have further tables.</summary>
    /// <returns>The series.</returns>
    public static CubeSeries[] NewSeries() =>
    [
        new(CubeField.Source, CubeField.Outcome), new(CubeField.User, CubeField.Outcome), new(CubeField.Path, CubeField.Status),
        new(CubeField.Template, null), new(CubeField.Host, null), new(CubeField.Program, null), new(CubeField.Agent, null),
        new(CubeField.Country, CubeField.Outcome),
    ];

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event, its template mined.</param>
    public void Add(LogEvent logEvent)
    {
        CubeKey key = Reader.Read(logEvent);
        long ticks = logEvent.UtcTicks;
        if (ticks >= 0 && ticks < _firstTicks)
        {
            _firstTicks = ticks;
            Offset = logEvent.Timestamp!.Value.Offset;
        }

        SourceTimes.Add((int)(key.Who & 0xFFFFF), ticks);
        _sampler.Add(logEvent, key);
        Logins.Add(logEvent);
        Count(key, ticks, TakeRequest(logEvent));
    }

    /// <summary>Ends the counting for now.</summary>
    /// <param name="anomalies">What anomalies name is broken down first.</param>
    /// <param name="options">How to tell the counts, or null for the defaults.</param>
    /// <returns>The counts.</returns>
    public LogCube Build(IReadOnlyList<Anomaly> anomalies, CubeOptions? options)
    {
        if (_broad is not null)
        {
            Flush();
        }

        return new CubeAssembly(this, anomalies, options ?? new CubeOptions()).Build();
    }

    private void Count(in CubeKey key, long ticks, long bytes)
    {
        int step;
        while (!Clock.TryStep(ticks, out step))
        {
            Join();
        }

        _exact.Add(key, step, 1, bytes);
        if (Clock.IsFull)
        {
            Join();
        }

        if (_exact.Count >= (_broad is null ? _mostFacts : _mostFacts / 3))
        {
            MakeRoom();
        }
    }

    // The bytes that it sent, or 0.
    private long TakeRequest(LogEvent logEvent)
    {
        if (logEvent is not AccessEvent and not RecordEvent)
        {
            return 0;
        }

        AccessEvent? access = logEvent as AccessEvent;
        long? sent = access is not null ? access.BytesSent : logEvent.GetValue(LogField.BytesSent) as long?;
        double? duration = access is not null ? access.DurationMs : ((RecordEvent)logEvent).DurationMs;
        HasBytes |= sent is not null;
        if (sent is { } bytes && Largest.Wants(bytes) && RequestOf(logEvent, sent, duration) is { } large)
        {
            Largest.Add(bytes, large);
        }

        if (duration is { } time && Slowest.Wants(time) && RequestOf(logEvent, sent, duration) is { } slow)
        {
            Slowest.Add(time, slow);
        }

        return sent ?? 0;
    }

    // A record with a duration may be of anything; one with a target is of a request.
    private static LogRequest? RequestOf(LogEvent logEvent, long? sent, double? duration)
    {
        AccessEvent? access = logEvent as AccessEvent;
        string? path = access is not null ? access.UrlPath ?? access.Url ?? "" : CubeReader.PathOfRecord(logEvent);
        if (path is null)
        {
            return null;
        }

        path = path.Length <= CubeValues.LongestText ? path : path[..CubeValues.LongestText];
        return new LogRequest(
            logEvent.Timestamp,
            access is not null ? access.SourceIP ?? access.SourceHost : logEvent.GetValue(LogField.SourceIP) as string,
            path,
            access is not null ? access.StatusCode : logEvent.GetValue(LogField.StatusCode) as int?,
            sent,
            duration,
            logEvent.Path,
            logEvent.LineNumber);
    }

    private void Join()
    {
        int factor = Clock.Join();
        CubeFact Joined(CubeFact fact) => fact with { Step = CubeClock.Joined(fact.Step, factor) };
        _exact = _exact.Select(Joined);
        _broad = _broad?.Select(Joined);
        foreach (CubeSeries series in _series)
        {
            series.Join(factor);
        }
    }

    private bool TryJoin()
    {
        if (Clock.Width == TimelineBuilder.Steps.Length - 1
            || Clock.Count / (TimelineBuilder.Steps[Clock.Width + 1] / TimelineBuilder.Steps[Clock.Width]) < LeastSteps)
        {
            return false;
        }

        Join();
        return true;
    }

    private void MakeRoom()
    {
        if (_broad is null)
        {
            while (_exact.Count > _mostFacts * 3L / 4)
            {
                if (!TryJoin())
                {
                    _broad = new CubeFacts();
                    _series = NewSeries();
                    break;
                }
            }
        }

        if (_broad is not null)
        {
            Flush();
        }
    }

    private void Flush()
    {
        foreach (CubeField field in CubeFold.Fields)
        {
            Counts[(int)field] = Resized(Counts[(int)field], Reader.CountOf(field));
        }

        Span<int> codes = stackalloc int[CubeKey.Fields];
        foreach (ref readonly CubeFact fact in _exact.All)
        {
            fact.Key.Write(codes);
            foreach (CubeField field in CubeFold.Fields)
            {
                Counts[(int)field][codes[(int)field]] += fact.Count;
            }

            foreach (CubeSeries series in _series)
            {
                series.Add(codes, fact.Step, fact.Count);
            }

            _broad!.Add(_fold.Apply(fact.Key, codes), fact.Step, fact.Count, fact.Bytes);
        }

        _exact.Clear();
        if (_broad!.Count > _mostFacts)
        {
            TryJoin();
        }

        if (_broad.Count > _mostFacts)
        {
            FoldBroad();
        }

        TrimSeries();
    }

    private void FoldBroad()
    {
        while (true)
        {
            if (_fold.KeepMost(_level, Counts, kept: null))
            {
                _broad = _broad!.Select(fact => fact with { Key = _fold.Apply(fact.Key) });
            }

            if (_broad!.Count <= _mostFacts / 2)
            {
                return;
            }

            if (_level == CubeFold.Levels - 1)
            {
                // Nothing is left to fold but time.
                if (_broad.Count > _mostFacts && Clock.Width < TimelineBuilder.Steps.Length - 1)
                {
                    Join();
                    continue;
                }

                return;
            }

            _level = Math.Min(CubeFold.Levels - 1, _level + (_broad.Count > _mostFacts * 3L / 4 ? 3 : 1));
        }
    }

    private void TrimSeries()
    {
        while (_series.Sum(series => series.Runs) > _mostRuns)
        {
            if (TryJoin())
            {
                continue;
            }

            CubeSeries largest = _series.MaxBy(series => series.Runs)!;
            largest.Trim(largest.Runs / 2, Counts[(int)largest.Field]);
        }
    }

    private static long[] Resized(long[] counts, int length)
    {
        // Doubled, so that a log that always brings new values does not copy them each time.
        if (counts.Length < length)
        {
            Array.Resize(ref counts, Math.Max(length, counts.Length * 2));
        }

        return counts;
    }
}
