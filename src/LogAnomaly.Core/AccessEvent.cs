using System.Collections.ObjectModel;
using System.Globalization;
using System.Text;

namespace LogAnomaly;

/// <summary>
/// A request in the access log of a web server or proxy. Most formats have no level: a status of 500 and above gives
/// <see cref="LogLevel.Error"/>, of 400 and above <see cref="LogLevel.Warning"/>, any other
/// <see cref="LogLevel.Informational"/>. An event of an ordinary line does not keep the line: <see cref="Raw"/> is put
/// together from the fields, byte for byte.
/// </summary>
public sealed class AccessEvent : LogEvent
{
    private const byte NoBytesFlag = 1;
    private const byte CombinedFlag = 2;

    private static readonly LogField[] s_fields =
    [
        LogField.SourceIP, LogField.SourcePort, LogField.SourceHost, LogField.UserName, LogField.Method, LogField.Url,
        LogField.UrlPath, LogField.UrlQuery, LogField.HttpVersion, LogField.StatusCode, LogField.BytesSent,
        LogField.BytesReceived, LogField.DurationMs, LogField.Referrer, LogField.UserAgent, LogField.VirtualHost,
        LogField.DestinationIP, LogField.DestinationPort, LogField.ServiceName, LogField.RequestId, LogField.Action,
        LogField.RuleId, LogField.RuleName, LogField.Outcome,
    ];

    private AccessDetails? _details;
    private string? _url;
    private uint _bytesSent;
    private ushort _status;
    private byte _request;
    private byte _flags = NoBytesFlag;

    /// <summary>Creates an event of a line that it keeps a copy of.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="source">Where the line comes from.</param>
    internal AccessEvent(in LogLine line, LogSource source)
        : base(LogKind.Access, line.Number, source) =>
        _details = new AccessDetails { Line = line.Detach() };

    /// <summary>
    /// Creates an event of an ordinary line of the common or combined format, which is put together again from its
    /// fields. Client, referrer and agent are set after it.
    /// </summary>
    /// <param name="number">Number of the line, from 1.</param>
    /// <param name="source">Where the line comes from.</param>
    /// <param name="url">Target of the request.</param>
    /// <param name="method">Code of the method.</param>
    /// <param name="version">Code of the version.</param>
    /// <param name="status">Status.</param>
    /// <param name="bytes">Bytes of the body, below 2 to the 32nd, or -1 for none.</param>
    /// <param name="isCombined">Whether referrer and agent follow.</param>
    internal AccessEvent(
        long number, LogSource source, string url, int method, int version, int status, long bytes, bool isCombined)
        : base(LogKind.Access, number, source)
    {
        _url = url;
        _request = (byte)(method | (version << 4));
        _status = (ushort)status;
        _bytesSent = bytes < 0 ? 0 : (uint)bytes;
        _flags = (byte)((bytes < 0 ? NoBytesFlag : 0) | (isCombined ? CombinedFlag : 0));
    }

    // Declared anew so that they come before those of the kind: PowerShell lists the properties of the derived type
    // first, and Export-Csv and ConvertTo-Json follow.
    /// <inheritdoc/>
    public override DateTimeOffset? Timestamp => base.Timestamp;

    /// <inheritdoc/>
    public override string? HostName
    {
        get => _details?.HostName;
        internal set => Details.HostName = value;
    }

    /// <inheritdoc/>
    public override string? Program
    {
        get => _details?.Program;
        internal set => Details.Program = value;
    }

    /// <inheritdoc/>
    public override int? ProcessId
    {
        get => _details is { ProcessId: >= 0 and int id } ? id : null;
        internal set => Details.ProcessId = value ?? -1;
    }

    /// <inheritdoc/>
    public override LogLevel? Level => base.Level;

    /// <summary>The request as the client sent it, in one line: method, target and version.</summary>
    public override string Message => _details switch
    {
        { Message: { } text } => text,
        { Line.Buffer: not null, MessageLength: < 0 } => Raw,
        { Line.Buffer: { } buffer } details =>
            Encoding.UTF8.GetString(buffer, details.MessageStart, details.MessageLength),
        _ => ComposeRequest(),
    };

    /// <summary>Address of the client, or null where the server logged a name.</summary>
    public string? SourceIP { get; internal set; }

    /// <summary>Port of the client, or null.</summary>
    public int? SourcePort
    {
        get => _details?.SourcePort;
        internal set => Details.SourcePort = value;
    }

