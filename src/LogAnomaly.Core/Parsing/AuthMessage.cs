namespace LogAnomaly.Parsing;

/// <summary>A message of a program of authentication and the event that its fields go to.</summary>
internal readonly ref struct AuthMessage
{
    /// <summary>Creates a message.</summary>
    /// <param name="target">The event to fill.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <param name="text">The text to classify: the message without marks that say nothing of its meaning.</param>
    public AuthMessage(AuthEvent target, ParseContext context, ReadOnlySpan<byte> text)
    {
        Target = target;
        Context = context;
        Text = text;
    }

    /// <summary>The event to fill.</summary>
    public AuthEvent Target { get; }

    /// <summary>Clock, pools and source.</summary>
    public ParseContext Context { get; }

    /// <summary>The text to classify.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The same message with another text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The message.</returns>
    public AuthMessage With(ReadOnlySpan<byte> text) => new(Target, Context, text);

    /// <summary>Sets category, action and outcome.</summary>
    /// <param name="category">Category.</param>
    /// <param name="action">Action.</param>
    /// <param name="outcome">Outcome.</param>
    public void Set(string category, string action, Outcome outcome)
    {
        Target.Category = category;
        Target.Action = action;
        Target.Outcome = outcome;
    }

    /// <summary>The string of some bytes.</summary>
    /// <param name="text">The bytes.</param>
    /// <returns>The string, or null for none.</returns>
    public string? Get(ReadOnlySpan<byte> text) => text.IsEmpty ? null : Context.Pool.Get(text);

    /// <summary>Sets the user who acts, without quotes around the name; an empty name is none.</summary>
    /// <param name="name">The name.</param>
    public void SetUser(ReadOnlySpan<byte> name) => Target.UserName = Get(Utf8Text.Unquote(name));

    /// <summary>Sets the user on whom is acted, without quotes around the name; an empty name is none.</summary>
    /// <param name="name">The name.</param>
    public void SetTargetUser(ReadOnlySpan<byte> name) => Target.TargetUser = Get(Utf8Text.Unquote(name));

    /// <summary>Sets the reason.</summary>
    /// <param name="reason">The words of the program.</param>
    public void SetReason(ReadOnlySpan<byte> reason) => Target.Reason = Get(Utf8Text.Trim(reason));

    /// <summary>Sets where the action comes from: an address, or else a name.</summary>
    /// <param name="host">Address or name; empty, <c>(null)</c>, <c>?</c> and <c>UNKNOWN</c> are none.</param>
    public void SetSource(ReadOnlySpan<byte> host)
    {
        host = Utf8Text.Unquote(Utf8Text.Trim(host));
        if (SourceAddress.TryParse(host, out ReadOnlySpan<byte> literal))
        {
            Target.SourceIP = Context.Pool.Get(literal);
        }
        else if (!host.IsEmpty && !host.SequenceEqual("(null)"u8) && !host.SequenceEqual("?"u8)
            && !host.SequenceEqual("UNKNOWN"u8))
        {
            Target.SourceHost = Context.Pool.Get(host);
        }
    }

    /// <summary>
    /// Sets address and port of <c>HOST:PORT</c>, where an IPv6 address may have brackets; the port may lack.
    /// </summary>
    /// <param name="peer">The text.</param>
    public void SetPeer(ReadOnlySpan<byte> peer)
    {
        int colon = peer.LastIndexOf((byte)':');
        bool hasPort = colon > 0 && FieldScanner.ToInt32(peer[(colon + 1)..]) is not null
            && (peer[colon - 1] == ']' || peer[..colon].IndexOf((byte)':') < 0
            || SourceAddress.TryParse(peer[..colon], out _));
        SetSource(hasPort ? peer[..colon] : peer);
        SetPort(hasPort ? peer[(colon + 1)..] : default);
    }

    /// <summary>Sets the terminal, without quotes; <c>none</c> and the like are none.</summary>
    /// <param name="tty">Name of the terminal.</param>
    public void SetTty(ReadOnlySpan<byte> tty)
    {
        tty = Utf8Text.Unquote(Utf8Text.Trim(tty));
        bool isNone = tty.SequenceEqual("none"u8) || tty.SequenceEqual("???"u8) || tty.SequenceEqual("?"u8)
            || tty.SequenceEqual("(null)"u8);
        Target.Tty = isNone ? null : Get(tty);
    }

    /// <summary>Sets the port that the action comes from.</summary>
    /// <param name="port">The digits; what is no port is none.</param>
    public void SetPort(ReadOnlySpan<byte> port) =>
        Target.SourcePort = FieldScanner.ToInt32(port) is { } number and <= 65535 ? number : null;
}
