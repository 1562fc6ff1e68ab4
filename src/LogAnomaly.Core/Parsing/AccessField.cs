namespace LogAnomaly.Parsing;

/// <summary>What a value in an access log stands for.</summary>
internal enum AccessField
{
    /// <summary>Nothing that an event carries.</summary>
    Skip = 0,

    /// <summary>A value that keeps the name that the log gives it.</summary>
    Property,

    /// <summary>Address or name of the client, with or without a port.</summary>
    Client,

    /// <summary>
    /// Address of the other end of the connection, a proxy perhaps; the client where nothing else names it.
    /// </summary>
    Peer,

    /// <summary>The list of a proxy, X-Forwarded-For; the client where nothing else names it.</summary>
    ForwardedFor,

    /// <summary>Port of the client.</summary>
    ClientPort,

    /// <summary>Authenticated user.</summary>
    UserName,

    /// <summary>The whole request: method, target, version.</summary>
    Request,

    /// <summary>Method.</summary>
    Method,

    /// <summary>Target with its query.</summary>
    Url,

    /// <summary>Path of the target.</summary>
    Path,

    /// <summary>Query of the target, with or without its question mark.</summary>
    Query,

    /// <summary>Protocol with its version, such as <c>HTTP/1.1</c>.</summary>
    Protocol,

    /// <summary>Status of the response.</summary>
    Status,

    /// <summary>Status before an internal redirection.</summary>
    OriginalStatus,

    /// <summary>Bytes of the response body.</summary>
    BytesSent,

    /// <summary>Bytes of the response with its header.</summary>
    BytesSentTotal,

    /// <summary>Bytes of the request.</summary>
    BytesReceived,

    /// <summary>Duration in seconds.</summary>
    Seconds,

    /// <summary>Duration in milliseconds.</summary>
    Milliseconds,

    /// <summary>Duration in microseconds.</summary>
    Microseconds,

    /// <summary>Duration in nanoseconds.</summary>
    Nanoseconds,

    /// <summary>Duration with its unit, such as <c>1.5ms</c>.</summary>
    DurationText,

    /// <summary>Referring page.</summary>
    Referrer,

    /// <summary>User agent.</summary>
    UserAgent,

    /// <summary>Host that the client asked for.</summary>
    VirtualHost,

    /// <summary>Name of the server; the virtual host where nothing else names it.</summary>
    ServerName,

    /// <summary>Address of the server.</summary>
    ServerAddress,

    /// <summary>Port of the server.</summary>
    ServerPort,

    /// <summary>Service behind a proxy.</summary>
    Service,

    /// <summary>Id of the request.</summary>
    RequestId,

    /// <summary>Process id.</summary>
    ProcessId,

    /// <summary>Host that wrote the line.</summary>
    HostName,

    /// <summary>A time, in any of the forms that <see cref="StampParts"/> reads.</summary>
    Time,

    /// <summary>The date of a time whose hours stand apart.</summary>
    Date,

    /// <summary>The hours of a time whose date stands apart.</summary>
    TimeOfDay,

    /// <summary>A time that is less exact than another one.</summary>
    OtherTime,
}
