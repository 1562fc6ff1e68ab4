namespace LogAnomaly;

/// <summary>
/// A request in an Apache or nginx access log. The format has no level: a status of 500 and above gives
/// <see cref="LogLevel.Error"/>, of 400 and above <see cref="LogLevel.Warning"/>, any other <see cref="LogLevel.Informational"/>.
/// </summary>
public sealed class AccessEvent : LogEvent
{
    private static readonly LogField[] s_fields =
    [
        LogField.SourceIP, LogField.SourceHost, LogField.UserName, LogField.Method, LogField.Url, LogField.UrlPath,
        LogField.UrlQuery, LogField.HttpVersion, LogField.StatusCode, LogField.BytesSent, LogField.Referrer,
        LogField.UserAgent, LogField.VirtualHost, LogField.Outcome,
    ];

    /// <summary>Creates an event of a line.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    internal AccessEvent(in LogLine line, LogSource source)
        : base(LogKind.Access, line, source)
    {
    }

    /// <summary>Address of the client, or null where the server logged a name.</summary>
    public string? SourceIP { get; internal set; }

    /// <summary>Name of the client, where the server logged a name, or null.</summary>
    public string? SourceHost { get; internal set; }

    /// <summary>Authenticated user, or null.</summary>
    public string? UserName { get; internal set; }

    /// <summary>HTTP method, or null where the request line is no HTTP.</summary>
    public string? Method { get; internal set; }

    /// <summary>Target of the request as the client sent it; the whole request where it is no HTTP; null where there was none.</summary>
    public string? Url { get; internal set; }

    /// <summary>Path of the request, as sent (not decoded), or null.</summary>
    public string? UrlPath { get; internal set; }

    /// <summary>Query of the request without its question mark, or null.</summary>
    public string? UrlQuery { get; internal set; }

    /// <summary>HTTP version such as <c>1.1</c>, or null.</summary>
    public string? HttpVersion { get; internal set; }

    /// <summary>Status of the response, or null.</summary>
    public int? StatusCode { get; internal set; }

    /// <summary>Bytes of the response body; null where the log has <c>-</c>.</summary>
    public long? BytesSent { get; internal set; }

    /// <summary>Referring page, or null.</summary>
    public string? Referrer { get; internal set; }

    /// <summary>User agent, or null.</summary>
    public string? UserAgent { get; internal set; }

    /// <summary>Virtual host with its port where the format has one (vhost_combined), or null.</summary>
    public string? VirtualHost { get; internal set; }

    /// <summary>Success below status 400, failure from it.</summary>
    public Outcome Outcome => StatusCode switch
    {
        null => Outcome.Unknown,
        < 400 => Outcome.Success,
        _ => Outcome.Failure,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<LogField> GetKindFields() => s_fields;

    /// <inheritdoc/>
    public override object? GetValue(LogField field) => field switch
    {
        LogField.SourceIP => SourceIP,
        LogField.SourceHost => SourceHost,
        LogField.UserName => UserName,
        LogField.Method => Method,
        LogField.Url => Url,
        LogField.UrlPath => UrlPath,
        LogField.UrlQuery => UrlQuery,
        LogField.HttpVersion => HttpVersion,
        LogField.StatusCode => StatusCode,
        LogField.BytesSent => BytesSent,
        LogField.Referrer => Referrer,
        LogField.UserAgent => UserAgent,
        LogField.VirtualHost => VirtualHost,
        LogField.Outcome => Outcome,
        LogField.Category => "web",
        _ => base.GetValue(field),
    };
}
