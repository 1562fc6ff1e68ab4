namespace LogAnomaly;

/// <summary>
/// What few requests carry: a user, a virtual host, a line that cannot be put together again from its fields. Held
/// apart, so that the others need no memory for it.
/// </summary>
internal sealed class AccessDetails
{
    /// <summary>
    /// The line, in an array of its own; its buffer is null where the line can be put together from the fields.
    /// </summary>
    public LogLine Line { get; set; }

    /// <summary>Index of the first byte of the request in the line.</summary>
    public int MessageStart { get; set; }

    /// <summary>Bytes of the request; -1 where the message is the whole line.</summary>
    public int MessageLength { get; set; } = -1;

    /// <summary>Text of the request where it is set apart from the line, or null.</summary>
    public string? Message { get; set; }

    /// <summary>Host that wrote the line.</summary>
    public string? HostName { get; set; }

    /// <summary>Program that wrote the line.</summary>
    public string? Program { get; set; }

    /// <summary>Process id, or -1.</summary>
    public int ProcessId { get; set; } = -1;

    /// <summary>What was planted.</summary>
    public string? Label { get; set; }

    /// <summary>Name of the client.</summary>
    public string? SourceHost { get; set; }

    /// <summary>Port of the client.</summary>
    public int? SourcePort { get; set; }

    /// <summary>Authenticated user.</summary>
    public string? UserName { get; set; }

    /// <summary>A method that is not among the usual ones.</summary>
    public string? Method { get; set; }

    /// <summary>A version that is not among the usual ones.</summary>
    public string? HttpVersion { get; set; }

    /// <summary>Path, where it is not the target without its query.</summary>
    public string? UrlPath { get; set; }

    /// <summary>Query, where it is not what follows the first question mark of the target.</summary>
    public string? UrlQuery { get; set; }

    /// <summary>A count of bytes beyond 32 bits.</summary>
    public long BytesSent { get; set; } = -1;

    /// <summary>Virtual host.</summary>
    public string? VirtualHost { get; set; }

    /// <summary>Address of the server.</summary>
    public string? DestinationIP { get; set; }

    /// <summary>Port of the server.</summary>
    public int? DestinationPort { get; set; }

    /// <summary>Service that answered.</summary>
    public string? ServiceName { get; set; }

    /// <summary>Bytes of the request.</summary>
    public long? BytesReceived { get; set; }

    /// <summary>Duration in milliseconds.</summary>
    public double? DurationMs { get; set; }

    /// <summary>Id of the request.</summary>
    public string? RequestId { get; set; }

    /// <summary>Category, where it is not web.</summary>
    public string? Category { get; set; }

    /// <summary>What a filter did.</summary>
    public string? Action { get; set; }

    /// <summary>Rule of a filter.</summary>
    public string? RuleId { get; set; }

    /// <summary>What the rule says of itself.</summary>
    public string? RuleName { get; set; }

    /// <summary>Values of the line that no field stands for.</summary>
    public IReadOnlyDictionary<string, object?>? Properties { get; set; }
}
