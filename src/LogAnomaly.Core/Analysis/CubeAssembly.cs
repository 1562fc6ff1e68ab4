namespace LogAnomaly.Analysis;

/// <summary>
/// Makes the cube that is told of what was counted: chooses the steps, folds what does not fit, and gives the codes
/// anew.
/// </summary>
internal sealed class CubeAssembly
{
    // Below so many steps a timeline shows too little, and values are folded instead.
    private const int LeastSteps = 90;

    // The level of folding is guessed by one of so many steps; then there may be so many times the rows for a while.
    private const int SampledStep = 8;
    private const int BaseShare = 3;

    private readonly CubeBuilder _builder;
    private readonly CubeOptions _options;
    private readonly CubeCodes _codes;
    private readonly CubeNamed _named;
    private readonly int[] _templates;
    private readonly CubeView _view;
    private readonly long[][] _present;
    private readonly long[][] _counts;
    private readonly CubeFacts? _whole;
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
        _view = new CubeView(builder, countries, _templates);
        _codes = new CubeCodes(builder.Reader, countries);
        long[][] present = [];
        CubeFacts? whole = null;

        // Neither needs what the other finds.
        Parallel.Invoke(
            () => present = Present(),
            () =>
            {
                _window = CubeWindow.Of(_view.Blocks(), _builder.Clock.Width);
                whole = FitTime();
            });
        _present = present;
        _whole = whole;
        _counts = CountsOf();
    }

    /// <summary>Makes the cube.</summary>
    /// <returns>The cube.</returns>
    public LogCube Build()
    {
        // Where values were folded while events came, one may be left in part: of a template that is told under another
        // by now.
        bool isFolded = _builder.IsFolded || _whole is null;
        CubeFacts rows = isFolded ? Fold() : _whole!;
        List<CubeRows> tables = [CubeRows.Of(rows, _codes.Fields, _builder.Requests.HasBytes)];
        if (isFolded)
        {
            tables.AddRange(
                new CubeFurther(_builder, _options, _named, _counts, _templates, _window).Tables(_view, rows));
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
            Start = hasTime
                ? IntervalTally.MomentOf(_builder.Clock.Base + (_window.First * width), _builder.Offset)
                : null,
            Step = hasTime ? new TimeSpan(width) : TimeSpan.Zero,
            Steps = _window.Steps,
            Dimensions = _codes.Dimensions(),
            Tables = [.. tables.Select(_codes.Told)],
            Lines = [.. _builder.Lines.Select(LineOf)],
            Sources = sources.ToList(),
            Slowest = _builder.Requests.Slowest.ToList(),
            Largest = _builder.Requests.Largest.ToList(),
        };
    }

    private CubeLine LineOf(CubeSample sample) => new(
        sample.Path,
        sample.LineNumber,
        sample.Ticks < 0 ? null : IntervalTally.MomentOf(sample.Ticks, _builder.Offset),
        _codes.Told(sample.Key.With(CubeField.Template, _templates[sample.Key[CubeField.Template]])),
        sample.Raw,
        sample.Cut);

    // Counts of values as far as they are still broken down.
    private long[][] Present()
    {
        long[][] counts = new long[CubeKey.Fields][];
        for (int field = 0; field < counts.Length; field++)
        {
            counts[field] = new long[_codes.CountOf((CubeField)field)];
        }

        Span<int> codes = stackalloc int[CubeKey.Fields];
        foreach (ReadOnlyMemory<CubeFact> block in _view.Blocks())
        {
            foreach (ref readonly CubeFact fact in block.Span)
            {
                _view.KeyOf(fact).Write(codes);
                for (int field = 0; field < counts.Length; field++)
                {
                    counts[field][codes[field]] += fact.Count;
                }
            }
        }

        return counts;
    }

    // Counts of values: of the events that came, folded or not.
    private long[][] CountsOf()
    {
        if (!_builder.IsFolded)
        {
            return _present;
        }

        long[][] counts = [.. _present];
        foreach (CubeField field in CubeFold.Fields)
        {
            if (_builder.Counts[(int)field] is { Length: > 0 } known)
            {
                long[] whole = new long[_present[(int)field].Length];
                for (int code = 0; code < Math.Min(whole.Length, known.Length); code++)
                {
                    whole[field == CubeField.Template ? _templates[code] : code] += known[code];
                }

                counts[(int)field] = whole;
            }
        }

        return counts;
    }

    // Null where they are too many in all steps that are not too wide.
    private CubeFacts? FitTime()
    {
        CubeFacts? rows;
        while ((rows = _view.Collect(_window, null, _options.MaximumRows)) is null
            && _window.Width < TimelineBuilder.Steps.Length - 1
            && _window.Wider() is { Steps: >= LeastSteps } wider)
        {
            _window = wider;
        }

        return rows;
    }

    private CubeFacts Fold()
    {
        CubeRanks ranks = new(_present, _counts, _named.Codes);
        int level = LevelOf(ranks);
        CubeFacts? rows = null;
        while ((rows = Rows(ranks, level)) is null && level < CubeRanks.Levels - 1)
        {
            level = Math.Min(CubeRanks.Levels - 1, level + 2);
        }

        while (rows is not null && rows.Count > _options.MaximumRows)
        {
            rows = level < CubeRanks.Levels - 1 ? Folded(rows, ranks, ++level, int.MaxValue) : null;
        }

        while (rows is null)
        {
            // Nothing is left to fold but time.
            int most = _window.Width < TimelineBuilder.Steps.Length - 1 ? _options.MaximumRows : int.MaxValue;
            ranks.Use(CubeRanks.Levels - 1);
            rows = _view.Collect(_window, ranks, most);
            _window = rows is null ? _window.Wider() : _window;
        }

        return rows;
    }

    // The last level at which the rows are more than may be, as far as some of the steps tell.
    private int LevelOf(CubeRanks ranks)
    {
        int part = _window.Steps >= LeastSteps ? SampledStep : 1;
        CubeFacts sample = _view.Collect(_window, null, int.MaxValue, part)!;
        int low = 0;
        int high = CubeRanks.Levels - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Folded(sample, ranks, middle, _options.MaximumRows / part) is null)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Max(0, low - 1);
    }

    // The rows at a level, if they are not too many to go on with.
    private CubeFacts? Rows(CubeRanks ranks, int level)
    {
        ranks.Use(level);
        CubeFacts?[] halves = new CubeFacts?[2];
        Parallel.For(0, halves.Length, half => halves[half] =
            _view.Collect(_window, ranks, _options.MaximumRows * BaseShare / halves.Length, halves.Length, half));
        if (halves is not [{ } rows, { } others])
        {
            return null;
        }

        foreach (ref readonly CubeFact row in others.All)
        {
            rows.Add(row.Key, row.Step, row.Count, row.Bytes);
        }

        return rows;
    }

    private static CubeFacts? Folded(CubeFacts rows, CubeRanks ranks, int level, int most)
    {
        ranks.Use(level);
        CubeFacts folded = new();
        foreach (ref readonly CubeFact row in rows.All)
        {
            folded.Add(ranks.Apply(row.Key), row.Step, row.Count, row.Bytes);
            if (folded.Count > most)
            {
                return null;
            }
        }

        return folded;
    }
}
