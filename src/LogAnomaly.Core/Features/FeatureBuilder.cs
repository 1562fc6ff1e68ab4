using System.Globalization;
using LogAnomaly.Templates;

namespace LogAnomaly.Features;

/// <summary>
/// Turns events into rows of named numbers. Rows of events are those of <see cref="FeatureEncoder"/>; rows of entities,
/// sessions and windows have counts, shares, rates and entropies (<see cref="EntityFeatures"/> names them), and all
/// have the tf-idf of the terms of <see cref="TermVocabulary"/>. One builder serves one thread and one input.
/// </summary>
public sealed class FeatureBuilder
{
    private const string Other = "(other)";
    private const int MostTerms = 65_536;

    private readonly FeatureOptions _options;
    private readonly TemplateMiner _miner = new();
    private readonly List<LogEvent> _events = [];
    private readonly Dictionary<string, EntityFeatures> _entities = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Number, long Last)> _sessions = new(StringComparer.Ordinal);

    /// <summary>Creates a builder.</summary>
    /// <param name="options">How rows are made, or null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A window, gap, share or maximum holds nothing.</exception>
    public FeatureBuilder(FeatureOptions? options = null)
    {
        _options = options ?? new FeatureOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Window, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.SessionGap, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(_options.Terms);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaximumEntities, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaximumValues, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.TrainingShare, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.TrainingShare, 1);
    }

    /// <summary>Takes one event. Where rows are not events, one without what a row is about is left out.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        LogTemplate template = _miner.Add(logEvent);
        if (_options.By == FeatureGrouping.Event)
        {
            _events.Add(logEvent);
            return;
        }

        if (KeyOf(logEvent) is { } key)
        {
            EntityOf(key).Add(logEvent, template);
        }
    }

    /// <summary>Ends the input.</summary>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The rows: events in the order they came, entities the most frequent first, windows and sessions by
    /// time.</returns>
    public IReadOnlyList<LogFeature> Build(CancellationToken cancellation = default)
    {
        _miner.Complete();
        if (_options.By == FeatureGrouping.Event)
        {
            return BuildEvents(cancellation);
        }

        IEnumerable<LogFeature> rows = BuildEntities();
        return _options.By switch
        {
            FeatureGrouping.Window => [.. rows.OrderBy(row => row.Key, StringComparer.Ordinal)],
            FeatureGrouping.Session =>
                [.. rows.OrderBy(row => row.Start).ThenBy(row => row.Key, StringComparer.Ordinal)],
            _ => [.. rows.OrderByDescending(row => row.Count).ThenBy(row => row.Key, StringComparer.Ordinal)],
        };
    }

    private EntityFeatures EntityOf(string key)
    {
        if (_entities.TryGetValue(key, out EntityFeatures? entity))
        {
            return entity;
        }

        string kept = _entities.Count < _options.MaximumEntities ? key : Other;
        if (!_entities.TryGetValue(kept, out entity))
        {
            entity = new EntityFeatures(kept, _options.By.ToString(), _options.Terms > 0 ? _options.TermSource : null);
            _entities.Add(kept, entity);
        }

        return entity;
    }

    private string? KeyOf(LogEvent logEvent) => _options.By switch
    {
        FeatureGrouping.SourceIP => logEvent.GetValue(LogField.SourceIP) as string,
        FeatureGrouping.UserName => logEvent.GetValue(LogField.UserName) as string,
        FeatureGrouping.HostName => logEvent.HostName,
        FeatureGrouping.Program => (logEvent as ApacheErrorEvent)?.Module ?? logEvent.Program,
        FeatureGrouping.Session => SessionOf(logEvent),
        _ => WindowOf(logEvent.UtcTicks),
    };

    private string? WindowOf(long utcTicks) => utcTicks < 0
        ? null
        : new DateTime(utcTicks - (utcTicks % _options.Window.Ticks), DateTimeKind.Utc)
            .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // What has the same key after a long silence is another session: process ids come again, and so do people.
    private string? SessionOf(LogEvent logEvent)
    {
        if (SessionKey.Of(logEvent) is not { } key)
        {
            return null;
        }

        if (!_sessions.TryGetValue(key, out (int Number, long Last) session))
        {
            if (_sessions.Count >= _options.MaximumEntities)
            {
                return Other;
            }

            session = (1, logEvent.UtcTicks);
        }

        bool isNext = session.Last >= 0 && logEvent.UtcTicks - session.Last > _options.SessionGap.Ticks;
        session = (isNext ? session.Number + 1 : session.Number, Math.Max(logEvent.UtcTicks, session.Last));
        _sessions[key] = session;
        return session.Number == 1 ? key : string.Create(CultureInfo.InvariantCulture, $"{key} #{session.Number}");
    }

    private List<LogFeature> BuildEntities()
    {
        List<(EntityFeatures Entity, LogFeature Row, Dictionary<string, double> Values)> rows = [];
        foreach (EntityFeatures entity in _entities.Values)
        {
            (LogFeature row, Dictionary<string, double> values) = entity.ToFeature();
            rows.Add((entity, row, values));
        }

        if (_options.Terms > 0)
        {
            AddTerms(rows, [.. FeatureSplit.Of(rows, row => row.Row.Start, _options.TrainingShare).Training
                .Select(row => row.Entity.ToTerms())]);
        }

        return [.. rows.Select(row => row.Row)];
    }

    private void AddTerms(
        List<(EntityFeatures Entity, LogFeature Row, Dictionary<string, double> Values)> rows,
        IReadOnlyList<IReadOnlyDictionary<string, long>> training)
    {
        Dictionary<string, long> rowsWith = new(StringComparer.Ordinal);
        foreach (string term in training.SelectMany(terms => terms.Keys))
        {
            if (rowsWith.Count < MostTerms || rowsWith.ContainsKey(term))
            {
                rowsWith[term] = rowsWith.GetValueOrDefault(term) + 1;
            }
        }

        TermVocabulary vocabulary = TermVocabulary.Choose(rowsWith, training.Count, _options.Terms);
        float[] weights = new float[vocabulary.Terms.Count];
        foreach ((EntityFeatures entity, LogFeature _, Dictionary<string, double> values) in rows)
        {
            Array.Clear(weights);
            vocabulary.Fill(entity.ToTerms(), weights);
            for (int place = 0; place < weights.Length; place++)
            {
                values.Add(FeatureEncoder.TermColumn(vocabulary.Terms[place]), weights[place]);
            }
        }
    }

    private LogFeature[] BuildEvents(CancellationToken cancellation)
    {
        IReadOnlyList<LogEvent> training =
            FeatureSplit.Of(_events, logEvent => logEvent.Timestamp, _options.TrainingShare).Training;
        FeatureEncoder encoder = FeatureEncoder.Fit(training, _options);
        LogFeature[] rows = new LogFeature[_events.Count];
        foreach (IGrouping<LogKind, int> group in Enumerable.Range(0, _events.Count)
            .GroupBy(index => _events[index].Kind))
        {
            int[] indexes = [.. group];
            FeatureMatrix matrix = encoder.Encode(
                group.Key, Array.ConvertAll(indexes, index => _events[index]), cancellation);
            for (int row = 0; row < indexes.Length; row++)
            {
                rows[indexes[row]] = ToFeature(_events[indexes[row]], matrix.Names, matrix.Row(row));
            }
        }

        return rows;
    }

    private static LogFeature ToFeature(LogEvent logEvent, IReadOnlyList<string> names, ReadOnlySpan<float> numbers)
    {
        Dictionary<string, double> values = new(numbers.Length, StringComparer.Ordinal);
        for (int column = 0; column < numbers.Length; column++)
        {
            values.Add(names[column], numbers[column]);
        }

        string key = string.Create(CultureInfo.InvariantCulture, $"{logEvent.Path}:{logEvent.LineNumber}");
        return new LogFeature(key, nameof(FeatureGrouping.Event), logEvent.Timestamp, logEvent.Timestamp, 1, values);
    }
}
