using System.Globalization;
using LogAnomaly.Templates;

namespace LogAnomaly.Features;

/// <summary>
/// Turns events into rows of named numbers. Rows of events have the features that the detectors read, and where the event has a time
/// its hour of day and day of week as points on a circle. Rows of entities and windows have counts, shares and rates
/// (<see cref="EntityFeatures"/> names them). One builder serves one thread and one input.
/// </summary>
public sealed class FeatureBuilder
{
    private readonly FeatureOptions _options;
    private readonly TemplateMiner _miner = new();
    private readonly List<LogEvent> _events = [];
    private readonly Dictionary<string, EntityFeatures> _entities = new(StringComparer.Ordinal);

    /// <summary>Creates a builder.</summary>
    /// <param name="options">How rows are made, or null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is not longer than nothing.</exception>
    public FeatureBuilder(FeatureOptions? options = null)
    {
        _options = options ?? new FeatureOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Window, TimeSpan.Zero);
    }

    /// <summary>Takes one event. Where rows are entities or windows, an event without that entity or without a time is left out.</summary>
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

        if (KeyOf(logEvent) is not { } key)
        {
            return;
        }

        if (!_entities.TryGetValue(key, out EntityFeatures? entity))
        {
            entity = new EntityFeatures(key, _options.By.ToString());
            _entities.Add(key, entity);
        }

        entity.Add(logEvent, template);
    }

    /// <summary>Ends the input.</summary>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The rows: events in the order they came, entities the most frequent first, windows by time.</returns>
    public IReadOnlyList<LogFeature> Build(CancellationToken cancellation = default)
    {
        _miner.Complete();
        return BuildRows(cancellation);
    }

    private List<LogFeature> BuildRows(CancellationToken cancellation) => _options.By switch
    {
        FeatureGrouping.Event => BuildEvents(cancellation),
        FeatureGrouping.Window => [.. _entities.Values.Select(entity => entity.ToFeature()).OrderBy(row => row.Key, StringComparer.Ordinal)],
        _ =>
        [
            .. _entities.Values.Select(entity => entity.ToFeature())
                .OrderByDescending(row => row.Count)
                .ThenBy(row => row.Key, StringComparer.Ordinal),
        ],
    };

    private string? KeyOf(LogEvent logEvent) => _options.By switch
    {
        FeatureGrouping.SourceIP => logEvent.GetValue(LogField.SourceIP) as string,
        FeatureGrouping.UserName => logEvent.GetValue(LogField.UserName) as string,
        FeatureGrouping.HostName => logEvent.HostName,
        FeatureGrouping.Program => (logEvent as ApacheErrorEvent)?.Module ?? logEvent.Program,
        _ => WindowOf(logEvent.UtcTicks),
    };

    private string? WindowOf(long utcTicks) => utcTicks < 0
        ? null
        : new DateTime(utcTicks - (utcTicks % _options.Window.Ticks), DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private List<LogFeature> BuildEvents(CancellationToken cancellation)
    {
        LogFeature[] rows = new LogFeature[_events.Count];
        foreach (IGrouping<LogKind, int> group in Enumerable.Range(0, _events.Count).GroupBy(index => _events[index].Kind))
        {
            int[] indexes = [.. group];
            EventTable table = EventTable.Build(group.Key, Array.ConvertAll(indexes, index => _events[index]), cancellation);
            for (int row = 0; row < indexes.Length; row++)
            {
                rows[indexes[row]] = ToFeature(table, row);
            }
        }

        return [.. rows];
    }

    private static LogFeature ToFeature(EventTable table, int row)
    {
        LogEvent logEvent = table.Events[row];
        ReadOnlySpan<float> numbers = table.Matrix.Row(row);
        Dictionary<string, double> values = new(numbers.Length + 4, StringComparer.Ordinal);
        for (int column = 0; column < numbers.Length; column++)
        {
            values.Add(table.Matrix.Names[column], numbers[column]);
        }

        if (logEvent.Timestamp is { } time)
        {
            double hour = time.TimeOfDay.TotalHours / 24 * Math.Tau;
            double day = ((int)time.DayOfWeek + (time.TimeOfDay.TotalDays % 1)) / 7 * Math.Tau;
            values.Add("HourSin", Math.Sin(hour));
            values.Add("HourCos", Math.Cos(hour));
            values.Add("WeekSin", Math.Sin(day));
            values.Add("WeekCos", Math.Cos(day));
        }

        string key = string.Create(CultureInfo.InvariantCulture, $"{logEvent.Path}:{logEvent.LineNumber}");
        return new LogFeature(key, nameof(FeatureGrouping.Event), logEvent.Timestamp, logEvent.Timestamp, 1, values);
    }
}
