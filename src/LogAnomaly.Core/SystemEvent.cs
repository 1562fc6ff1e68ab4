namespace LogAnomaly;

/// <summary>
/// A line of a system log that is not about authentication: of the kernel, a firewall, a service, a package manager or
/// any other program.
/// </summary>
public sealed class SystemEvent : LineEvent
{
    private static readonly LogField[] s_fields =
    [
        LogField.Facility, LogField.Category, LogField.Action, LogField.Outcome, LogField.UserName, LogField.SourceIP,
        LogField.SourcePort, LogField.DestinationIP, LogField.DestinationPort, LogField.Protocol, LogField.InInterface,
        LogField.OutInterface, LogField.ServiceName, LogField.PackageName, LogField.PackageVersion, LogField.Command,
        LogField.Reason, LogField.RuleName, LogField.RepeatCount,
    ];

    private int _sourcePort = -1;
    private int _destinationPort = -1;

    /// <summary>Creates an event of a line.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    internal SystemEvent(in LogLine line, LogSource source)
        : base(LogKind.System, line, source)
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

    /// <summary>syslog facility such as <c>daemon</c>, or null where the line has no priority.</summary>
    public string? Facility { get; internal set; }

    /// <summary>
    /// Category in ECS words: network, host, process, package, configuration ...; null where the line is not known.
    /// </summary>
    public string? Category { get; internal set; }

    /// <summary>
    /// What was done or happened, such as <c>packet_blocked</c>, <c>out_of_memory</c>, <c>service_failed</c>, or null.
    /// </summary>
    public string? Action { get; internal set; }

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; internal set; }

    /// <summary>User whom the event names, or null.</summary>
    public string? UserName { get; internal set; }

    /// <summary>Address that a packet or request comes from, or null.</summary>
    public string? SourceIP { get; internal set; }

    /// <summary>Port that it comes from, or null.</summary>
    public int? SourcePort
    {
        get => _sourcePort < 0 ? null : _sourcePort;
        internal set => _sourcePort = value ?? -1;
    }

    /// <summary>Address that it goes to, or null.</summary>
    public string? DestinationIP { get; internal set; }

    /// <summary>Port that it goes to, or null.</summary>
    public int? DestinationPort
    {
        get => _destinationPort < 0 ? null : _destinationPort;
        internal set => _destinationPort = value ?? -1;
    }

    /// <summary>Protocol, lower case, such as <c>tcp</c>, or null.</summary>
    public string? Protocol { get; internal set; }

    /// <summary>Interface that a packet came in by, or null.</summary>
    public string? InInterface { get; internal set; }

    /// <summary>Interface that a packet left by, or null.</summary>
    public string? OutInterface { get; internal set; }

    /// <summary>Service or unit that the event is about, or null.</summary>
    public string? ServiceName { get; internal set; }

    /// <summary>Package that the event is about, or null.</summary>
    public string? PackageName { get; internal set; }

    /// <summary>Version of the package, or null.</summary>
    public string? PackageVersion { get; internal set; }

    /// <summary>Program or command that the event is about, such as the one that was killed, or null.</summary>
    public string? Command { get; internal set; }

    /// <summary>Why, in the words of the program, or null.</summary>
    public string? Reason { get; internal set; }

    /// <summary>Name of the rule of a firewall or an audit that made the line, or null.</summary>
    public string? RuleName { get; internal set; }

    /// <summary>How often the log says that the message came, 1 unless it says so.</summary>
    public int RepeatCount { get; internal set; } = 1;

    /// <inheritdoc/>
    public override IReadOnlyList<LogField> GetKindFields() => s_fields;

    /// <inheritdoc/>
    public override object? GetValue(LogField field) => field switch
    {
        LogField.Facility => Facility,
        LogField.Category => Category,
        LogField.Action => Action,
        LogField.Outcome => Outcome,
        LogField.UserName => UserName,
        LogField.SourceIP => SourceIP,
        LogField.SourcePort => SourcePort,
        LogField.DestinationIP => DestinationIP,
        LogField.DestinationPort => DestinationPort,
        LogField.Protocol => Protocol,
        LogField.InInterface => InInterface,
        LogField.OutInterface => OutInterface,
        LogField.ServiceName => ServiceName,
        LogField.PackageName => PackageName,
        LogField.PackageVersion => PackageVersion,
        LogField.Command => Command,
        LogField.Reason => Reason,
        LogField.RuleName => RuleName,
        LogField.RepeatCount => RepeatCount,
        _ => base.GetValue(field),
    };
}
