namespace LogAnomaly.Parsing;

/// <summary>Makes a request of the lines of a record of a ModSecurity audit log.</summary>
internal sealed class ModSecurityRecord
{
    private readonly AccessBuilder _builder;
    private readonly StringPool _pool;
    private bool _hasHead;
    private bool _hasRule;
    private bool _isDenied;
    private string? _ruleId;
    private string? _ruleName;

    /// <summary>Begins a record.</summary>
    /// <param name="builder">Takes the values of the request.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    public ModSecurityRecord(AccessBuilder builder, StringPool pool)
    {
        _builder = builder;
        _pool = pool;
    }

    /// <summary>Takes a line.</summary>
    /// <param name="section">Letter of its section.</param>
    /// <param name="number">Its place in the section, from 0.</param>
    /// <param name="text">The line.</param>
    /// <returns>Whether the line is one of its section.</returns>
    public bool TryTake(char section, int number, ReadOnlySpan<byte> text)
    {
        switch (section)
        {
            case 'A' when number == 0:
                return _hasHead = TryTakeHead(text);
            case 'B' when number == 0:
                return _builder.Set(AccessField.Request, "request", text);
            case 'B':
                TakeRequestHeader(text);
                return true;
            case 'F' when number == 0 && text.StartsWith("HTTP/"u8):
                int space = text.IndexOf((byte)' ');
                ReadOnlySpan<byte> status = space < 0 ? default : Utf8Text.Before(text[(space + 1)..], (byte)' ');
                return _builder.Set(AccessField.Status, "status", status);
            case 'F' when Utf8Text.TryTake(ref text, "Content-Length: "u8):
                _ = _builder.Set(AccessField.BytesSent, "bytes", text);
                return true;
            case 'H':
                TakeMessage(text);
                return true;
            default:
                return true;
        }
    }

    /// <summary>Takes a rule that matched.</summary>
    /// <param name="isDenied">Whether it stopped the request.</param>
    /// <param name="ruleId">Its id, or null.</param>
    /// <param name="ruleName">What it says of itself, or null.</param>
    public void TakeRule(bool isDenied, string? ruleId, string? ruleName)
    {
        if (!_hasRule || (isDenied && !_isDenied))
        {
            _ruleId = ruleId;
            _ruleName = ruleName;
        }

        _hasRule = true;
        _isDenied |= isDenied;
    }

    /// <summary>Takes that the request was stopped.</summary>
    public void Deny() => _isDenied = true;

    /// <summary>Completes the request, if the record has a head.</summary>
    /// <returns>The event, or null.</returns>
    public AccessEvent? Finish() => _hasHead ? Complete() : null;

    /// <summary>Completes the request.</summary>
    /// <returns>The event, or null where its time cannot be.</returns>
    public AccessEvent? Complete()
    {
        if (_builder.Finish() is not { } made)
        {
            return null;
        }

        if (_hasRule || _isDenied)
        {
            made.SetRule(_isDenied, _ruleId, _ruleName);
            made.Level = made.Level >= LogLevel.Warning ? made.Level : LogLevel.Warning;
        }

        return made;
    }

    // "[stamp] id client port server port"
    private bool TryTakeHead(ReadOnlySpan<byte> text)
    {
        FieldScanner scanner = new(text);
        return scanner.TrySkip((byte)'[') && scanner.TryReadTo((byte)']', out ReadOnlySpan<byte> stamp)
            && _builder.Set(AccessField.Time, "time", stamp) && scanner.TrySkip((byte)' ')
            && scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> id) && _builder.Set(AccessField.RequestId, "id", id)
            && scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> client)
            && _builder.Set(AccessField.Client, "client", client)
            && scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> port)
            && _builder.Set(AccessField.ClientPort, "port", port)
            && scanner.TryReadTo((byte)' ', out ReadOnlySpan<byte> server)
            && _builder.Set(AccessField.ServerAddress, "server", server)
            && _builder.Set(AccessField.ServerPort, "server_port", scanner.Rest.Trim((byte)' '));
    }

    private void TakeRequestHeader(ReadOnlySpan<byte> text)
    {
        int colon = text.IndexOf((byte)':');
        if (colon <= 0)
        {
            return;
        }

        FormatDirective header = ApacheDirectives.RequestHeader(_pool.Get(text[..colon]));
        if (header.Field is not AccessField.Property)
        {
            _ = _builder.Set(header.Field, header.Name, text[(colon + 1)..].Trim((byte)' '));
        }
    }

    private void TakeMessage(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("Action: Intercepted"u8))
        {
            _isDenied = true;
            return;
        }

        if (Utf8Text.TryTake(ref text, "Message: "u8) || text.StartsWith("ModSecurity: "u8))
        {
            ModSecurityMessage message = ModSecurityMessage.Read(text);
            TakeRule(message.IsDenied, _pool.GetOrNull(message.RuleId), _pool.GetOrNull(message.RuleName));
            _ = _builder.Set(AccessField.Property, "severity", message.Severity);
        }
    }
}
