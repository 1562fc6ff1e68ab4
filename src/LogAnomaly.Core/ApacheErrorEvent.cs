using System.Collections.ObjectModel;

namespace LogAnomaly;

/// <summary>A line of an Apache httpd error log, of 2.2 or 2.4.</summary>
public sealed class ApacheErrorEvent : LineEvent
{
    private static readonly LogField[] s_fields =
    [
        LogField.RuleId, LogField.RuleName,
        LogField.Module, LogField.ErrorCode, LogField.ThreadId, LogField.SourceIP, LogField.SourcePort,
        LogField.SourceHost, LogField.SystemErrorCode, LogField.SystemError, LogField.Referrer,
        LogField.Category, LogField.Action, LogField.Outcome, LogField.UserName,
    ];

    private IReadOnlyDictionary<string, object?>? _properties;

    /// <summary>Creates an event of a line.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    internal ApacheErrorEvent(in LogLine line, LogSource source)
        : base(LogKind.ApacheError, line, source)
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

    /// <summary>Rule of ModSecurity that the line names, or null.</summary>
    public string? RuleId { get; internal set; }

    /// <summary>What the rule says of itself, or null.</summary>
    public string? RuleName { get; internal set; }

    /// <summary>Module that wrote the message, such as <c>core</c>; null in 2.2 and where it is left empty.</summary>
    public string? Module { get; internal set; }

    /// <summary>Code of the message, such as <c>AH01630</c>, or null.</summary>
    public string? ErrorCode { get; internal set; }

    /// <summary>Thread id, or null.</summary>
    public long? ThreadId { get; internal set; }

    /// <summary>Address of the client, or null.</summary>
    public string? SourceIP { get; internal set; }

    /// <summary>Name of the client, where the server logged a name, or null.</summary>
    public string? SourceHost { get; internal set; }

    /// <summary>Port of the client, or null.</summary>
    public int? SourcePort { get; internal set; }

    /// <summary>Number of the operating system's error, or null.</summary>
    public int? SystemErrorCode { get; internal set; }

    /// <summary>Text of the operating system's error, or null.</summary>
    public string? SystemError { get; internal set; }

    /// <summary>Referring page, or null.</summary>
    public string? Referrer { get; internal set; }

    /// <summary>Category in ECS words: <c>authentication</c> for logins and authorizations, else <c>web</c>.</summary>
    public string? Category { get; internal set; }

    /// <summary>
    /// What was tried: <c>http_login</c>, <c>http_authorization</c> or <c>access_denied</c>; null where the line tells
    /// of none.
    /// </summary>
    public string? Action { get; internal set; }

    /// <summary>How it ended; unknown where the line tells of no action.</summary>
    public Outcome Outcome { get; internal set; }

    /// <summary>User who tried to log in or to get access, as the client sent the name, or null.</summary>
    public string? UserName { get; internal set; }

    /// <inheritdoc/>
    public override IReadOnlyList<LogField> GetKindFields() => s_fields;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> GetProperties() =>
        _properties ?? ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Sets the values of the line that no field stands for.</summary>
    /// <param name="properties">The values.</param>
    internal void SetProperties(IReadOnlyDictionary<string, object?> properties) => _properties = properties;

    /// <summary>Bytes of the message before <c>, referer: </c>; -1 for all.</summary>
    internal int TemplateLength { get; set; } = -1;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> TemplateSpan =>
        TemplateLength < 0 ? MessageSpan : MessageSpan[..TemplateLength];

    /// <inheritdoc/>
    public override object? GetValue(LogField field) => field switch
    {
        LogField.RuleId => RuleId,
        LogField.RuleName => RuleName,
        LogField.Module => Module,
        LogField.ErrorCode => ErrorCode,
        LogField.ThreadId => ThreadId,
        LogField.SourceIP => SourceIP,
        LogField.SourcePort => SourcePort,
        LogField.SourceHost => SourceHost,
        LogField.SystemErrorCode => SystemErrorCode,
        LogField.SystemError => SystemError,
        LogField.Referrer => Referrer,
        LogField.Category => Category,
        LogField.Action => Action,
        LogField.Outcome => Outcome,
        LogField.UserName => UserName,
        _ => base.GetValue(field),
    };
}
