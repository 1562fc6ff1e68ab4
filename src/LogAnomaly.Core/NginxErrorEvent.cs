using System.Collections.ObjectModel;

namespace LogAnomaly;

/// <summary>A line of an nginx error log.</summary>
public sealed class NginxErrorEvent : LineEvent
{
    private static readonly LogField[] s_fields =
    [
        LogField.Category, LogField.Action, LogField.Outcome, LogField.UserName, LogField.ThreadId, LogField.RequestId,
        LogField.SourceIP, LogField.SourceHost, LogField.VirtualHost, LogField.Method, LogField.Url, LogField.UrlPath,
        LogField.UrlQuery, LogField.HttpVersion, LogField.Referrer, LogField.SystemErrorCode, LogField.SystemError,
        LogField.RuleId, LogField.RuleName,
    ];

    private IReadOnlyDictionary<string, object?>? _properties;

    /// <summary>Creates an event of a line.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    internal NginxErrorEvent(in LogLine line, LogSource source)
        : base(LogKind.NginxError, line, source)
    {
    }

    // Declared anew so that they come before those of the kind: PowerShell lists the properties of the derived type
    // first, and Export-Csv and ConvertTo-Json follow.
    /// <inheritdoc/>
    public override DateTimeOffset? Timestamp => base.Timestamp;

    /// <inheritdoc/>
    public override string? HostName => base.HostName;

    /// <inheritdoc/>
    public override string? Program => base.Program;

    /// <inheritdoc/>
    public override int? ProcessId => base.ProcessId;

    /// <inheritdoc/>
    public override LogLevel? Level => base.Level;

    /// <inheritdoc/>
    public override string Message => base.Message;

    /// <summary>Category in ECS words: web, authentication, intrusion_detection.</summary>
    public string? Category { get; internal set; }

    /// <summary>What was done or tried, such as <c>basic_login</c>; null where the line says neither.</summary>
    public string? Action { get; internal set; }

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; internal set; }

    /// <summary>User who acts or tries to, or null.</summary>
    public string? UserName { get; internal set; }

    /// <summary>Thread id, or null.</summary>
    public long? ThreadId { get; internal set; }

    /// <summary>Number of the connection, or null.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>Address of the client, or null.</summary>
    public string? SourceIP { get; internal set; }

    /// <summary>Name of the client, where the line has a name and no address (such as <c>unix:</c>), or null.</summary>
    public string? SourceHost { get; internal set; }

    /// <summary>Server that took the request, by the line's <c>host</c> or else its <c>server</c>, or null.</summary>
    public string? VirtualHost { get; internal set; }

    /// <summary>HTTP method, or null.</summary>
    public string? Method { get; internal set; }

    /// <summary>Target of the request as the client sent it, or null.</summary>
    public string? Url { get; internal set; }

    /// <summary>Path of the request, as sent, or null.</summary>
    public string? UrlPath { get; internal set; }

    /// <summary>Query of the request without its question mark, or null.</summary>
    public string? UrlQuery { get; internal set; }

    /// <summary>HTTP version such as <c>1.1</c>, or null.</summary>
    public string? HttpVersion { get; internal set; }

    /// <summary>Referring page, or null.</summary>
    public string? Referrer { get; internal set; }

    /// <summary>Number of the operating system's error, or null.</summary>
    public int? SystemErrorCode { get; internal set; }

    /// <summary>Text of the operating system's error, or null.</summary>
    public string? SystemError { get; internal set; }

    /// <summary>Rule of ModSecurity that the line names, or null.</summary>
    public string? RuleId { get; internal set; }

    /// <summary>What the rule says of itself, or null.</summary>
    public string? RuleName { get; internal set; }

    /// <inheritdoc/>
    public override IReadOnlyList<LogField> GetKindFields() => s_fields;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> GetProperties() =>
        _properties ?? ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Sets the values of the line that no field stands for.</summary>
    /// <param name="properties">The values.</param>
    internal void SetProperties(IReadOnlyDictionary<string, object?> properties) => _properties = properties;

    /// <summary>Bytes of the message before the <c>, client: </c> and what follows it; -1 for all.</summary>
    internal int TemplateLength { get; set; } = -1;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> TemplateSpan =>
        TemplateLength < 0 ? MessageSpan : MessageSpan[..TemplateLength];

    /// <inheritdoc/>
    public override object? GetValue(LogField field) => field switch
    {
        LogField.Category => Category,
        LogField.Action => Action,
        LogField.Outcome => Outcome,
        LogField.UserName => UserName,
        LogField.ThreadId => ThreadId,
        LogField.RequestId => RequestId,
        LogField.SourceIP => SourceIP,
        LogField.SourceHost => SourceHost,
        LogField.VirtualHost => VirtualHost,
        LogField.Method => Method,
        LogField.Url => Url,
        LogField.UrlPath => UrlPath,
        LogField.UrlQuery => UrlQuery,
        LogField.HttpVersion => HttpVersion,
        LogField.Referrer => Referrer,
        LogField.SystemErrorCode => SystemErrorCode,
        LogField.SystemError => SystemError,
        LogField.RuleId => RuleId,
        LogField.RuleName => RuleName,
        _ => base.GetValue(field),
    };
}