    /// <summary>Name of the client, where the server logged a name, or null.</summary>
    public string? SourceHost
    {
        get => _details?.SourceHost;
        internal set => Details.SourceHost = value;
    }

    /// <summary>Authenticated user, or null.</summary>
    public string? UserName
    {
        get => _details?.UserName;
        internal set => Details.UserName = value;
    }

    /// <summary>HTTP method, or null where the request line is no HTTP.</summary>
    public string? Method
    {
        get => RequestWords.Method(_request & 0xF) ?? _details?.Method;
        internal set
        {
            int code = RequestWords.MethodCode(value);
            _request = (byte)((_request & 0xF0) | code);
            if (code == 0)
            {
                Details.Method = value;
            }
        }
    }

    /// <summary>
    /// Target of the request as the client sent it; the whole request where it is no HTTP; null where there was none.
    /// </summary>
    public string? Url
    {
        get => _url;
        internal set => _url = value;
    }

    /// <summary>Path of the request, as sent (not decoded), or null.</summary>
    public string? UrlPath
    {
        get => _details?.UrlPath ?? (Method is { } method ? RequestWords.PathOf(method, _url) : null);
        internal set => Details.UrlPath = value;
    }

    /// <summary>Query of the request without its question mark, or null.</summary>
    public string? UrlQuery
    {
        get => _details?.UrlQuery ?? (Method is null ? null : RequestWords.QueryOf(_url));
        internal set => Details.UrlQuery = value;
    }

    /// <summary>HTTP version such as <c>1.1</c>, or null.</summary>
    public string? HttpVersion
    {
        get => RequestWords.Version(_request >> 4) ?? _details?.HttpVersion;
        internal set
        {
            int code = RequestWords.VersionCode(value);
            _request = (byte)((_request & 0xF) | (code << 4));
            if (code == 0)
            {
                Details.HttpVersion = value;
            }
        }
    }

    /// <summary>Status of the response, or null.</summary>
    public int? StatusCode
    {
        get => _status == 0 ? null : _status;
        internal set => _status = value is > 0 and <= ushort.MaxValue ? (ushort)value : (ushort)0;
    }

    /// <summary>Bytes of the response body; null where the log has <c>-</c>.</summary>
    public long? BytesSent
    {
        get => (_flags & NoBytesFlag) == 0 ? _bytesSent : _details is { BytesSent: >= 0 and long sent } ? sent : null;
        internal set
        {
            bool isShort = value is >= 0 and <= uint.MaxValue;
            _bytesSent = isShort ? (uint)value!.Value : 0;
            _flags = (byte)(isShort ? _flags & ~NoBytesFlag : _flags | NoBytesFlag);
            if (!isShort)
            {
                Details.BytesSent = value ?? -1;
            }
        }
    }

    /// <summary>Bytes of the request with its header, or null.</summary>
    public long? BytesReceived
    {
        get => _details?.BytesReceived;
        internal set => Details.BytesReceived = value;
    }

    /// <summary>Time that the request took, in milliseconds, or null.</summary>
    public double? DurationMs
    {
        get => _details?.DurationMs;
        internal set => Details.DurationMs = value;
    }

    /// <summary>Referring page, or null.</summary>
    public string? Referrer { get; internal set; }

    /// <summary>User agent, or null.</summary>
    public string? UserAgent { get; internal set; }

    /// <summary>Virtual host with its port where the format has one (vhost_combined), or null.</summary>
    public string? VirtualHost
    {
        get => _details?.VirtualHost;
        internal set => Details.VirtualHost = value;
    }

    /// <summary>Address of the server that took the request, or null.</summary>
    public string? DestinationIP
    {
        get => _details?.DestinationIP;
        internal set => Details.DestinationIP = value;
    }

    /// <summary>Port of the server that took the request, or null.</summary>
    public int? DestinationPort
    {
        get => _details?.DestinationPort;
        internal set => Details.DestinationPort = value;
    }

    /// <summary>Service behind the proxy that answered, or null.</summary>
    public string? ServiceName
    {
        get => _details?.ServiceName;
        internal set => Details.ServiceName = value;
    }

    /// <summary>Id that the server gave the request, or null.</summary>
    public string? RequestId
    {
        get => _details?.RequestId;
        internal set => Details.RequestId = value;
    }

