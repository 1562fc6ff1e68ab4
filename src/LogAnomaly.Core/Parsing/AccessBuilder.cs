using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Makes an <see cref="AccessEvent"/> of values that a format has told apart. A value that names the client, the target
/// or the virtual host only by the way counts where no other does; what no field stands for is kept by its own name.
/// </summary>
internal sealed class AccessBuilder
{
    private static readonly string[] s_dates = ["yyyy-MM-dd", "MM/dd/yy", "M/d/yy", "M/d/yyyy", "MM/dd/yyyy"];

    private readonly AccessEvent _made;
    private readonly ParseContext _context;
    private Dictionary<string, object?>? _properties;
    private StampParts _stamp = new();
    private StampParts _other = new();
    private bool _hasTime;
    private bool _hasOther;
    private bool _hasRequest;
    private string? _path;
    private string? _query;
    private string? _serverName;
    private string? _forwarded;
    private string? _peer;
    private long? _totalSent;
    private int? _originalStatus;
    private AccessField _durationUnit;

    /// <summary>Begins an event.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="context">Clock, pools and source.</param>
    public AccessBuilder(in LogLine line, ParseContext context)
    {
        _made = new AccessEvent(line, context.Source);
        _context = context;
    }

    /// <summary>The event so far.</summary>
    public AccessEvent Event => _made;

    /// <summary>Takes the parts of a time that were read before.</summary>
    /// <param name="parts">The parts.</param>
    public void SetStamp(in StampParts parts)
    {
        _stamp = parts;
        _hasTime = true;
    }

    /// <summary>Takes what the log says of the times of its lines beforehand: their date, their zone.</summary>
    /// <param name="parts">The parts.</param>
    public void SetDefaults(in StampParts parts) => _stamp = parts;

    /// <summary>Takes a value.</summary>
    /// <param name="field">What it stands for.</param>
    /// <param name="name">Its name in the log.</param>
    /// <param name="value">The value; empty or a hyphen where there is none.</param>
    /// <returns>Whether the value can be what it stands for.</returns>
    public bool Set(AccessField field, string name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || (value.Length == 1 && value[0] == '-'))
        {
            return true;
        }

