using System.Text;

namespace LogAnomaly;

/// <summary>
/// A record of a structured log: a JSON line, logfmt, LTSV, CSV, or a line that a pattern of the user's takes apart. It
/// carries whichever fields its names stand for; every other value of the line is in <see cref="GetProperties"/>, under
/// the name that the log gives it, with dots between the names of nested objects.
/// </summary>
public sealed class RecordEvent : LineEvent
{
    private static readonly LogField[] s_fields =
    [
        LogField.Category, LogField.Action, LogField.Outcome, LogField.UserName, LogField.UserDomain,
        LogField.TargetUser, LogField.EffectiveUser, LogField.SourceIP, LogField.SourcePort, LogField.SourceHost,
        LogField.DestinationIP, LogField.DestinationPort, LogField.Protocol, LogField.Method, LogField.Url,
        LogField.UrlPath, LogField.UrlQuery, LogField.HttpVersion, LogField.StatusCode, LogField.BytesSent,
        LogField.BytesReceived, LogField.Referrer, LogField.UserAgent, LogField.VirtualHost, LogField.DurationMs,
        LogField.Reason, LogField.Command, LogField.WorkingDirectory, LogField.ErrorCode, LogField.SystemError,
        LogField.SystemErrorCode, LogField.Module, LogField.ThreadId, LogField.SessionId, LogField.RequestId,
        LogField.ServiceName, LogField.RuleId, LogField.RuleName, LogField.EventId, LogField.Provider,
        LogField.Channel, LogField.RecordId, LogField.Facility, LogField.Tty, LogField.PackageName,
        LogField.PackageVersion, LogField.InInterface, LogField.OutInterface, LogField.RepeatCount,
    ];

    private readonly RecordMake _shape;
    private readonly object[] _values;
    private readonly byte[]? _message;
    private readonly byte[]? _record;
    private Known? _known;

    /// <summary>Creates an event of a record.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    /// <param name="shape">Which fields the values belong to, and how the line is read again.</param>
    /// <param name="values">The values of the fields, in the order of the shape.</param>
    /// <param name="message">The message where it is no slice of the line, or null.</param>
    /// <param name="record">What the values were read from, where it is not the line itself, or null.</param>
    internal RecordEvent(
        in LogLine line, LogSource source, RecordMake shape, object[] values, byte[]? message, byte[]? record)
        : base(LogKind.Record, line, source)
    {
        _shape = shape;
        _values = values;
        _message = message;
        _record = record;
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

    /// <inheritdoc/>
    public override string Message => _message is null ? base.Message : Encoding.UTF8.GetString(_message);

    /// <summary>Category in ECS words, as the record gives it, or null.</summary>
    public string? Category => Text(LogField.Category);

    /// <summary>What was done or happened, or null.</summary>
    public string? Action => Text(LogField.Action);

    /// <summary>How it ended.</summary>
    public Outcome Outcome => Find(LogField.Outcome) is Outcome outcome ? outcome : Outcome.Unknown;

    /// <summary>User who acts or tries to, or null.</summary>
    public string? UserName => Text(LogField.UserName);

    /// <summary>User on whom is acted, or null.</summary>
    public string? TargetUser => Text(LogField.TargetUser);

    /// <summary>Address that the action comes from, or null.</summary>
    public string? SourceIP => Text(LogField.SourceIP);

    /// <summary>Port that the action comes from, or null.</summary>
    public int? SourcePort => (int?)Find(LogField.SourcePort);

    /// <summary>Name of the remote host, or null.</summary>
    public string? SourceHost => Text(LogField.SourceHost);

    /// <summary>Address that the action goes to, or null.</summary>
    public string? DestinationIP => Text(LogField.DestinationIP);

    /// <summary>Port that the action goes to, or null.</summary>
    public int? DestinationPort => (int?)Find(LogField.DestinationPort);

    /// <summary>HTTP method, or method of authentication, or null.</summary>
    public string? Method => Text(LogField.Method);

    /// <summary>Target of a request, or null.</summary>
    public string? Url => Text(LogField.Url);

    /// <summary>HTTP status, or null.</summary>
    public int? StatusCode => (int?)Find(LogField.StatusCode);

    /// <summary>Time that it took in milliseconds, or null.</summary>
    public double? DurationMs => (double?)Find(LogField.DurationMs);

    /// <summary>Why it failed, or null.</summary>
    public string? Reason => Text(LogField.Reason);

    /// <summary>Command that was run or tried, or null.</summary>
    public string? Command => Text(LogField.Command);

    /// <summary>Code of the error, or null.</summary>
    public string? ErrorCode => Text(LogField.ErrorCode);

    /// <summary>Logger, component or module that wrote the record, or null.</summary>
    public string? Module => Text(LogField.Module);

    /// <summary>Thread id, or null.</summary>
    public long? ThreadId => (long?)Find(LogField.ThreadId);

    /// <summary>Id of the login session, or null.</summary>
    public string? SessionId => Text(LogField.SessionId);

    /// <summary>Id of the request, or null.</summary>
    public string? RequestId => Text(LogField.RequestId);

    /// <summary>Service that the record is about, or null.</summary>
    public string? ServiceName => Text(LogField.ServiceName);

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> MessageSpan => _message is null ? base.MessageSpan : _message;

    /// <inheritdoc/>
    public override IReadOnlyList<LogField> GetKindFields() => s_fields;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> GetProperties() =>
        (_known ??= Read()).Properties;

    /// <inheritdoc/>
    public override object? GetValue(LogField field) => field switch
    {
        LogField.Outcome => Outcome,
        _ => Find(field) ?? base.GetValue(field),
    };

    /// <inheritdoc/>
    private protected override object? GetOwnValue(string name) => (_known ??= Read()).All.GetValueOrDefault(name);

    /// <summary>The value that the log gives a name, whether or not a field of ours was made of it.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The value, or null where the log does not have it.</returns>
    internal object? FindOwn(string name) => GetOwnValue(name);

    private string? Text(LogField field) => (string?)Find(field);

    private object? Find(LogField field)
    {
        int at = _shape.Fields.AsSpan().IndexOf((byte)field);
        return at < 0 ? null : _values[at];
    }

    // Most events are never asked, so the values are read from the line only then.
    private Known Read()
    {
        ReadOnlySpan<byte> line = _record is null ? LineSpan : _record;
        return new Known(_shape.Read(line, withFields: false), _shape.Read(line, withFields: true));
    }

    private sealed record Known(Dictionary<string, object?> Properties, Dictionary<string, object?> All);
}
