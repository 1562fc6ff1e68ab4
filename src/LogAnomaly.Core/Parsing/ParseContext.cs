namespace LogAnomaly.Parsing;

/// <summary>What a parser needs beside the line. One context serves one thread.</summary>
internal sealed class ParseContext
{
    private readonly int _poolBits;
    private StringPool? _addresses;
    private object? _state;
    private List<object>? _others;
    private SyslogState? _syslog;

    /// <summary>Creates a context.</summary>
    /// <param name="source">Where the lines come from.</param>
    /// <param name="clock">Settles years and zones.</param>
    /// <param name="poolBits">Binary logarithm of the sets of the pools; few do for a few lines.</param>
    public ParseContext(LogSource source, LogClock clock, int poolBits = 12)
    {
        Source = source;
        Clock = clock;
        Pool = new StringPool(poolBits);
        _poolBits = poolBits;
    }

    /// <summary>Where the lines come from.</summary>
    public LogSource Source { get; set; }

    /// <summary>Settles years and zones.</summary>
    public LogClock Clock { get; set; }

    /// <summary>Strings for values that repeat.</summary>
    public StringPool Pool { get; }

    /// <summary>Strings of addresses: whatever is pooled here is known to be one.</summary>
    public StringPool Addresses => _addresses ??= new StringPool(_poolBits - 1);

    /// <summary>Day and zone of the last stamp of an access log, for the lines of the same day.</summary>
    public StampCache AccessStamps { get; } = new();

    /// <summary>What the lines of a system log share with those before them.</summary>
    public SyslogState Syslog => _syslog ??= new SyslogState();

    /// <summary>
    /// What a format that reads its lines in order has seen so far, such as the names of columns in a header.
    /// </summary>
    /// <typeparam name="T">Type of the state; each type has one object a context.</typeparam>
    /// <returns>The state.</returns>
    public T State<T>()
        where T : class, new()
    {
        if (_state is T known)
        {
            return known;
        }

        T? made = _others?.OfType<T>().FirstOrDefault();
        if (made is null)
        {
            made = new T();
            (_others ??= []).Add(made);
        }

        _state = made;
        return made;
    }

    /// <summary>Which names of a structured log stand for which fields.</summary>
    public PropertyMap Properties { get; init; } = PropertyMap.Default;

    /// <summary>
    /// Events that the last line gave beside the one that was returned, such as the further records of a batch; whoever
    /// parses takes them out.
    /// </summary>
    public List<LogEvent> Further { get; } = [];

    /// <summary>What the ssh servers' processes said of their connections so far.</summary>
    public SshConnections Connections { get; } = new();
}
