using LogAnomaly.Templates;

namespace LogAnomaly.Analysis;

/// <summary>
/// Compares a log with a reference, such as the time after a deploy with the time before: what is new and gone, which
/// rates, mixes and latencies moved. Either side may be events, baselines or both. Events are counted as they come and
/// not kept. All differences are tested together, so that of those that are given at most one in twenty is expected to
/// be chance (Benjamini and Hochberg, 1995).
/// </summary>
public sealed class LogComparison
{
    private readonly ComparisonOptions _options;
    private readonly TemplateMiner _miner;
    private readonly Side _reference = new();
    private readonly Side _difference = new();

    /// <summary>Creates a comparison.</summary>
    /// <param name="options">How to compare, or null for the defaults.</param>
    public LogComparison(ComparisonOptions? options = null)
    {
        _options = options ?? new ComparisonOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.FalseDiscoveryRate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_options.FalseDiscoveryRate, 1);
        _miner = new TemplateMiner(_options.MaximumTemplates);
    }

    /// <summary>Differences that were tested.</summary>
    public int Tests { get; private set; }

    /// <summary>
    /// Templates and values that one side alone has, too seldom to be told from chance; they are given where asked for.
    /// </summary>
    public int Uncertain { get; private set; }

    /// <summary>Events of the reference.</summary>
    public long ReferenceEvents { get; private set; }

    /// <summary>Events of the log that is compared with it.</summary>
    public long DifferenceEvents { get; private set; }

    /// <summary>Takes an event of the reference.</summary>
    /// <param name="logEvent">The event.</param>
    public void AddReference(LogEvent logEvent) => Add(_reference, logEvent);

    /// <summary>Takes an event of the log that is compared with the reference.</summary>
    /// <param name="logEvent">The event.</param>
    public void AddDifference(LogEvent logEvent) => Add(_difference, logEvent);

    /// <summary>Takes a baseline as the reference or a part of it.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <exception cref="InvalidDataException">A part of it cannot be read.</exception>
    public void IncludeReference(LogBaseline baseline) => Include(_reference, baseline);

    /// <summary>Takes a baseline as what is compared with the reference, or a part of it.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <exception cref="InvalidDataException">A part of it cannot be read.</exception>
    public void IncludeDifference(LogBaseline baseline) => Include(_difference, baseline);

    /// <summary>Takes parts that have learned as what is compared with the reference.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="templates">The templates.</param>
    internal void IncludeDifference(ProfilePart profile, TemplatesPart templates)
    {
        _difference.Profile = profile;
        _difference.Templates = templates;
    }

    /// <summary>Ends the input and compares.</summary>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The differences, the most important first; none where the two are alike or one is empty.</returns>
    public IReadOnlyList<LogDifference> Complete(CancellationToken cancellation = default)
    {
        TrafficProfile reference = _reference.Profile.ToProfile(_reference.Templates);
        TrafficProfile difference = _difference.Profile.ToProfile(_difference.Templates);
        ReferenceEvents = reference.Total.Count;
        DifferenceEvents = difference.Total.Count;
        if (ReferenceEvents == 0 || DifferenceEvents == 0)
        {
            return [];
        }

        (reference, difference) = Widen(reference, difference);
        DifferenceTests tests = new(reference, difference, _options);
        List<LogDifference> found = tests.Run(cancellation);
        Tests = tests.Count;
        Uncertain = tests.Uncertain;
        Dictionary<string, string> examples = _reference.Templates.Examples();
        foreach ((string text, string line) in _difference.Templates.Examples())
        {
            examples[text] = line;
        }

        return
        [
            .. found
                .Select(row => row.Field == nameof(LogField.Template)
                    ? row with { Example = examples.GetValueOrDefault(row.Value) }
                    : row)
                .OrderByDescending(row => row.IsCertain)
                .ThenByDescending(row => row.Importance)
                .ThenBy(row => row.Kind)
                .ThenBy(row => row.Field, StringComparer.Ordinal)
                .ThenBy(row => row.Value, StringComparer.Ordinal),
        ];
    }

    private static void Include(Side side, LogBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        baseline.IncludeIn([side.Profile, side.Templates]);
    }

    // One miner for both sides, so that a word that becomes variable on one side is variable on the other.
    private void Add(Side side, LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        _miner.Add(logEvent);
        side.Profile.Learn(logEvent);
        side.Templates.Learn(logEvent);
    }

    private static (TrafficProfile Reference, TrafficProfile Difference) Widen(
        TrafficProfile reference, TrafficProfile difference)
    {
        const string Field = nameof(LogField.Template);
        Dictionary<string, string> wider = TemplateWidening.Of(
            reference.Fields[Field].Entries.Keys.Concat(difference.Fields[Field].Entries.Keys));
        return (Fold(reference), Fold(difference));

        TrafficProfile Fold(TrafficProfile profile)
        {
            Dictionary<string, ProfileField> fields = new(profile.Fields, StringComparer.Ordinal);
            fields[Field] = fields[Field] with { Entries = TemplateWidening.Fold(fields[Field].Entries, wider) };
            return profile with { Fields = fields };
        }
    }

    private sealed class Side
    {
        public ProfilePart Profile { get; set; } = new();

        public TemplatesPart Templates { get; set; } = new();
    }
}
