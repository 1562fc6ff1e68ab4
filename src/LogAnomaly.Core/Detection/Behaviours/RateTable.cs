using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// Counts the templates of each stream in windows of five minutes and in hours. Two windows are open, so lines may be
/// five minutes out of order. A clock that jumps ahead only closes what is open; one that is set back is followed after
/// <see cref="LateToFollow"/> lines. Hours in which a stream says nothing at all are no hours: whether a log falls
/// silent as a whole is not for its templates to say. At most <see cref="MostSeries"/> series of at most
/// <see cref="MostStreams"/> streams are kept, about 3 KB each.
/// </summary>
/// <param name="index">Numbers of templates.</param>
internal sealed class RateTable(TemplateIndex index)
{
    /// <summary>Length of a window.</summary>
    public const long WindowTicks = 5 * TimeSpan.TicksPerMinute;

    /// <summary>Windows of an hour.</summary>
    public const int WindowsOfHour = 12;

    /// <summary>Series that are kept.</summary>
    public const int MostSeries = 5_000;

    /// <summary>Streams that are kept.</summary>
    public const int MostStreams = 400;

    private const int LateToFollow = 50;
    private const double LearnedMost = 10;
    private const double LearnedAlways = 20;

    private readonly EntityStates<string, RateStream> _streams = new(MostStreams, StringComparer.Ordinal);
    private readonly Dictionary<(LogSource Source, string? Host), RateStream> _byHost = [];
    private readonly RecentPairs<RateStream> _recent = new();
    private readonly List<IRateListener> _listeners = [];
    private int _merged;
    private LogSource? _source;
    private string? _host;
    private RateStream? _stream;
    private int _series;

    /// <summary>Numbers of templates.</summary>
    public TemplateIndex Index => index;

    /// <summary>Series that are known.</summary>
    public int SeriesCount => _streams.All.Sum(stream => stream.Value.All.Count);

    /// <summary>Takes a listener.</summary>
    /// <param name="listener">The listener.</param>
    public void Listen(IRateListener listener) => _listeners.Add(listener);

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="found">Receives what was found in windows that it closes.</param>
    public void Add(LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        long ticks = logEvent.UtcTicks;
        int template = ticks < 0 ? -1 : index.Of(logEvent);
        if (template < 0)
        {
            return;
        }

        if (_merged < index.Merges.Count)
        {
            Merge();
        }

        RateStream stream = Of(logEvent);
        long window = ticks / WindowTicks;
        if (window != stream.Newest && !Advance(stream, window, logEvent, found))
        {
            return;
        }

        RateSeries? series = stream.Find(template) ?? Make(stream, template, logEvent.Kind);
        if (series?.Count(logEvent, (int)(window & 1)) == true)
        {
            stream.Touched[window & 1].Add(series);
        }
    }

    /// <summary>Closes all open windows; hours that are not over are not judged.</summary>
    /// <param name="found">Receives what was found.</param>
    public void Complete(ICollection<DetectorFinding> found)
    {
        foreach ((_, RateStream stream) in _streams.All)
        {
            Restart(stream, found);
        }
    }

    /// <summary>Forgets series that were last seen before a time.</summary>
    /// <param name="utcTicks">UTC ticks of the time.</param>
    public void Forget(long utcTicks)
    {
        foreach ((string name, RateStream stream) in _streams.All.ToArray())
        {
            stream.Forget(series => series.LastTicks < utcTicks && series.Last is null);
            if (stream.All.Count == 0)
            {
                _streams.Remove(name);
            }
        }

        _byHost.Clear();
        _recent.Clear();
        (_source, _stream, _series) = (null, null, SeriesCount);
    }

