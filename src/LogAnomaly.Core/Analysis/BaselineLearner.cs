using LogAnomaly.Templates;

namespace LogAnomaly.Analysis;

/// <summary>
/// Learns from events what is normal, and makes a baseline of it. One learner serves one thread and one run.
/// </summary>
public sealed class BaselineLearner
{
    private const int MostHosts = 10_000;

    private readonly BaselineOptions _options;
    private readonly TemplateMiner _miner;
    private readonly IReadOnlyList<IBaselinePart> _parts;
    private readonly ProfilePart? _sinceProfile;
    private readonly TemplatesPart? _sinceTemplates;
    private readonly SortedSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _kinds = new(StringComparer.Ordinal);
    private readonly RuleRun? _rules;
    private string? _lastHost;
    private long _end = long.MaxValue;
    private long _from = -1;
    private long _to = -1;

    /// <summary>Creates a learner.</summary>
    /// <param name="options">How to learn, or null for the defaults.</param>
    /// <exception cref="InvalidDataException">The baseline to go on from cannot be read.</exception>
    public BaselineLearner(BaselineOptions? options = null)
    {
        _options = options ?? new BaselineOptions();
        _miner = new TemplateMiner(_options.MaximumTemplates);
        _parts = _options.Previous?.Restore() ?? BaselineParts.Create();
        _rules = _options.Rules is { } rules ? new RuleRun(rules) : null;
        if (_options.Previous is not null)
        {
            _sinceProfile = new ProfilePart();
            _sinceTemplates = new TemplatesPart();
        }
    }

    /// <summary>Events that were learned from.</summary>
    public long Learned { get; private set; }

    /// <summary>Events that came after the end of the learning period and were left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Learns from an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>Whether it lies in the learning period; what does not is left out.</returns>
    public bool Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        long ticks = logEvent.UtcTicks;
        if (ticks >= _end)
        {
            LeftOut++;
            return false;
        }

        if (ticks >= 0 && _from < 0 && _options.LearningPeriod is { } period)
        {
            _end = ticks + period.Ticks;
        }

        _from = ticks >= 0 && (_from < 0 || ticks < _from) ? ticks : _from;
        _to = Math.Max(_to, ticks);
        Learned++;
        Count(logEvent);
        _miner.Add(logEvent);
        _rules?.Add(logEvent);
        foreach (IBaselinePart part in _parts)
        {
            part.Learn(logEvent);
        }

        _sinceProfile?.Learn(logEvent);
        _sinceTemplates?.Learn(logEvent);
        return true;
    }

    /// <summary>Ends the learning.</summary>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The baseline; it is not signed.</returns>
    public LogBaseline Complete(CancellationToken cancellation = default)
    {
        _miner.Complete();
        foreach (IBaselinePart part in _parts)
        {
            part.EndLearning(cancellation);
        }

        CountAlerts();

        List<LogDifference> drift = Drift(cancellation);
        BaselineHeader header = new(
            _options.Name ?? _options.Previous?.Name ?? "baseline",
            _options.Created ?? DateTimeOffset.UtcNow,
            _from,
            _to,
            _hosts,
            _kinds,
            _options.TimeZone);
        IReadOnlyList<LogBaseline> previous = _options.Previous is { } old ? [old] : [];
        if (previous.Count > 0)
        {
            LogBaseline since = header.ToBaseline([]);
            header = BaselineHeader.Of([since, .. previous]) with { Name = header.Name, Created = header.Created };
        }

        if (_options.MaximumAge is { } age && header.To >= 0)
        {
            drift.AddRange(Age(header.To - age.Ticks));
        }

        return header.ToBaseline(BaselineFile.ContentOf(_parts, previous), drift);
    }

    // What would have been reported while it learned, had somebody looked.
    private void CountAlerts()
    {
        BehavioursPart behaviours = _parts.OfType<BehavioursPart>().Single();
        IEnumerable<double> scores = behaviours.Set.TakeFindings().Select(finding => behaviours.ScoreOf(finding))
            .Where(score => score >= Detection.Score.Reported);
        if (_rules is not null)
        {
            scores = scores.Concat(_rules.Complete().Select(finding => RuleAnomaly.Of(finding, null).Score));
        }

        _parts.OfType<AlertsPart>().Single().History
            .Add([.. scores], _from < 0 ? 0 : new TimeSpan(_to - _from).TotalDays);
    }

    private void Count(LogEvent logEvent)
    {
        string kind = logEvent.Kind.ToString();
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        if (logEvent.HostName is { } host && !ReferenceEquals(host, _lastHost) && _hosts.Count < MostHosts)
        {
            _hosts.Add(host);
            _lastHost = host;
        }
    }

    // Against what was learned since and not against the sum of both, in which the old would hide the new.
    private List<LogDifference> Drift(CancellationToken cancellation)
    {
        if (_options.Previous is not { } previous || Learned == 0)
        {
            return [];
        }

        LogComparison comparison = new(new ComparisonOptions());
        comparison.IncludeReference(previous);
        comparison.IncludeDifference(_sinceProfile!, _sinceTemplates!);
        return [.. comparison.Complete(cancellation)];
    }

    private List<LogDifference> Age(long utcTicks)
    {
        Dictionary<string, SortedDictionary<string, ProfileEntry>> before = Known();
        foreach (IBaselinePart part in _parts)
        {
            part.Forget(utcTicks);
        }

        Dictionary<string, SortedDictionary<string, ProfileEntry>> after = Known();
        List<LogDifference> forgotten = [];
        foreach ((string field, SortedDictionary<string, ProfileEntry> entries) in before)
        {
            forgotten.AddRange(entries.Where(pair => !after[field].ContainsKey(pair.Key))
                .Select(pair => DifferenceText.Age(field, pair.Key, pair.Value)));
        }

        return forgotten;
    }

    private Dictionary<string, SortedDictionary<string, ProfileEntry>> Known() =>
        _parts.OfType<ProfilePart>().Single().ToProfile(_parts.OfType<TemplatesPart>().Single())
            .Fields.ToDictionary(field => field.Key, field => field.Value.Entries, StringComparer.Ordinal);
}
