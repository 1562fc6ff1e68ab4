using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LogAnomaly.Features;

/// <summary>
/// What one entity, session or window did, as numbers: Events; Failures, Successes and Errors (events of that outcome,
/// of level Error and above) and shares of failures, errors, warnings and of Critical and above; Templates, Sources,
/// Users, Paths, Ports, SourcePorts (distinct values); entropy of templates, users and paths (bits); Bytes (sum of
/// response bytes); Status2xx to Status5xx and MethodGet to MethodOther (shares of requests); means over the events of
/// the length of the message, the classes of its characters and their entropy; DurationSeconds; the gaps between events
/// in the order of their times; EventsPerMinute. Features that no event has a field for are left out.
/// </summary>
internal sealed class EntityFeatures
{
    private const int MostTerms = 4_096;

    private readonly string _key;
    private readonly string _by;
    private readonly TermSource? _termSource;
    private readonly Dictionary<LogTemplate, long> _templates = [];
    private readonly DistinctCounts _sources = new();
    private readonly DistinctCounts _users = new();
    private readonly DistinctCounts _paths = new();
    private readonly DistinctCounts _ports = new();
    private readonly DistinctCounts _sourcePorts = new();
    private readonly GapTally _gaps = new();
    private readonly long[] _statusClasses = new long[6];
    private readonly long[] _methods = new long[4];
    private readonly Dictionary<string, long> _terms = new(StringComparer.Ordinal);
    private SeenTimes _times;
    private long _failures;
    private long _successes;
    private long _errors;
    private long _warnings;
    private long _criticals;
    private double _bytes;
    private long _requests;
    private double _length;
    private double _digits;
    private double _upper;
    private double _signs;
    private double _nonAscii;
    private double _messageEntropy;

    /// <summary>Creates the row of an entity.</summary>
    /// <param name="key">The entity.</param>
    /// <param name="by">What rows are about.</param>
    /// <param name="termSource">Where terms come from, or null where none are counted.</param>
    public EntityFeatures(string key, string by, TermSource? termSource)
    {
        _key = key;
        _by = by;
        _termSource = termSource;
    }

    /// <summary>Events in the row.</summary>
    public long Count { get; private set; }

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="template">Its template.</param>
    public void Add(LogEvent logEvent, LogTemplate template)
    {
        Count++;
        CollectionsMarshal.GetValueRefOrAddDefault(_templates, template, out _)++;
        LogLevel? level = logEvent.Level;
        _errors += level >= LogLevel.Error ? 1 : 0;
        _warnings += level == LogLevel.Warning ? 1 : 0;
        _criticals += level >= LogLevel.Critical ? 1 : 0;
        _sources.Add(logEvent.GetValue(LogField.SourceIP) as string);
        _users.Add(logEvent.GetValue(LogField.UserName) as string);
        _paths.Add(logEvent.GetValue(LogField.UrlPath) as string);
        _ports.Add(TextOf(logEvent.GetValue(LogField.DestinationPort)));
        _sourcePorts.Add(TextOf(logEvent.GetValue(LogField.SourcePort)));
        Outcome outcome = logEvent.GetValue(LogField.Outcome) is Outcome known ? known : Outcome.Unknown;
        _failures += outcome == Outcome.Failure ? 1 : 0;
        _successes += outcome == Outcome.Success ? 1 : 0;
        if (logEvent is AccessEvent access)
        {
            AddRequest(access);
        }

        AddMessage(logEvent.MessageSpan);
        if (logEvent.UtcTicks >= 0)
        {
            _times.Add(logEvent);
            _gaps.Add(logEvent.UtcTicks);
        }
    }

    /// <summary>The terms of the row and how often each stands in it.</summary>
    /// <returns>The counts; empty where none are counted.</returns>
    public IReadOnlyDictionary<string, long> ToTerms()
    {
        if (_termSource == TermSource.Template && _terms.Count == 0)
        {
            foreach ((LogTemplate template, long count) in _templates)
            {
                TermReader.Count(Encoding.UTF8.GetBytes(template.Widest.Text), _terms, MostTerms, count);
            }
        }

        return _terms;
    }

