namespace LogAnomaly.Rules;

/// <summary>
/// An event while rules look at it: what is costly to make of it is made once, however many rules ask. One is used for
/// one event after the other, by one thread.
/// </summary>
internal sealed class EventView
{
    private string? _raw;
    private string? _message;
    private string? _path;
    private string? _query;
    private bool _hasParts;
    private IReadOnlyDictionary<string, object?>? _properties;
    private string? _url;
    private string? _decoded;

    /// <summary>The event.</summary>
    public LogEvent Event { get; private set; } = null!;

    /// <summary>The whole line.</summary>
    public string Raw => _raw ??= Event.Raw;

    /// <summary>The message.</summary>
    public string Message => _message ??= Event.Message;

    /// <summary>The values that the event has beside its fields.</summary>
    public IReadOnlyDictionary<string, object?> Properties => _properties ??= Event.GetProperties();

    /// <summary>Turns to an event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Show(LogEvent logEvent)
    {
        Event = logEvent;
        _raw = null;
        _message = null;
        _hasParts = false;
        _properties = null;
    }

    /// <summary>The value of a field of ours.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The value.</returns>
    public RuleValue Read(LogField field) => field switch
    {
        LogField.Raw => RuleValue.Of(Raw),
        LogField.Message => RuleValue.Of(Message),
        LogField.UrlPath when Event is AccessEvent access => RuleValue.Of(Path(access)),
        LogField.UrlQuery when Event is AccessEvent access => RuleValue.Of(Query(access)),
        _ => EventValues.Read(Event, field),
    };

    /// <summary>A URL with its percent signs resolved.</summary>
    /// <param name="url">The URL.</param>
    /// <returns>The text.</returns>
    public string Decode(string url)
    {
        if (!ReferenceEquals(url, _url))
        {
            _decoded = UrlText.Decode(url);
            _url = url;
        }

        return _decoded!;
    }

    private string? Path(AccessEvent access)
    {
        ReadParts(access);
        return _path;
    }

    private string? Query(AccessEvent access)
    {
        ReadParts(access);
        return _query;
    }

    private void ReadParts(AccessEvent access)
    {
        if (!_hasParts)
        {
            _path = access.UrlPath;
            _query = access.UrlQuery;
            _hasParts = true;
        }
    }
}
