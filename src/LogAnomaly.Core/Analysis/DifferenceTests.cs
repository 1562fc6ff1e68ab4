namespace LogAnomaly.Analysis;

/// <summary>
/// The tests of a comparison: it makes a row of each, and keeps those that stand when all are judged together.
/// </summary>
internal sealed class DifferenceTests
{
    // What rests on few events is judged apart from what rests on many: else the many tests of the one would drown the
    // other.
    private const double FewEvents = 16;
    private const int LeastWindows = 8;
    private const double Groups = 2;
    private const double MostRates = 0.55;

    private readonly TrafficProfile _reference;
    private readonly TrafficProfile _difference;
    private readonly ComparisonOptions _options;
    private readonly double _share;
    private readonly double _degrees;
    private readonly bool _isTimed;
    private readonly List<LogDifference> _rows = [];
    private readonly List<LogDifference> _single = [];

    /// <summary>Creates the tests.</summary>
    /// <param name="reference">The reference; it holds events.</param>
    /// <param name="difference">What is compared with it; it holds events.</param>
    /// <param name="options">How to compare.</param>
    public DifferenceTests(TrafficProfile reference, TrafficProfile difference, ComparisonOptions options)
    {
        _reference = reference;
        _difference = difference;
        _options = options;
        _isTimed = reference.Seconds > 0 && difference.Seconds > 0;
        double first = _isTimed ? reference.Seconds : reference.Total.Count;
        double second = _isTimed ? difference.Seconds : difference.Total.Count;
        _share = second / (first + second);

        // Dispersions are told by windows of up to four; halfway between is taken for their number.
        int windows = (reference.Windows >= LeastWindows ? reference.Windows : 0)
            + (difference.Windows >= LeastWindows ? difference.Windows : 0);
        _degrees = Math.Max((windows / 2) - 2, 0);
    }

    /// <summary>Tests that were made.</summary>
    public int Count { get; private set; }

    /// <summary>Values of one side alone that may be chance.</summary>
    public int Uncertain { get; private set; }

    /// <summary>Makes all tests.</summary>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The differences that stand, in no order.</returns>
    public List<LogDifference> Run(CancellationToken cancellation)
    {
        if (_isTimed)
        {
            AddRate("Events", "(all)", _reference.Total, _difference.Total);
        }

        List<OneSidedField> fields = [];
        foreach ((string name, ProfileField field) in _reference.Fields)
        {
            cancellation.ThrowIfCancellationRequested();
            fields.Add(TestField(name, field, _difference.Fields[name]));
        }

        TestMixes();
        TestLatency();
        double level = _options.FalseDiscoveryRate / Groups;
        List<LogDifference> few = [.. _rows.Where(row => row.Weight <= FewEvents)];
        List<LogDifference> many =
        [
            .. _rows.Where(row => row.Weight > FewEvents),
            .. fields.Select(field => field.Group).OfType<LogDifference>(),
        ];
        Count = few.Count + many.Count;
        HashSet<LogDifference> standing = new(ReferenceEqualityComparer.Instance);
        standing.UnionWith(FalseDiscovery.Keep(few, level));
        standing.UnionWith(FalseDiscovery.Keep(many, level));
        List<LogDifference> found = [.. _rows.Where(row => standing.Contains(row) && IsWorthTelling(row))];
        foreach (OneSidedField field in fields)
        {
            if (field.Group is { } group && standing.Contains(group))
            {
                found.AddRange(field.Rows.Where(row => !standing.Contains(row))
                    .Select(row => row with { Probability = group.Probability }));
                standing.UnionWith(field.Rows);
            }
        }

        AddUncertain(found, standing);
        return WithoutCommonShift(found);
    }

    private OneSidedField TestField(string name, ProfileField reference, ProfileField difference)
    {
        OneSidedField field = new(name, _share, _reference.Windows, _difference.Windows);
        foreach (string value in reference.Entries.Keys.Union(difference.Entries.Keys))
        {
            ProfileEntry? first = reference.Entries.GetValueOrDefault(value);
            ProfileEntry? second = difference.Entries.GetValueOrDefault(value);

            // What was not kept apart may have been there.
            if ((first is null && reference.IsCut) || (second is null && difference.IsCut))
            {
                continue;
            }

            LogDifference row = AddRate(name, value, first, second);
            if (first is null || second is null)
            {
                field.Add(row, first ?? second!);
                _single.Add(row);
            }
        }

        field.Test();
        return field;
    }