        switch (field)
        {
            case AccessField.Skip:
                return true;
            case AccessField.Time or AccessField.OtherTime or AccessField.Date or AccessField.TimeOfDay:
                return SetTime(field, value);
            case AccessField.Client or AccessField.Peer or AccessField.ForwardedFor or AccessField.ServerAddress:
                return SetAddress(field, name, value);
            case AccessField.Status or AccessField.OriginalStatus or AccessField.ClientPort or AccessField.ServerPort
                or AccessField.ProcessId or AccessField.BytesSent or AccessField.BytesSentTotal
                or AccessField.BytesReceived:
                return SetNumber(field, name, value);
            case >= AccessField.Seconds and <= AccessField.DurationText:
                return SetDuration(field, name, value);
            case AccessField.Request:
                SetRequest(value);
                return true;
            default:
                SetText(field, name, _context.Pool.Get(value));
                return true;
        }
    }

    /// <summary>Keeps a value by its own name, unless the name has one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void SetProperty(string name, object? value) =>
        (_properties ??= new(StringComparer.Ordinal)).TryAdd(name, value);

    /// <summary>Completes the event.</summary>
    /// <returns>The event, or null where its time cannot be.</returns>
    public AccessEvent? Finish()
    {
        if (!TryFinishTime())
        {
            return null;
        }

        FinishUrl();
        if (_made.SourceIP is null && _made.SourceHost is null && (_forwarded ?? _peer) is { } client)
        {
            _ = SetAddress(AccessField.Client, "client", Encoding.UTF8.GetBytes(client));
        }

        _made.VirtualHost ??= _serverName;
        _made.BytesSent ??= _totalSent;
        _made.StatusCode ??= _originalStatus;
        _made.Level = _made.StatusCode >= 400
            ? AccessEvent.LevelOf(_made.StatusCode)
            : _made.Level ?? LogLevel.Informational;
        if (_properties is not null)
        {
            _made.SetProperties(_properties.AsReadOnly());
        }

        return _made;
    }

    private void SetText(AccessField field, string name, string value)
    {
        switch (field)
        {
            case AccessField.UserName when value is not "\"\"":
                _made.UserName ??= value;
                break;
            case AccessField.Method:
                _made.Method = value;
                break;
            case AccessField.Url:
                _made.Url = value;
                break;
            case AccessField.Path:
                _path ??= value;
                break;
            case AccessField.Query:
                _query ??= value[0] == '?' ? value[1..] : value;
                break;
            case AccessField.Protocol:
                SetProtocol(name, value);
                break;
            case AccessField.Referrer:
                _made.Referrer ??= value;
                break;
            case AccessField.UserAgent:
                _made.UserAgent ??= value;
                break;
            case AccessField.VirtualHost:
                _made.VirtualHost ??= value;
                break;
            case AccessField.ServerName:
                _serverName ??= value;
                break;
            case AccessField.Service:
                _made.ServiceName ??= value;
                break;
            case AccessField.RequestId:
                _made.RequestId ??= value;
                break;
            case AccessField.HostName:
                _made.HostName ??= value;
                break;
            case AccessField.Property:
                SetProperty(name, value);
                break;
            default:
                break;
        }
    }

    private void SetProtocol(string name, string value)
    {
        if (value.StartsWith("HTTP/", StringComparison.OrdinalIgnoreCase))
        {
            _made.HttpVersion = value[5..];
        }
        else if (char.IsAsciiDigit(value[0]) && value.Length <= 3)
        {
            _made.HttpVersion = value;
        }
        else
        {
            SetProperty(name, value);
        }
    }

    private bool SetTime(AccessField field, ReadOnlySpan<byte> value)
    {
        switch (field)
        {
            case AccessField.Time:
                return _hasTime || (_hasTime = _stamp.TrySet(value, _context.Clock));
            case AccessField.OtherTime:
                _hasOther |= _other.TrySet(value, _context.Clock);
                return true;
            case AccessField.Date:
                if (!DateOnly.TryParseExact(
                    Encoding.UTF8.GetString(value),
                    s_dates,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out DateOnly date))
                {
                    return false;
                }

                _stamp.SetDate(date);
                return _hasTime = true;
            default:
                Span<byte> padded = stackalloc byte[24];
                if (value.Length >= padded.Length || value.Length < 7)
                {
                    return false;
                }

                // IIS's own format does not pad the hour.
                int pad = value[1] == ':' ? 1 : 0;
                padded[0] = (byte)'0';
                value.CopyTo(padded[pad..]);
                padded = padded[..(value.Length + pad)];
                bool isTime = Timestamps.TryReadTimeOfDay(padded, out long ticks);
                _ = padded.Length > 9 && padded[8] == '.' ? Timestamps.ReadFraction(padded[9..], ref ticks) : 0;
                _stamp.SetTimeOfDay(ticks);
                _hasTime = isTime;
                return isTime;
        }
    }

    private bool TryFinishTime()
    {
        if (!_hasTime && !_hasOther)
        {
            return true;
        }

        bool isTime = _hasTime
            ? _stamp.TryFinish(_context.Clock, out DateTimeOffset time)
            : _other.TryFinish(_context.Clock, out time);
        _made.Timestamp = isTime ? time : null;
        return isTime;
    }

    private bool SetAddress(AccessField field, string name, ReadOnlySpan<byte> value)
    {
        if (field is AccessField.Peer or AccessField.ForwardedFor)
        {
            string text = _context.Pool.Get(value);
            SetProperty(name, text);
            _forwarded ??= field == AccessField.ForwardedFor ? text : null;
            _peer ??= field == AccessField.Peer ? text : null;
            return true;
        }

        if (field == AccessField.ServerAddress)
        {
            bool isServer = ClientText.TryReadOne(value, out ReadOnlySpan<byte> server, out int serverPort);
            _made.DestinationIP ??= isServer ? _context.Pool.Get(SourceAddress.Normalise(server)) : null;
            _made.DestinationPort ??= isServer && serverPort >= 0 ? serverPort : null;
            return true;
        }

        if (!ClientText.TryRead(value, out ReadOnlySpan<byte> address, out ReadOnlySpan<byte> host, out int port))
        {
            SetProperty(name, _context.Pool.Get(value));
            return true;
        }

        _made.SourceIP ??= address.IsEmpty ? null : _context.Pool.Get(address);
        _made.SourceHost ??= address.IsEmpty && _made.SourceIP is null ? _context.Pool.Get(host) : null;
        _made.SourcePort ??= port < 0 ? null : port;
        return true;
    }

    private bool SetNumber(AccessField field, string name, ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out decimal exact, out int read) || read != value.Length
            || Math.Abs(exact) > long.MaxValue)
        {
            return false;
        }

        long number = (long)exact;
        switch (field)
        {
            case AccessField.Status:
                _made.StatusCode = number is >= 100 and <= 999 ? (int)number : null;
                return number is <= 999;
            case AccessField.OriginalStatus:
                _originalStatus = number is >= 100 and <= 999 ? (int)number : null;
                SetProperty(name, number);
                break;
            case AccessField.ClientPort:
                _made.SourcePort = number is >= 0 and <= 65535 ? (int)number : null;
                break;
            case AccessField.ServerPort:
                _made.DestinationPort ??= number is >= 0 and <= 65535 ? (int)number : null;
                break;
            case AccessField.ProcessId:
                _made.ProcessId = number is >= 0 and <= int.MaxValue ? (int)number : null;
                break;
            case AccessField.BytesSent:
                _made.BytesSent = number >= 0 ? number : null;
                break;
            case AccessField.BytesSentTotal:
                _totalSent = number >= 0 ? number : null;
                SetProperty(name, number);
                break;
            default:
                _made.BytesReceived = number >= 0 ? number : null;
                break;
        }

        return true;
    }

    private bool SetDuration(AccessField field, string name, ReadOnlySpan<byte> value)
    {
        double? duration = AccessDuration.ToMilliseconds(value, field);
        if (duration is null)
        {
            SetProperty(name, _context.Pool.Get(value));
            return true;
        }

        // The duration in the finer unit counts.
        if (duration >= 0 && (_made.DurationMs is null || field > _durationUnit))
        {
            _made.DurationMs = duration;
            _durationUnit = field;
        }

        return true;
    }

    private void SetRequest(ReadOnlySpan<byte> value)
    {
        RequestLine.Read(value, _made, _context.Pool);
        _made.SetMessage(_context.Pool.Get(value));
        _hasRequest = true;
    }

    private void FinishUrl()
    {
        if (_made.Url is null && _path is not null)
        {
            _made.Url = string.IsNullOrEmpty(_query) ? _path : string.Concat(_path, "?", _query);
        }

        if (_hasRequest)
        {
            return;
        }

        _made.UrlPath = _path;
        _made.UrlQuery = _query;
        if (_made.Method is null && _made.Url is not null && _path is null)
        {
            _made.UrlPath = RequestWords.PathOf("", _made.Url);
            _made.UrlQuery = RequestWords.QueryOf(_made.Url);
        }

        if (_made.Method is not null || _made.Url is not null)
        {
            string version = _made.HttpVersion is { } number
                ? string.Create(CultureInfo.InvariantCulture, $" HTTP/{number}")
                : "";
            _made.SetMessage($"{_made.Method ?? "-"} {_made.Url ?? "-"}{version}");
        }
    }
}
