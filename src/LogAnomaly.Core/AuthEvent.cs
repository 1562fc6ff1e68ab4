namespace LogAnomaly;

/// <summary>
/// A line about authentication, privilege, accounts or sessions, from auth.log, secure or the journal. Such lines have
/// no level: a failure gives <see cref="LogLevel.Warning"/>, anything else <see cref="LogLevel.Informational"/>, unless
/// the line has one.
/// </summary>
public sealed class AuthEvent : LineEvent
{
    private static readonly LogField[] s_fields =
    [
        LogField.Category, LogField.Action, LogField.Outcome, LogField.UserName, LogField.TargetUser, LogField.SourceIP,
        LogField.SourcePort, LogField.SourceHost, LogField.Method, LogField.Reason, LogField.Tty, LogField.Command,
        LogField.WorkingDirectory, LogField.SessionId, LogField.RepeatCount,
    ];

    private int _sourcePort = -1;

    /// <summary>Creates an event of a line.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    internal AuthEvent(in LogLine line, LogSource source)
        : base(LogKind.Authentication, line, source)
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

    /// <summary>
    /// Category in ECS words: authentication, session, iam, process, network, intrusion_detection, configuration.
    /// </summary>
    public string? Category { get; internal set; }

    /// <summary>
    /// What was done or tried, such as <c>ssh_login</c>, <c>sudo_command</c>, <c>user_added</c>; null where the line
    /// says neither.
    /// </summary>
    public string? Action { get; internal set; }

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; internal set; }

    /// <summary>User who acts or tries to, or null. An invalid user's name is as the client sent it.</summary>
    public string? UserName { get; internal set; }

    /// <summary>User on whom is acted, or who is become, or null.</summary>
    public string? TargetUser { get; internal set; }

    /// <summary>Address that the action comes from, or null.</summary>
    public string? SourceIP { get; internal set; }

    /// <summary>Port that the action comes from, or null.</summary>
    public int? SourcePort
    {
        get => _sourcePort < 0 ? null : _sourcePort;
        internal set => _sourcePort = value ?? -1;
    }

    /// <summary>Name of the remote host, where the line has a name and no address, or null.</summary>
    public string? SourceHost { get; internal set; }

    /// <summary>Method of authentication, such as <c>password</c> or <c>publickey</c>, or null.</summary>
    public string? Method { get; internal set; }

    /// <summary>Why it failed or what followed, in the words of the program, or null.</summary>
    public string? Reason { get; internal set; }

    /// <summary>Terminal, or null.</summary>
    public string? Tty { get; internal set; }

    /// <summary>Command that was run or tried, or null.</summary>
    public string? Command { get; internal set; }

    /// <summary>Working directory of the command, or null.</summary>
    public string? WorkingDirectory { get; internal set; }

    /// <summary>Id of the login session, or null.</summary>
    public string? SessionId { get; internal set; }

    /// <summary>How often the log says that the message came, 1 unless it says so.</summary>
    public int RepeatCount { get; internal set; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<LogField> GetKindFields() => s_fields;

    /// <inheritdoc/>
    public override object? GetValue(LogField field) => field switch
    {
        LogField.Category => Category,
        LogField.Action => Action,
        LogField.Outcome => Outcome,
        LogField.UserName => UserName,
        LogField.TargetUser => TargetUser,
        LogField.SourceIP => SourceIP,
        LogField.SourcePort => SourcePort,
        LogField.SourceHost => SourceHost,
        LogField.Method => Method,
        LogField.Reason => Reason,
        LogField.Tty => Tty,
        LogField.Command => Command,
        LogField.WorkingDirectory => WorkingDirectory,
        LogField.SessionId => SessionId,
        LogField.RepeatCount => RepeatCount,
        _ => base.GetValue(field),
    };
}
