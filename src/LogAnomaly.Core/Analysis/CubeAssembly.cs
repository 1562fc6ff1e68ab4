namespace LogAnomaly.Analysis;

/// <summary>Makes the cube that is told of what was counted: chooses the steps, folds what does not fit, and gives the codes anew.</summary>
internal sealed class CubeAssembly
{
    // Below so many steps a timeline shows too little, and values are folded instead.
    private const int LeastSteps = 90;

    private readonly CubeBuilder _builder;
    private readonly CubeOptions _options;
    private readonly CubeCodes _codes;
    private readonly CubeNamed _named;
    private readonly int[] _templates;
    private readonly CubeFacts _all;
    private readonly long[][] _counts;
    private CubeWindow _window;

    /// <summary>Takes what was counted.</summary>
    /// <param name="builder">The counts.</param>
    /// <param name="anomalies">What anomalies name is broken down first.</param>
    /// <param name="options">How to tell the counts.</param>
    public CubeAssembly(CubeBuilder builder, IReadOnlyList<Anomaly> anomalies, CubeOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaximumRows, 1, nameof(options));
        _builder = builder;
        _options = options;
        _templates = builder.Reader.Templates.Merge();
        _named = new CubeNamed(builder.Reader, _templates, anomalies);
        CubeCountries countries = new(builder, options.CountryOf);
        _all = builder.Facts.Select(fact => fact with
        {
            Key = countries.Apply(fact.Key.With(CubeField.Template, _templates[fact.Key[CubeField.Template]])),
        });
        _codes = new CubeCodes(builder.Reader, countries);
        _counts = CountsOf();
    }

    /// <summary>Makes the cube.</summary>
    /// <returns>The cube.</returns>
    public LogCube Build()
    {
        _window = CubeWindow.Of(_all, _builder.Clock.Width);
        CubeFacts rows = FitTime();
        bool isFolded = _builder.IsFolded;
        if (rows.Count > _options.MaximumRows)
        {
            isFolded = true;
            rows = Fold(rows);
        }

        List<CubeRows> tables = [CubeRows.Of(rows, _codes.Fields, _builder.HasBytes)];
        if (isFolded)
        {
            tables.AddRange(new CubeFurther(_builder, _options, _named, _counts, _templates, _window).Tables(_all, rows));
        }

        foreach (CubeRows table in tables)
        {
            _codes.Use(table);
        }

        _codes.Number(_counts);
        bool hasTime = _window.Steps > 0;
        long width = TimelineBuilder.Steps[_window.Width];
        CubeSourceList sources = new(_builder, _codes, _named, _counts[(int)CubeField.Source]);
        return new LogCube
        {
            Start = hasTime ? IntervalTally.MomentOf(_builder.Clock.Base + (_window.First * width), _builder.Offset) : null,
            Step = hasTime ? new TimeSpan(width) : TimeSpan.Zero,
            Steps = _window.Steps,
            Dimensions = _codes.Dimensions(),
            Tables = [.. tables.Select(_codes.Told)],
            Lines = [.. _builder.Lines.Select(LineOf)],
            Sources = sources.ToList(),
            Slowest = _builder.Slowest.ToList(),
            Largest = _builder.Largest.ToList(),
        };
    }

    private CubeLine LineOf(CubeSample sample) => new(
        sample.Path,
        sample.LineNumber,
        sample.Ticks < 0 ? null : IntervalTally.MomentOf(sample.Ticks, _builder.Offset),
        _codes.Told(sample.Key.With(CubeField.Template, _templates[sample.Key[CubeField.Template]])),
        sample.Raw,
        sample.Cut);

    // Counts of values: of the events that came, folded or not.
    private long[][] CountsOf()
    {
        long[][] counts = new long[CubeKey.Fields][];
        for (int field = 0; field < counts.Length; field++)
        {
            counts[field] = new long[_codes.CountOf((CubeField)field)];
            if (_builder.IsFolded && _builder.Counts[field] is { Length: > 0 } known)
            {
                for (int code = 0; code < Math.Min(counts[field].Length, known.Length); code++)
                {
                    counts[field][field == (int)CubeField.Template ? _templates[code] : code] += known[code];
                }

                continue;
            }

            foreach (ref readonly CubeFact fact in _all.All)
            {
                counts[field][fact.Key[(CubeField)field]] += fact.Count;
            }
        }

        return counts;
    }

    private CubeFacts FitTime()
    {
        CubeFacts rows = InWindow(_all);
        while (rows.Count > _options.MaximumRows && _window.Width < TimelineBuilder.Steps.Length - 1)
        {
            CubeWindow wider = _window.Wider();
            if (wider.Steps < LeastSteps)
            {
                break;
            }

            _window = wider;
            rows = InWindow(_all);
        }

        return rows;
    }

    private CubeFacts InWindow(CubeFacts facts)
    {
        CubeWindow window = _window;
        return facts.Select(fact => fact with { Step = window.PlaceOf(fact.Step) });
    }

    private CubeFacts Fold(CubeFacts rows)
    {
        int low = 0;
        int high = CubeFold.Levels - 1;
        CubeFacts? best = null;
        while (low < high)
        {
            int middle = (low + high) / 2;
            CubeFacts folded = Folded(rows, middle);
            if (folded.Count <= _options.MaximumRows)
            {
                best = folded;
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        // The best that fitted was that of the level at which the search ended, unless only the last level is left.
        CubeFacts last = high == CubeFold.Levels - 1 || best is null ? Folded(rows, high) : best;
        while (last.Count > _options.MaximumRows && _window.Width < TimelineBuilder.Steps.Length - 1)
        {
            _window = _window.Wider();
            last = Folded(InWindow(_all), CubeFold.Levels - 1);
        }

        return last;
    }

    private CubeFacts Folded(CubeFacts rows, int level)
    {
        CubeFold fold = new();
        fold.KeepMost(level, _counts, _named.Codes);
        return rows.Select(fact => fact with { Key = fold.Apply(fact.Key) });
    }
}
