namespace LogAnomaly;

/// <summary>
/// The fields that events can carry, by the names of their properties. <see cref="LogFields"/> maps other spellings to
/// them.
/// </summary>
public enum LogField
{
    /// <summary>Time of the event, <see cref="DateTimeOffset"/>.</summary>
    Timestamp,

    /// <summary>Host that wrote the line.</summary>
    HostName,

    /// <summary>Program that wrote the line.</summary>
    Program,

    /// <summary>Process id, <see cref="int"/>.</summary>
    ProcessId,

    /// <summary>Thread id, <see cref="long"/>.</summary>
    ThreadId,

    /// <summary><see cref="LogLevel"/> of the line.</summary>
    Level,

    /// <summary>The text of the event without its header.</summary>
    Message,

    /// <summary>
    /// Category in ECS words: authentication, session, iam, process, web, host, configuration, intrusion_detection.
    /// </summary>
    Category,

    /// <summary>What was done or tried, such as <c>ssh_login</c>.</summary>
    Action,

    /// <summary><see cref="LogAnomaly.Outcome"/> of the action.</summary>
    Outcome,

    /// <summary>User who acts or tries to.</summary>
    UserName,

    /// <summary>User on whom is acted, or who is become.</summary>
    TargetUser,

    /// <summary>Address that the action comes from.</summary>
    SourceIP,

    /// <summary>Port that the action comes from, <see cref="int"/>.</summary>
    SourcePort,

    /// <summary>Name of the host that the action comes from, where the line has a name and no address.</summary>
    SourceHost,

    /// <summary>HTTP method, or method of authentication.</summary>
    Method,

    /// <summary>Why it failed, in the words of the program.</summary>
    Reason,

    /// <summary>Terminal.</summary>
    Tty,

    /// <summary>Command that was run or tried.</summary>
    Command,

    /// <summary>Working directory of the command.</summary>
    WorkingDirectory,

    /// <summary>Id of a login session.</summary>
    SessionId,

    /// <summary>Target of the request as the client sent it.</summary>
    Url,

    /// <summary>Path of the request, as sent.</summary>
    UrlPath,

    /// <summary>Query of the request, without the question mark.</summary>
    UrlQuery,

    /// <summary>HTTP version, such as <c>1.1</c>.</summary>
    HttpVersion,

    /// <summary>HTTP status, <see cref="int"/>.</summary>
    StatusCode,

    /// <summary>Bytes of the response body, <see cref="long"/>.</summary>
    BytesSent,

    /// <summary>Referring page.</summary>
    Referrer,

    /// <summary>User agent.</summary>
    UserAgent,

    /// <summary>Virtual host that served the request.</summary>
    VirtualHost,

    /// <summary>Apache module.</summary>
    Module,

    /// <summary>Apache message code, such as <c>AH01630</c>.</summary>
    ErrorCode,

    /// <summary>Error of the operating system, as text.</summary>
    SystemError,

    /// <summary>Number of the error of the operating system, <see cref="int"/>.</summary>
    SystemErrorCode,

    /// <summary>syslog facility, such as <c>authpriv</c>.</summary>
    Facility,

    /// <summary>Address that the action goes to.</summary>
    DestinationIP,

    /// <summary>Port that the action goes to, <see cref="int"/>.</summary>
    DestinationPort,

    /// <summary>Protocol of the transport, lower case, such as <c>tcp</c>; ECS <c>network.transport</c>.</summary>
    Protocol,

    /// <summary>Network interface that a packet came in by.</summary>
    InInterface,

    /// <summary>Network interface that a packet left by.</summary>
    OutInterface,

    /// <summary>Name of the service or unit that the event is about; ECS <c>service.name</c>.</summary>
    ServiceName,

    /// <summary>Name of the package that the event is about.</summary>
    PackageName,

    /// <summary>Version of the package.</summary>
    PackageVersion,

    /// <summary>
    /// How often the line stands for the event, <see cref="int"/>; 1 unless the log says that it was repeated.
    /// </summary>
    RepeatCount,

    /// <summary>Time that the request took, in milliseconds, <see cref="double"/>.</summary>
    DurationMs,

    /// <summary>Bytes of the request with its header, <see cref="long"/>.</summary>
    BytesReceived,

    /// <summary>Id of the request or connection that the server wrote with the line.</summary>
    RequestId,

    /// <summary>Rule of a firewall or filter that the line names.</summary>
    RuleId,

    /// <summary>What the rule says of itself.</summary>
    RuleName,

    /// <summary>Id of a Windows event, or of a record that numbers its kinds, <see cref="int"/>.</summary>
    EventId,

    /// <summary>Provider of a Windows event.</summary>
    Provider,

    /// <summary>Channel of a Windows event, such as <c>Security</c>.</summary>
    Channel,

    /// <summary>Number of the record in its channel, <see cref="long"/>.</summary>
    RecordId,

    /// <summary>Domain of the user who acts.</summary>
    UserDomain,

    /// <summary>User with whose rights is acted.</summary>
    EffectiveUser,

    /// <summary><see cref="LogKind"/> of the event.</summary>
    Kind,

    /// <summary>File that the event was read from.</summary>
    Path,

    /// <summary>Line number in its source, from 1.</summary>
    LineNumber,

    /// <summary>The whole line.</summary>
    Raw,

    /// <summary>Id of the template of the message.</summary>
    TemplateId,

    /// <summary>Template of the message.</summary>
    Template,

    /// <summary>Label of a synthetic or labelled event: what was planted.</summary>
    Label,
}
