using System.Runtime.InteropServices;

namespace LogAnomaly.Features;

/// <summary>
/// What one entity or window did, as numbers: Events; Failures and Errors (events of outcome failure, of level Error and above) and
/// their shares; Templates, Sources, Users, Paths (distinct values); TemplateEntropy (bits); Bytes (sum of response bytes); Status2xx
/// to Status5xx (shares of requests); DurationSeconds; MedianGapSeconds between events in the order of their times; EventsPerMinute.
/// Features that no event of the entity has a field for are left out.
/// </summary>
internal sealed class EntityFeatures
{
    private readonly string _key;
    private readonly string _by;
    private readonly Dictionary<LogTemplate, long> _templates = [];
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<long> _times = [];
    private readonly long[] _statusClasses = new long[6];
    private long _count;
    private long _failures;
    private long _errors;
    private double _bytes;
    private long _requests;
    private LogEvent? _first;
    private LogEvent? _last;

    /// <summary>Creates the row of an entity.</summary>
    /// <param name="key">The entity.</param>
    /// <param name="by">What rows are about.</param>
    public EntityFeatures(string key, string by)
    {
        _key = key;
        _by = by;
    }

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="template">Its template.</param>
    public void Add(LogEvent logEvent, LogTemplate template)
    {
        _count++;
        CollectionsMarshal.GetValueRefOrAddDefault(_templates, template, out _)++;
        _errors += logEvent.Level >= LogLevel.Error ? 1 : 0;
        AddTo(_sources, logEvent, LogField.SourceIP);
        AddTo(_users, logEvent, LogField.UserName);
        AddTo(_paths, logEvent, LogField.UrlPath);
        _failures += logEvent.GetValue(LogField.Outcome) is Outcome.Failure ? 1 : 0;
        if (logEvent is AccessEvent access)
        {
            _requests++;
            _bytes += access.BytesSent ?? 0;
            _statusClasses[access.StatusCode is >= 100 and <= 599 and int status ? status / 100 : 0]++;
        }

        AddTime(logEvent);
    }

    /// <summary>The row.</summary>
    /// <returns>The row.</returns>
    public LogFeature ToFeature()
    {
        Dictionary<string, double> values = new(16, StringComparer.Ordinal);
        values.Add("Events", _count);
        values.Add("Failures", _failures);
        values.Add("FailureShare", (double)_failures / _count);
        values.Add("Errors", _errors);
        values.Add("ErrorShare", (double)_errors / _count);
        AddTemplates(values);
        AddDistinct(values, "Sources", _sources);
        AddDistinct(values, "Users", _users);
        AddDistinct(values, "Paths", _paths);
        AddRequests(values);
        AddTimes(values);
        return new LogFeature(_key, _by, _first?.Timestamp, _last?.Timestamp, _count, values);
    }

    private static void AddTo(HashSet<string> set, LogEvent logEvent, LogField field)
    {
        if (logEvent.GetValue(field) is string value)
        {
            set.Add(value);
        }
    }

    private static void AddDistinct(Dictionary<string, double> values, string name, HashSet<string> set)
    {
        if (set.Count > 0)
        {
            values.Add(name, set.Count);
        }
    }

    private void AddTime(LogEvent logEvent)
    {
        if (logEvent.UtcTicks < 0)
        {
            return;
        }

        _times.Add(logEvent.UtcTicks);
        _first = _first is null || logEvent.UtcTicks < _first.UtcTicks ? logEvent : _first;
        _last = _last is null || logEvent.UtcTicks >= _last.UtcTicks ? logEvent : _last;
    }

    // Templates may have merged since they were counted.
    private void AddTemplates(Dictionary<string, double> values)
    {
        long[] counts = [.. _templates.GroupBy(pair => pair.Key.Widest).Select(group => group.Sum(pair => pair.Value))];
        double entropy = counts.Sum(count => -((double)count / _count) * Math.Log2((double)count / _count));
        values.Add("Templates", counts.Length);
        values.Add("TemplateEntropy", entropy);
    }

    private void AddRequests(Dictionary<string, double> values)
    {
        if (_requests == 0)
        {
            return;
        }

        values.Add("Bytes", _bytes);
        values.Add("Status2xx", (double)_statusClasses[2] / _requests);
        values.Add("Status3xx", (double)_statusClasses[3] / _requests);
        values.Add("Status4xx", (double)_statusClasses[4] / _requests);
        values.Add("Status5xx", (double)_statusClasses[5] / _requests);
    }

    private void AddTimes(Dictionary<string, double> values)
    {
        if (_times.Count == 0)
        {
            return;
        }

        _times.Sort();
        TimeSpan duration = new(_times[^1] - _times[0]);
        values.Add("DurationSeconds", duration.TotalSeconds);
        if (_times.Count < 2)
        {
            return;
        }

        List<long> gaps = [];
        for (int i = 1; i < _times.Count; i++)
        {
            gaps.Add(_times[i] - _times[i - 1]);
        }

        gaps.Sort();
        double median = ((double)gaps[(gaps.Count - 1) / 2] + gaps[gaps.Count / 2]) / 2;
        values.Add("MedianGapSeconds", median / TimeSpan.TicksPerSecond);
        if (duration > TimeSpan.Zero)
        {
            values.Add("EventsPerMinute", _count / duration.TotalMinutes);
        }
    }
}
