namespace LogAnomaly.Parsing;

/// <summary>A message of the system and the event that its fields go to.</summary>
internal readonly ref struct SystemMessage
{
    /// <summary>Creates a message.</summary>
    /// <param name="target">The event to fill.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <param name="text">The text to classify: the message without marks that say nothing of its meaning.</param>
    public SystemMessage(SystemEvent target, ParseContext context, ReadOnlySpan<byte> text)
    {
        Target = target;
        Context = context;
        Text = text;
    }

    /// <summary>The event to fill.</summary>
    public SystemEvent Target { get; }

    /// <summary>Clock, pools and source.</summary>
    public ParseContext Context { get; }

    /// <summary>The text to classify.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>The same message with another text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The message.</returns>
    public SystemMessage With(ReadOnlySpan<byte> text) => new(Target, Context, text);

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

    /// <summary>Sets the address that the event comes from, if the text is one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public bool SetSource(ReadOnlySpan<byte> text)
    {
        bool isAddress = SourceAddress.TryParse(text, out ReadOnlySpan<byte> literal);
        Target.SourceIP = isAddress ? Context.Pool.Get(literal) : Target.SourceIP;
        return isAddress;
    }

    /// <summary>Sets the address that the event goes to, if the text is one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public bool SetDestination(ReadOnlySpan<byte> text)
    {
        bool isAddress = SourceAddress.TryParse(text, out ReadOnlySpan<byte> literal);
        Target.DestinationIP = isAddress ? Context.Pool.Get(literal) : Target.DestinationIP;
        return isAddress;
    }

    /// <summary>A text as a port.</summary>
    /// <param name="text">The digits.</param>
    /// <returns>The port, or null where the text is none.</returns>
    public static int? ToPort(ReadOnlySpan<byte> text) => ClientAddress.ToPort(text) is >= 0 and int port ? port : null;

    /// <summary>A text in lower case, of which there are few different ones.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The string, or null for none.</returns>
    public string? GetLower(ReadOnlySpan<byte> text)
    {
        Span<byte> lower = stackalloc byte[32];
        if (text.Length > lower.Length)
        {
            return Get(text);
        }

        for (int i = 0; i < text.Length; i++)
        {
            lower[i] = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] | 0x20) : text[i];
        }

        return Get(lower[..text.Length]);
    }
}
