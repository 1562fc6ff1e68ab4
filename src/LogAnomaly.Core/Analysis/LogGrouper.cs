using LogAnomaly.Features;
using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>
/// Counts events by the values of some fields, and by interval where one is given. No event is kept; groups beyond
/// <see cref="MeasurementOptions.MaximumValues"/> count together as <c>(other)</c>. One grouper serves one thread and
/// one input.
/// </summary>
public sealed class LogGrouper
{
    private const string None = "(none)";
    private const string Other = "(other)";
    private const char Divider = '\u001F';
    private const int MostDistinct = 2_000_000;

    private readonly MeasurementOptions _options;
    private readonly GroupField[] _fields;
    private readonly string[] _names;
    private readonly bool[] _seen;
    private readonly string?[] _values;
    private readonly Dictionary<(long Start, string Key), GroupTally> _groups = [];
    private readonly GroupTally _other;
    private int _room = MostDistinct;
    private SeenTimes _times;
    private long _count;
    private TimeSpan _offset;
    private bool _hasOffset;

    /// <summary>Creates a grouper.</summary>
    /// <param name="fields">Names of fields: ours, ECS, Sigma, or the log's own.</param>
    /// <param name="options">The interval and the bounds, or null for the defaults: no interval.</param>
    /// <exception cref="ArgumentException">There is no field.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An interval or a maximum holds nothing.</exception>
    public LogGrouper(IReadOnlyList<string> fields, MeasurementOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count == 0)
        {
            throw new ArgumentException("Groups need a field at least.", nameof(fields));
        }

        _options = options ?? new MeasurementOptions();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.Interval ?? TimeSpan.MaxValue, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaximumValues, 1);
        string[] distinct = [.. fields.Select(NameOf).Distinct(StringComparer.OrdinalIgnoreCase)];
        _fields = Array.ConvertAll(distinct, GroupField.Of);
        _names = distinct;
        _seen = new bool[distinct.Length];
        _values = new string?[distinct.Length];
        _other = new GroupTally([.. distinct.Select(_ => Other)], -1);
    }

    /// <summary>The fields that no event had: perhaps their names are wrong.</summary>
    public IReadOnlyList<string> MissingFields => [.. _names.Where((_, place) => _count > 0 && !_seen[place])];

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        _count++;
        _times.Add(logEvent);
        if (!_hasOffset && logEvent.Timestamp is { } time)
        {
            (_offset, _hasOffset) = (time.Offset, true);
        }

        for (int place = 0; place < _fields.Length; place++)
        {
            _values[place] = _fields[place].TextOf(logEvent);
            _seen[place] |= _values[place] is not null;
        }

        GroupOf(logEvent).Add(logEvent, EventFacts.Of(logEvent), ref _room);
    }

    /// <summary>Ends the input.</summary>
    /// <returns>The groups, by the start of their interval, then the largest first, then by name.</returns>
    public IReadOnlyList<LogGroup> Complete()
    {
        IEnumerable<LogGroup> groups = _groups.Values
            .OrderBy(group => group.Start)
            .ThenByDescending(group => group.Count)
            .Select(ToGroup)
            .ToArray();
        LogGroup[] sorted =
        [
            .. groups.GroupBy(group => (group.Start, group.Count))
                .SelectMany(equal => equal.OrderBy(group => group.Name, StringComparer.Ordinal)),
        ];
        return _other.Count == 0 ? sorted : [.. sorted, ToGroup(_other)];
    }

    private static string NameOf(string name) => LogFields.TryParse(name, out LogField field) ? field.ToString() : name;

    private GroupTally GroupOf(LogEvent logEvent)
    {
        // A value that is missing is another than one that is written "(none)".
        string key = _values.Length == 1
            ? _values[0] ?? "\0"
            : string.Join(Divider, _values.Select(value => value ?? "\0"));
        long start = _options.Interval is { } interval && logEvent.UtcTicks >= 0
            ? logEvent.UtcTicks - (logEvent.UtcTicks % interval.Ticks)
            : -1;
        if (_groups.TryGetValue((start, key), out GroupTally? group))
        {
            return group;
        }

        if (_groups.Count >= _options.MaximumValues)
        {
            return _other;
        }

        group = new GroupTally([.. _values], start);
        _groups.Add((start, key), group);
        return group;
    }

    private LogGroup ToGroup(GroupTally group)
    {
        TimeSpan time = group.Start >= 0 ? _options.Interval!.Value : _times.Length;
        Dictionary<string, string?> values = new(StringComparer.OrdinalIgnoreCase);
        for (int place = 0; place < _names.Length; place++)
        {
            values.Add(_names[place], group.Values[place]);
        }

        return new LogGroup
        {
            Name = string.Join(", ", group.Values.Select(value => value ?? None)),
            Values = values,
            Start = group.Start < 0 ? null : IntervalTally.MomentOf(group.Start, _offset),
            Count = group.Count,
            Share = (double)group.Count / _count,
            Errors = group.Errors,
            Failures = group.Failures,
            FirstSeen = group.Times.First,
            LastSeen = group.Times.Last,
            Rate = time > TimeSpan.Zero ? group.Count / time.TotalHours : null,
            Sources = group.Sources,
            Users = group.Users,
        };
    }
}