    /// <summary>All streams with their series, by name and by text.</summary>
    /// <returns>A new list.</returns>
    public IEnumerable<(string Stream, IEnumerable<(string Text, RateSeries Series)> Series)> ToSorted() =>
        _streams.All.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key,
            entry.Value.All.Select(series => (index.TextOf(series.Template), series))
                .OrderBy(series => series.Item1, StringComparer.Ordinal).AsEnumerable()));

    /// <summary>The series of a written one.</summary>
    /// <param name="stream">Name of its stream.</param>
    /// <param name="member">The series as it was written; its name is the text of the template.</param>
    /// <returns>The series, or null where there are too many.</returns>
    /// <exception cref="FormatException">It has no kind.</exception>
    public RateSeries? Restore(string stream, JsonProperty member)
    {
        string? kind = BehaviourJson.Object(member.Value).TryGetProperty("kind", out JsonElement named)
            ? named.ToString()
            : null;
        if (!Enum.TryParse(kind, out LogKind known))
        {
            throw new FormatException($"'{stream}.{member.Name}.kind' must be a kind of event.");
        }

        int template = index.Of(member.Name);
        RateStream state = _streams.Get(stream, 0);
        state.Name = stream;
        return template < 0 ? null : state.Find(template) ?? Make(state, template, known);
    }

    private void Merge()
    {
        for (; _merged < index.Merges.Count; _merged++)
        {
            foreach ((_, RateStream stream) in _streams.All)
            {
                stream.Merge(index.Merges[_merged].From, index.Merges[_merged].To);
            }
        }

        _series = SeriesCount;
    }

    private RateStream Of(LogEvent logEvent)
    {
        LogSource source = logEvent.Source;
        string? host = logEvent.HostName;
        if (ReferenceEquals(source, _source) && (ReferenceEquals(host, _host) || host == _host))
        {
            return _stream!;
        }

        if (!_recent.TryGet(source, host, out RateStream? stream))
        {
            stream = FindOrAdd(source, host, logEvent.UtcTicks);
            _recent.Put(source, host, stream);
        }

        stream.LastSeen = Math.Max(stream.LastSeen, logEvent.UtcTicks);
        (_source, _host, _stream) = (source, host, stream);
        return stream;
    }

    private RateStream FindOrAdd(LogSource source, string? host, long ticks)
    {
        if (!_byHost.TryGetValue((source, host), out RateStream? stream))
        {
            string log = LogStreams<RateLog>.LogOf(source);
            log = log[(log.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
            string name = host is null ? log : $"{host}/{log}";
            stream = _streams.Get(name, ticks);
            stream.Name = name;
            _series = _series >= MostSeries ? SeriesCount : _series;

            // The oldest streams may just have been forgotten, and must not be fed any more.
            if (_byHost.Count >= MostStreams || _streams.Count <= _byHost.Count)
            {
                _byHost.Clear();
                _recent.Clear();
            }

            _byHost.Add((source, host), stream);
        }

        return stream;
    }

    private RateSeries? Make(RateStream stream, int template, LogKind kind)
    {
        if (_series >= MostSeries)
        {
            return null;
        }

        _series++;
        RateSeries series = new() { Template = template, Kind = kind };
        stream.Add(series);
        return series;
    }

    // Whether the event's window is open.
    private bool Advance(RateStream stream, long window, LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        if (window == stream.Newest - 1)
        {
            stream.Late = 0;
            return true;
        }

        if (window < stream.Newest && ++stream.Late < LateToFollow)
        {
            return false;
        }

        if (window < stream.Newest || stream.Newest < 0)
        {
            Restart(stream, found);
        }
        else
        {
            Close(stream, stream.Newest - 1, found);
            if (window > stream.Newest + 1)
            {
                Close(stream, stream.Newest, found);
            }
        }

        stream.Late = 0;
        stream.Newest = window;
        stream.Ahead = (long)logEvent.Timestamp!.Value.Offset.TotalMinutes / 5;
        return true;
    }

    private void Restart(RateStream stream, ICollection<DetectorFinding> found)
    {
        if (stream.Newest >= 0)
        {
            Close(stream, stream.Newest - 1, found);
            Close(stream, stream.Newest, found);
        }

        foreach (RateSeries series in stream.All)
        {
            series.HourCount = 0;
            series.Last = null;
        }

        (stream.Newest, stream.Hour, stream.IsHourPartial) = (-1, -1, true);
    }

    private void Close(RateStream stream, long window, ICollection<DetectorFinding> found)
    {
        int open = (int)(window & 1);
        if (stream.Touched[open].Count == 0)
        {
            return;
        }

        long hour = (window + stream.Ahead) / WindowsOfHour;
        if (hour != stream.Hour)
        {
            CloseHour(stream, found);
            stream.IsHourPartial = stream.Hour < 0 && (window + stream.Ahead) % WindowsOfHour != 0;
            stream.Hour = hour;
        }

        foreach (RateSeries series in stream.Touched[open])
        {
            foreach (IRateListener listener in _listeners)
            {
                listener.CloseWindow(stream, series, window, found);
            }

            series.HourCount += series.Counts[open];
            series.Total += series.Counts[open];
            series.LastTicks = (window + 1) * WindowTicks;
            series.Empty(open);
        }

        stream.Touched[open].Clear();
    }

    private void CloseHour(RateStream stream, ICollection<DetectorFinding> found)
    {
        if (stream.Hour < 0)
        {
            return;
        }

        int slot = Season.SlotOf(stream.Hour);
        long end = (((stream.Hour + 1) * WindowsOfHour) - stream.Ahead) * WindowTicks;
        bool isNewDay = stream.Hour / 24 != stream.Day;
        stream.Day = stream.Hour / 24;
        foreach (RateSeries series in stream.All)
        {
            foreach (IRateListener listener in _listeners)
            {
                listener.CloseHour(stream, series, slot, end, found);
            }

            series.Days += isNewDay ? 1 : 0;
            if (!stream.IsHourPartial)
            {
                double most = (LearnedMost * series.Season.High(slot, series.IsWeekKnown)) + LearnedAlways;
                series.Season.Learn(
                    slot, series.Season.Count > 24 ? Math.Min(series.HourCount, most) : series.HourCount);
            }

            series.HourCount = 0;
        }
    }

    private sealed class RateLog : StreamState;
}
