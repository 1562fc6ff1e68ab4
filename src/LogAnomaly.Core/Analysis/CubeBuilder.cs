namespace LogAnomaly.Analysis;

/// <summary>
/// Counts the events of a log by time and by what they are about, while they come. As long as there are few
/// combinations all are kept. Where they become too many, steps of time are joined; then the rarest values are no
/// longer broken down, and what each value counts over time is kept beside. Memory is bounded by constants. One object
/// serves one thread.
/// </summary>
internal sealed class CubeBuilder : ILogCounts
{
    // At 48 bytes each. A million events, many of which are alike, come to fewer.
    private const int MostNotedByDefault = 786_432;
    private const int MostRunsByDefault = 1_500_000;
    private const int MostBroad = 100_000;
    private const int MostLoginSources = 50_000;
    private const int LeastSteps = 100;

    private readonly int _mostNoted;
    private readonly int _mostBroad;
    private readonly int _mostRuns;
    private readonly CubeSampler _sampler = new();
    private readonly CubeLog _noted = new();
    private readonly CubeFold _fold = new();
    private CubeFacts? _broad;
    private CubeSeries[] _series = [];
    private int _level;
    private long _firstTicks = long.MaxValue;

    /// <summary>Creates an empty count.</summary>
    /// <param name="countryOf">Gives the country of a source; null where none is told.</param>
    /// <param name="mostFacts">Combinations of step and values that are noted before values are folded.</param>
    /// <param name="mostRuns">Counts of single values in steps that are kept, where combinations were too many.</param>
    public CubeBuilder(
        Func<string, string?>? countryOf = null, int mostFacts = MostNotedByDefault, int mostRuns = MostRunsByDefault)
    {
        Reader = new CubeReader(countryOf);
        _mostNoted = mostFacts;
        _mostBroad = Math.Min(mostFacts, MostBroad);
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

    /// <summary>The requests that stand out.</summary>
    public CubeRequestTally Requests { get; } = new();

    /// <summary>Offset from UTC of the earliest event.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>Whether values are folded already.</summary>
    public bool IsFolded => _broad is not null;

    /// <summary>Combinations of step and values that are kept apart, once values are folded.</summary>
    public int FactCount => _broad?.Count ?? 0;

    /// <summary>What was noted and not yet counted together.</summary>
    public int NotedCount => _noted.Count;

    /// <summary>Events of each value by field and code, where values are folded; else empty.</summary>
    public long[][] Counts { get; } = [.. Enumerable.Range(0, CubeKey.Fields).Select(_ => Array.Empty<long>())];

    /// <summary>The series of values, where values are folded; else empty.</summary>
    public IReadOnlyList<CubeSeries> Series => _series;

    /// <summary>Lines that are kept.</summary>
    public IReadOnlyList<CubeSample> Lines => _sampler.ToLines();

    /// <summary>
    /// The counts, piece by piece: all of them, or, where values are folded, those that are left. Equal ones may come
    /// again.
    /// </summary>
    /// <returns>The pieces.</returns>
    public IEnumerable<ReadOnlyMemory<CubeFact>> Blocks() => _broad is null ? _noted.Blocks() : [_broad.Memory];

    /// <summary>Makes empty series of the fields that have further tables.</summary>
    /// <returns>The series.</returns>
    public static CubeSeries[] NewSeries() =>
    [
        new(CubeField.Source, CubeField.Outcome), new(CubeField.User, CubeField.Outcome),
        new(CubeField.Path, CubeField.Status), new(CubeField.Template, null), new(CubeField.Host, null),
        new(CubeField.Program, null), new(CubeField.Agent, null), new(CubeField.Country, CubeField.Outcome),
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
        Count(key, ticks, Requests.Take(logEvent));
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

        _noted.Add(key, step, bytes);
        if (Clock.IsFull)
        {
            Join();
        }

        if (_noted.Count >= _mostNoted)
        {
            MakeRoom();
        }
    }

    private void Join()
    {
        int factor = Clock.Join();
        _noted.Join(factor);
        _broad = _broad?.Select(fact => fact with { Step = CubeClock.Joined(fact.Step, factor) });
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
            // So that counting together again is far off.
            _noted.Compact();
            while (_noted.Count > _mostNoted / 2 && TryJoin())
            {
                _noted.Compact();
            }

            if (_noted.Count <= _mostNoted / 2)
            {
                return;
            }

            _broad = new CubeFacts();
            _series = NewSeries();
        }

        Flush();
    }

    private void Flush()
    {
        CountValues();
        Span<int> codes = stackalloc int[CubeKey.Fields];
        foreach (ReadOnlyMemory<CubeFact> block in _noted.Blocks())
        {
            // Steps may be joined meanwhile, which changes what was noted where it stands.
            for (int at = 0; at < block.Length; at++)
            {
                CubeFact fact = block.Span[at];
                fact.Key.Write(codes);
                foreach (CubeSeries series in _series)
                {
                    series.Add(codes, fact.Step, fact.Count);
                }

                _broad!.Add(_fold.Apply(fact.Key, codes), fact.Step, fact.Count, fact.Bytes);
            }

            Shrink();
        }

        _noted.Clear();
    }

    private void CountValues()
    {
        foreach (CubeField field in CubeFold.Fields)
        {
            Counts[(int)field] = Resized(Counts[(int)field], Reader.CountOf(field));
        }

        Span<int> codes = stackalloc int[CubeKey.Fields];
        foreach (ReadOnlyMemory<CubeFact> block in _noted.Blocks())
        {
            foreach (ref readonly CubeFact fact in block.Span)
            {
                fact.Key.Write(codes);
                foreach (CubeField field in CubeFold.Fields)
                {
                    Counts[(int)field][codes[(int)field]] += fact.Count;
                }
            }
        }
    }

    private void Shrink()
    {
        if (_broad!.Count > _mostBroad)
        {
            TryJoin();
        }

        if (_broad.Count > _mostBroad)
        {
            FoldBroad();
        }

        TrimSeries();
    }

    private void FoldBroad()
    {
        while (true)
        {
            if (_fold.KeepMost(_level, Counts))
            {
                _broad = _broad!.Select(fact => fact with { Key = Folded(fact.Key) });
            }

            if (_broad!.Count <= _mostBroad / 2)
            {
                return;
            }

            if (_level == CubeFold.Levels - 1)
            {
                // Nothing is left to fold but time.
                if (_broad.Count > _mostBroad && Clock.Width < TimelineBuilder.Steps.Length - 1)
                {
                    Join();
                    continue;
                }

                return;
            }

            _level = Math.Min(CubeFold.Levels - 1, _level + (_broad.Count > _mostBroad * 3L / 4 ? 3 : 1));
        }
    }

    private CubeKey Folded(CubeKey key)
    {
        Span<int> codes = stackalloc int[CubeKey.Fields];
        key.Write(codes);
        return _fold.Apply(key, codes);
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
