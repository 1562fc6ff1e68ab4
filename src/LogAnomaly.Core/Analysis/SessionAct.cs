namespace LogAnomaly.Analysis;

/// <summary>What an event says of who did what, in the words that sessions need.</summary>
internal readonly record struct SessionAct
{
    /// <summary>The event.</summary>
    public LogEvent Event { get; private init; }

    /// <summary>Category in ECS words, or null.</summary>
    public string? Category { get; private init; }

    /// <summary>What was done, or null.</summary>
    public string? Action { get; private init; }

    /// <summary>How it ended.</summary>
    public Outcome Outcome { get; private init; }

    /// <summary>User who acts, or null.</summary>
    public string? UserName { get; private init; }

    /// <summary>User on whom is acted, or who is become, or null.</summary>
    public string? TargetUser { get; private init; }

    /// <summary>Where it comes from: an address, else a name, else null.</summary>
    public string? Source { get; private init; }

    /// <summary>How often the line says that it happened, at least 1.</summary>
    public int Count { get; private init; }

    /// <summary>UTC ticks of the event, or -1.</summary>
    public long Ticks => Event.UtcTicks;

    /// <summary>Whether a process of cron says it: what runs by the clock is done by nobody who is logged in.</summary>
    public bool IsScheduled => Event.Program is { } program
        && (program.Equals("CRON", StringComparison.OrdinalIgnoreCase)
            || program is "crond" or "anacron" or "atd" or "run-parts");

    /// <summary>Reads an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>What it says.</returns>
    public static SessionAct Of(LogEvent logEvent) => logEvent is AuthEvent auth ? OfAuth(auth) : OfFields(logEvent);

    /// <summary>A field of the event as text.</summary>
    /// <param name="field">The field.</param>
    /// <returns>The text, or null.</returns>
    public string? Text(LogField field) => Event.GetValue(field) as string;

    // They come by the million, and their fields need no boxes.
    private static SessionAct OfAuth(AuthEvent auth) => new()
    {
        Event = auth,
        Category = auth.Category,
        Action = auth.Action,
        Outcome = auth.Outcome,
        UserName = auth.UserName,
        TargetUser = auth.TargetUser,
        Source = auth.SourceIP ?? auth.SourceHost,
        Count = Math.Max(auth.RepeatCount, 1),
    };

    private static SessionAct OfFields(LogEvent logEvent) => new()
    {
        Event = logEvent,
        Category = logEvent.GetValue(LogField.Category) as string,
        Action = logEvent.GetValue(LogField.Action) as string,
        Outcome = logEvent.GetValue(LogField.Outcome) is Outcome outcome ? outcome : Outcome.Unknown,
        UserName = logEvent.GetValue(LogField.UserName) as string,
        TargetUser = logEvent.GetValue(LogField.TargetUser) as string,
        Source = (logEvent.GetValue(LogField.SourceIP) ?? logEvent.GetValue(LogField.SourceHost)) as string,
        Count = logEvent.GetValue(LogField.RepeatCount) is int count && count > 1 ? count : 1,
    };
}
