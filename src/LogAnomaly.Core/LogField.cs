namespace LogAnomaly;

/// <summary>The fields that events can carry, by the names of their properties. <see cref="LogFields"/> maps other spellings to them.</summary>
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

    /// <summary>Category in ECS words: authentication, session, iam, process, web, host, configuration, intrusion_detection.</summary>
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