    /// <summary>What a filter did, <c>request_blocked</c> or <c>rule_matched</c>, or null.</summary>
    public string? Action => _details?.Action;

    /// <summary>Rule of a filter (ModSecurity) that the request met, or null.</summary>
    public string? RuleId => _details?.RuleId;

    /// <summary>What the rule says of itself, or null.</summary>
    public string? RuleName => _details?.RuleName;

    /// <summary>Success below status 400, failure from it.</summary>
    public Outcome Outcome => _status switch
    {
        0 => Outcome.Unknown,
        < 400 => Outcome.Success,
        _ => Outcome.Failure,
    };

    /// <inheritdoc/>
    public override string Raw =>
        _details is { Line.Buffer: not null } details ? Encoding.UTF8.GetString(details.Line.Span) : ComposeLine();

    /// <inheritdoc/>
    public override string? Label
    {
        get => _details?.Label;
        internal set => Details.Label = value;
    }

    /// <inheritdoc/>
    internal override int FurtherLines => _details?.Line.FurtherLines ?? 0;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> MessageSpan => _details switch
    {
        null => ComposeRequestBytes(),
        { Message: null, MessageLength: >= 0, Line.Buffer: { } buffer } details =>
            buffer.AsSpan(details.MessageStart, details.MessageLength),
        _ => Encoding.UTF8.GetBytes(Message),
    };

    /// <summary>
    /// Whether the event carries what an ordinary line does not; an event without them is its fields and no more.
    /// </summary>
    internal bool HasDetails => _details is not null;

    /// <summary>Method, version and status as one number; it tells them only where the event has no details.</summary>
    internal int RequestCode => (_request << 16) | _status;

    // Made when they are first written; the event of an ordinary line has none.
    private AccessDetails Details => _details ??= new AccessDetails();

    /// <inheritdoc/>
    public override IReadOnlyList<LogField> GetKindFields() => s_fields;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object?> GetProperties() =>
        _details?.Properties ?? ReadOnlyDictionary<string, object?>.Empty;

    /// <inheritdoc/>
    public override object? GetValue(LogField field) => field switch
    {
        LogField.SourceIP => SourceIP,
        LogField.SourcePort => SourcePort,
        LogField.SourceHost => SourceHost,
        LogField.UserName => UserName,
        LogField.Method => Method,
        LogField.Url => Url,
        LogField.UrlPath => UrlPath,
        LogField.UrlQuery => UrlQuery,
        LogField.HttpVersion => HttpVersion,
        LogField.StatusCode => StatusCode,
        LogField.BytesSent => BytesSent,
        LogField.BytesReceived => BytesReceived,
        LogField.DurationMs => DurationMs,
        LogField.Referrer => Referrer,
        LogField.UserAgent => UserAgent,
        LogField.VirtualHost => VirtualHost,
        LogField.DestinationIP => DestinationIP,
        LogField.DestinationPort => DestinationPort,
        LogField.ServiceName => ServiceName,
        LogField.RequestId => RequestId,
        LogField.Outcome => Outcome,
        LogField.Action => Action,
        LogField.RuleId => RuleId,
        LogField.RuleName => RuleName,
        LogField.Category => _details?.Category ?? "web",
        _ => base.GetValue(field),
    };

    /// <summary>The level that a status stands for, where the log has none.</summary>
    /// <param name="status">The status, or null.</param>
    /// <returns>Error from 500, Warning from 400, else Informational.</returns>
    internal static LogLevel LevelOf(int? status) => status switch
    {
        >= 500 => LogLevel.Error,
        >= 400 => LogLevel.Warning,
        _ => LogLevel.Informational,
    };

    /// <summary>Sets the request as a slice of the line.</summary>
    /// <param name="start">Index of its first byte from the start of the line.</param>
    /// <param name="length">Its bytes.</param>
    internal void SetMessage(int start, int length)
    {
        AccessDetails details = Details;
        details.MessageStart = details.Line.Start + start;
        details.MessageLength = length;
    }

    /// <summary>Sets the request as a text of its own, where the line has it in parts.</summary>
    /// <param name="message">The text.</param>
    internal void SetMessage(string message) => Details.Message = message;

