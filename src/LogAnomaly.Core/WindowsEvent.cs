using System.Text;

namespace LogAnomaly;

/// <summary>
/// A record of the Windows event log, from <c>Get-WinEvent</c>, as XML or as JSON. <see cref="GetProperties"/> has all
/// values of the record under their own names (<c>TargetUserName</c>, <c>LogonType</c>, <c>Image</c>,
/// <c>CommandLine</c> …), and the look-up by name finds those before any field of ours.
/// </summary>
public sealed class WindowsEvent : LineEvent
{
    private static readonly LogField[] s_fields =
    [
        LogField.EventId, LogField.Provider, LogField.Channel, LogField.RecordId, LogField.ThreadId, LogField.Category,
        LogField.Action, LogField.Outcome, LogField.UserName, LogField.UserDomain, LogField.TargetUser,
        LogField.EffectiveUser, LogField.SourceIP, LogField.SourcePort, LogField.SourceHost, LogField.DestinationIP,
        LogField.DestinationPort, LogField.Protocol, LogField.Method, LogField.Reason, LogField.ErrorCode,
        LogField.Command, LogField.WorkingDirectory, LogField.ServiceName, LogField.SessionId, LogField.RuleName,
        LogField.Url, LogField.UrlPath, LogField.UrlQuery, LogField.StatusCode, LogField.BytesSent,
        LogField.BytesReceived, LogField.UserAgent, LogField.VirtualHost, LogField.DurationMs, LogField.PackageName,
        LogField.PackageVersion,
    ];

    private readonly WindowsValues _values;
    private byte[]? _message;
    private Dictionary<string, object?>? _properties;

    /// <summary>Creates an event of a record.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    /// <param name="values">Its values.</param>
    /// <param name="message">Its text, or null where it has none.</param>
    internal WindowsEvent(in LogLine line, LogSource source, WindowsValues values, byte[]? message)
        : base(LogKind.Windows, line, source)
    {
        _values = values;
        _message = message;
    }

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

    /// <summary>The text of the record; where it has none, its id and its values.</summary>
    public override string Message => Encoding.UTF8.GetString(MessageSpan);

    /// <summary>Id of the event.</summary>
    public int? EventId => (int?)_values[LogField.EventId];

    /// <summary>Provider, or null.</summary>
    public string? Provider => Text(LogField.Provider);

    /// <summary>Channel, or null.</summary>
    public string? Channel => Text(LogField.Channel);

    /// <summary>Number of the record in its channel, or null.</summary>
    public long? RecordId => (long?)_values[LogField.RecordId];

    /// <summary>Thread that wrote the record, or null.</summary>
    public long? ThreadId => (long?)_values[LogField.ThreadId];

    /// <summary>Category in ECS words, or null where the event is not known.</summary>
    public string? Category => Text(LogField.Category);

    /// <summary>
    /// What was done or happened, such as <c>login</c>, <c>user_added</c>, <c>service_installed</c>, or null.
    /// </summary>
    public string? Action => Text(LogField.Action);

    /// <summary>How it ended.</summary>
    public Outcome Outcome => _values[LogField.Outcome] is Outcome outcome ? outcome : Outcome.Unknown;

    /// <summary>User who acts or tries to, or null.</summary>
    public string? UserName => Text(LogField.UserName);

    /// <summary>Domain of the user, or null.</summary>
    public string? UserDomain => Text(LogField.UserDomain);

    /// <summary>User or group on whom is acted, or who is become, or null.</summary>
    public string? TargetUser => Text(LogField.TargetUser);

    /// <summary>Address that the action comes from, or null.</summary>
    public string? SourceIP => Text(LogField.SourceIP);

    /// <summary>Port that the action comes from, or null.</summary>
    public int? SourcePort => (int?)_values[LogField.SourcePort];

    /// <summary>Name of the workstation that the action comes from, or null.</summary>
    public string? SourceHost => Text(LogField.SourceHost);

    /// <summary>Address that the action goes to, or null.</summary>
    public string? DestinationIP => Text(LogField.DestinationIP);

    /// <summary>Port that the action goes to, or null.</summary>
    public int? DestinationPort => (int?)_values[LogField.DestinationPort];

    /// <summary>
    /// Kind of logon such as <c>network</c> or <c>remote_interactive</c>, or package of authentication, or null.
    /// </summary>
    public string? Method => Text(LogField.Method);

    /// <summary>Why it failed, in words for its status, or null.</summary>
    public string? Reason => Text(LogField.Reason);

    /// <summary>Status of a failure as the record has it, such as <c>0xc000006a</c>, or null.</summary>
    public string? ErrorCode => Text(LogField.ErrorCode);

    /// <summary>Command line, program or script that was run, or null.</summary>
    public string? Command => Text(LogField.Command);

    /// <summary>Service or task that the event is about, or null.</summary>
    public string? ServiceName => Text(LogField.ServiceName);

    /// <summary>Id of the logon session, or null.</summary>
    public string? SessionId => Text(LogField.SessionId);

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> MessageSpan =>
        _message ??= Encoding.UTF8.GetBytes(_values.ToText());

    /// <inheritdoc/>
    public override object? this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            return _values.FindData(name) ?? base[name];
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<LogField> GetKindFields() => s_fields;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> GetProperties() => _properties ??= _values.ToProperties();

    /// <inheritdoc/>
    public override object? GetValue(LogField field) => field switch
    {
        LogField.Outcome => Outcome,
        _ => _values[field] ?? base.GetValue(field),
    };

    private string? Text(LogField field) => (string?)_values[field];
}