    /// <summary>The row.</summary>
    /// <returns>The row; terms may be added to its values.</returns>
    public (LogFeature Row, Dictionary<string, double> Values) ToFeature()
    {
        Dictionary<string, double> values = new(40, StringComparer.Ordinal);
        values.Add("Events", Count);
        values.Add("Failures", _failures);
        values.Add("FailureShare", (double)_failures / Count);
        values.Add("Errors", _errors);
        values.Add("ErrorShare", (double)_errors / Count);
        AddTemplates(values);
        AddDistinct(values, "Sources", _sources);
        AddDistinct(values, "Users", _users);
        AddDistinct(values, "Paths", _paths);
        AddRequests(values);
        AddTimes(values);
        values.Add("Successes", _successes);
        values.Add("WarningShare", (double)_warnings / Count);
        values.Add("CriticalShare", (double)_criticals / Count);
        AddDistinct(values, "Ports", _ports);
        AddDistinct(values, "SourcePorts", _sourcePorts);
        AddEntropy(values, "UserEntropy", _users);
        AddEntropy(values, "PathEntropy", _paths);
        values.Add("MessageLength", _length / Count);
        values.Add("DigitShare", _digits / Count);
        values.Add("UpperShare", _upper / Count);
        values.Add("SignShare", _signs / Count);
        values.Add("NonAsciiShare", _nonAscii / Count);
        values.Add("MessageEntropy", _messageEntropy / Count);
        return (new LogFeature(_key, _by, _times.First, _times.Last, Count, values), values);
    }

    private static string? TextOf(object? value) =>
        value is null ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static void AddDistinct(Dictionary<string, double> values, string name, DistinctCounts counts)
    {
        if (counts.Count > 0)
        {
            values.Add(name, counts.Count);
        }
    }

    private static void AddEntropy(Dictionary<string, double> values, string name, DistinctCounts counts)
    {
        if (counts.Count > 0)
        {
            values.Add(name, counts.Entropy);
        }
    }

    private void AddRequest(AccessEvent access)
    {
        _requests++;
        _bytes += access.BytesSent ?? 0;
        _statusClasses[access.StatusCode is >= 100 and <= 599 and int status ? status / 100 : 0]++;
        _methods[access.Method switch { "GET" => 0, "POST" => 1, "HEAD" => 2, _ => 3 }]++;
    }

    private void AddMessage(ReadOnlySpan<byte> message)
    {
        MessageText text = MessageText.Of(message);
        _length += message.Length;
        _digits += text.Digits;
        _upper += text.Upper;
        _signs += text.Symbols;
        _nonAscii += text.NonAscii;
        _messageEntropy += text.Entropy;
        if (_termSource == TermSource.Message)
        {
            TermReader.Count(message, _terms, MostTerms);
        }
    }

    // Templates may have merged since they were counted.
    private void AddTemplates(Dictionary<string, double> values)
    {
        long[] counts = [.. _templates.GroupBy(pair => pair.Key.Widest).Select(group => group.Sum(pair => pair.Value))];
        double entropy = counts.Sum(count => -((double)count / Count) * Math.Log2((double)count / Count));
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
        values.Add("MethodGet", (double)_methods[0] / _requests);
        values.Add("MethodPost", (double)_methods[1] / _requests);
        values.Add("MethodHead", (double)_methods[2] / _requests);
        values.Add("MethodOther", (double)_methods[3] / _requests);
    }

    private void AddTimes(Dictionary<string, double> values)
    {
        if (_times.First is not { } first)
        {
            return;
        }

        double hour = first.TimeOfDay.TotalHours / 24 * Math.Tau;
        double day = ((int)first.DayOfWeek + (first.TimeOfDay.TotalDays % 1)) / 7 * Math.Tau;
        values.Add("DurationSeconds", _times.Length.TotalSeconds);
        _gaps.AddTo(values);
        if (_times.Length > TimeSpan.Zero)
        {
            values.Add("EventsPerMinute", Count / _times.Length.TotalMinutes);
        }

        values.Add("HourSin", Math.Sin(hour));
        values.Add("HourCos", Math.Cos(hour));
        values.Add("WeekSin", Math.Sin(day));
        values.Add("WeekCos", Math.Cos(day));
    }
}