    /// <summary>Sets what a filter did with the request.</summary>
    /// <param name="isDenied">Whether it stopped the request.</param>
    /// <param name="ruleId">The rule, or null.</param>
    /// <param name="ruleName">What the rule says of itself, or null.</param>
    internal void SetRule(bool isDenied, string? ruleId, string? ruleName)
    {
        AccessDetails details = Details;
        details.Category = "intrusion_detection";
        details.Action = isDenied ? "request_blocked" : "rule_matched";
        details.RuleId = ruleId;
        details.RuleName = ruleName;
    }

    /// <summary>Sets the whole line, where the event was made of a part of it; the message stays.</summary>
    /// <param name="line">The line.</param>
    internal void SetLine(in LogLine line)
    {
        string message = Message;
        AccessDetails details = Details;
        details.Message = message;
        details.Line = line.Detach();
    }

    /// <summary>Sets the values of the line that no field stands for.</summary>
    /// <param name="properties">The values.</param>
    internal void SetProperties(IReadOnlyDictionary<string, object?> properties) =>
        Details.Properties = properties;

    /// <summary>
    /// Writes the line of an event that does not keep it, as <see cref="Raw"/> has it, without making a string.
    /// </summary>
    /// <param name="destination">Takes the line.</param>
    /// <param name="written">Bytes of the line.</param>
    /// <returns>Whether the line was written: the event does not keep it, and it has room.</returns>
    internal bool TryWriteLine(Span<byte> destination, out int written)
    {
        written = 0;
        if (_details is { Line.Buffer: not null } || Timestamp is not { } time || !IsRoomIn(destination.Length))
        {
            return false;
        }

        Utf8Line line = new(destination);
        line.Add(SourceIP);
        line.Add(" - ");
        line.Add(UserName ?? "-");
        line.Add(" [");
        line.AddAccessTime(time);
        line.Add("] \"");
        line.Add(Method);
        line.Add(" ");
        line.Add(_url);
        line.Add(" HTTP/");
        line.Add(HttpVersion);
        line.Add("\" ");
        line.AddNumber(_status, 1);
        line.Add(" ");
        if ((_flags & NoBytesFlag) == 0)
        {
            line.AddNumber(_bytesSent, 1);
        }
        else
        {
            line.Add("-");
        }

        if ((_flags & CombinedFlag) != 0)
        {
            line.Add(" \"");
            line.Add(Referrer ?? "-");
            line.Add("\" \"");
            line.Add(UserAgent ?? "-");
            line.Add("\"");
        }

        written = line.Length;
        return true;
    }

    // Three bytes of UTF-8 for a character at most, and what stands between the fields.
    private bool IsRoomIn(int length) =>
        (3L * ((SourceIP?.Length ?? 0) + (UserName?.Length ?? 0) + (_url?.Length ?? 0) + (Referrer?.Length ?? 0)
            + (UserAgent?.Length ?? 0))) + 128
        <= length;

    private string ComposeRequest() => string.Concat(Method, " ", _url, string.Concat(" HTTP/", HttpVersion));

    // The bytes of ComposeRequest.
    private byte[] ComposeRequestBytes()
    {
        ReadOnlySpan<byte> between = " HTTP/"u8;
        (string method, string url, string version) = (Method ?? "", _url ?? "", HttpVersion ?? "");
        int targetLength = Encoding.UTF8.GetByteCount(url);
        byte[] bytes = new byte[method.Length + 1 + targetLength + between.Length + version.Length];
        Encoding.UTF8.GetBytes(method, bytes);
        bytes[method.Length] = (byte)' ';
        int end = method.Length + 1 + Encoding.UTF8.GetBytes(url, bytes.AsSpan(method.Length + 1));
        between.CopyTo(bytes.AsSpan(end));
        Encoding.UTF8.GetBytes(version, bytes.AsSpan(end + between.Length));
        return bytes;
    }

    private string ComposeLine()
    {
        string stamp = Timestamp is { } time
            ? time.ToString("dd/MMM/yyyy:HH:mm:ss zzz", CultureInfo.InvariantCulture).Remove(24, 1)
            : "-";
        string bytes = (_flags & NoBytesFlag) == 0 ? _bytesSent.ToString(CultureInfo.InvariantCulture) : "-";
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{SourceIP} - {UserName ?? "-"} [{stamp}] \"{ComposeRequest()}\" {_status} {bytes}");
        return (_flags & CombinedFlag) == 0
            ? line
            : string.Concat(line, $" \"{Referrer ?? "-"}\"", $" \"{UserAgent ?? "-"}\"");
    }
}
