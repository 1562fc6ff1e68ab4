using LogAnomaly.Features;
using LogAnomaly.Reading;

namespace LogAnomaly.Detection;

/// <summary>
/// What is known of the streams of lines of a run. A stream is what one host writes to one log; <c>auth.log.1</c> and
/// <c>auth.log</c> are the same log. Adjacent lines mostly belong to one stream, so the last one is kept at hand.
/// </summary>
/// <typeparam name="TState">What is known of one.</typeparam>
/// <param name="byFile">Whether the files of a rotated log are streams of their own.</param>
internal sealed class LogStreams<TState>(bool byFile = false)
    where TState : StreamState, new()
{
    private const int MostStreams = 1000;
    private const int MostSources = 4096;

    private readonly EntityStates<(string Log, string Host), TState> _streams = new(MostStreams);
    private readonly Dictionary<LogSource, string> _logs = [];
    private readonly RecentPairs<TState> _recent = new();
    private int _generation;
    private LogSource? _source;
    private string? _host;
    private TState? _state;

    /// <summary>How many streams are known.</summary>
    public int Count => _streams.Count;

    /// <summary>All streams.</summary>
    public IEnumerable<TState> All => _streams.All.Select(entry => entry.Value);

    /// <summary>What is known of the stream of an event.</summary>
    /// <param name="logEvent">The event, which has a time.</param>
    /// <returns>What is known.</returns>
    public TState Of(LogEvent logEvent)
    {
        string? host = logEvent.HostName;
        return ReferenceEquals(logEvent.Source, _source) && host == _host ? _state! : Find(logEvent, host);
    }

    /// <summary>The name of the log of an event: its file without what rotation adds to the name.</summary>
    /// <param name="source">Source of the event.</param>
    /// <returns>The name.</returns>
    public static string LogOf(LogSource source)
    {
        int end = source.Path.AsSpan().LastIndexOfAny('/', '\\') + 1;
        return string.Concat(source.Path.AsSpan(0, end), RotatedName.Parse(source.Path[end..]).Bare);
    }

    private TState Find(LogEvent logEvent, string? host)
    {
        LogSource source = logEvent.Source;
        long ticks = logEvent.UtcTicks;
        if (_recent.TryGet(source, host, out TState state))
        {
            state.FirstSeen = Math.Min(state.FirstSeen, ticks);
            state.LastSeen = Math.Max(state.LastSeen, ticks);
        }
        else
        {
            state = FindOrAdd(source, host, ticks);
            if (_generation != _streams.Generation)
            {
                _recent.Clear();
                _generation = _streams.Generation;
            }

            _recent.Put(source, host, state);
        }

        (_source, _host) = (source, host);
        return _state = state;
    }

    private TState FindOrAdd(LogSource source, string? host, long ticks)
    {
        if (!_logs.TryGetValue(source, out string? log))
        {
            if (_logs.Count == MostSources)
            {
                _logs.Clear();
            }

            log = byFile ? source.Path : LogOf(source);
            _logs.Add(source, log);
        }

        return _streams.Get((log, host ?? ""), ticks);
    }
}