    private LogDifference AddRate(string field, string value, ProfileEntry? first, ProfileEntry? second)
    {
        double a = first?.Count ?? 0;
        double b = second?.Count ?? 0;
        double dispersion = ProfileEntry.Sum(first, second ?? new ProfileEntry(0, -1, -1, 1)).Dispersion;
        RateTest test = RateTest.Of(a, b, Math.Max(dispersion, 1), _share, _degrees);
        double firstUnit = _isTimed ? 3600 / _reference.Seconds : 1;
        double secondUnit = _isTimed ? 3600 / _difference.Seconds : 1;
        double ratio = b / a * (1 - _share) / _share;
        LogDifference row = DifferenceText.Rate(new LogDifference
        {
            Kind = DifferenceText.KindOf(field, a, b),
            Field = field,
            Value = value,
            Reference = ProfileEntry.Rounded(a * firstUnit),
            Difference = ProfileEntry.Rounded(b * secondUnit),
            Unit = _isTimed ? "per hour" : "events",
            ReferenceCount = (long)a,
            DifferenceCount = (long)b,
            Ratio = ratio,
            Low = test.Low,
            High = test.High,
            Probability = test.Probability,
            Weight = test.Weight,
            Importance = Importance(test.Probability, ratio),
        });

        // What no split of so few events could make significant is no test (Tarone, Biometrics 46, 1990).
        if (test.Least <= _options.FalseDiscoveryRate / Groups)
        {
            _rows.Add(row);
        }

        return row;
    }

    private void TestMixes()
    {
        foreach ((string name, SortedDictionary<string, ProfileEntry> entries) in _reference.Mixes)
        {
            if (MixTest.Of(entries, _difference.Mixes[name], _degrees) is { } test)
            {
                double ratio = test.Difference / test.Reference;
                _rows.Add(DifferenceText.Mix(test.Effect, new LogDifference
                {
                    Kind = LogDifferenceKind.Mix,
                    Field = name,
                    Value = test.Value,
                    Reference = ProfileEntry.Rounded(test.Reference),
                    Difference = ProfileEntry.Rounded(test.Difference),
                    Unit = "share",
                    ReferenceCount = entries.Values.Sum(entry => entry.Count),
                    DifferenceCount = _difference.Mixes[name].Values.Sum(entry => entry.Count),
                    Ratio = ratio,
                    Probability = test.Probability,
                    Importance = test.Effect >= _options.MinimumEffect ? Importance(test.Probability, ratio) : -1,
                }));
            }
        }
    }

    private void TestLatency()
    {
        foreach (LatencyTest test in LatencyTest.Of(_reference.Latency, _difference.Latency, _degrees))
        {
            double ratio = test.Difference / test.Reference;
            _rows.Add(DifferenceText.Latency(new LogDifference
            {
                Kind = LogDifferenceKind.Latency,
                Field = nameof(LogField.DurationMs),
                Value = test.Name,
                Reference = ProfileEntry.Rounded(test.Reference),
                Difference = ProfileEntry.Rounded(test.Difference),
                Unit = "ms",
                ReferenceCount = _reference.Latency.Count,
                DifferenceCount = _difference.Latency.Count,
                Ratio = ratio,
                Low = test.Low,
                High = test.High,
                Probability = test.Probability,
                Importance = Importance(test.Probability, ratio),
            }));
        }
    }

    private bool IsWorthTelling(LogDifference row)
    {
        double least = row.Kind == LogDifferenceKind.Latency ? _options.MinimumLatencyRatio : _options.MinimumRatio;
        return row.Kind == LogDifferenceKind.Mix ? row.Importance >= 0 : row.Ratio >= least || row.Ratio <= 1 / least;
    }

    private void AddUncertain(List<LogDifference> found, HashSet<LogDifference> standing)
    {
        LogDifference[] uncertain = [.. _single.Where(row => !standing.Contains(row))];
        Uncertain = uncertain.Length;
        if (_options.IncludesUncertain)
        {
            found.AddRange(uncertain.Select(row => row with { IsCertain = false }));
        }
    }

    // Where all came twice as often, each template did so too; that is told once.
    private static List<LogDifference> WithoutCommonShift(List<LogDifference> found)
    {
        LogDifference? all = found.Find(row => row.Field == "Events");
        LogDifference[] rates = [.. found.Where(row => row.Kind == LogDifferenceKind.Rate && row.Field != "Events")];
        if (all is null || rates.Length == 0)
        {
            return found;
        }

        HashSet<LogDifference> common = new(
            rates.Where(row => row.Low <= all.Ratio && all.Ratio <= row.High), ReferenceEqualityComparer.Instance);
        return common.Count > rates.Length * MostRates ? [.. found.Where(row => !common.Contains(row))] : found;
    }

    private static double Importance(double probability, double ratio)
    {
        double decades = Math.Min(-Math.Log10(Math.Max(probability, 1e-15)), 15);
        double doublings = ratio is > 0 and < double.PositiveInfinity ? Math.Min(Math.Abs(Math.Log2(ratio)), 6) : 6;
        return decades * (1 + doublings);
    }
}
