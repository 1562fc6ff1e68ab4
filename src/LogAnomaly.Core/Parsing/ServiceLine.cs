namespace LogAnomaly.Parsing;

/// <summary>
/// What stands before the message in a line of a server's own log file, and how such a line becomes an event.
/// </summary>
/// <param name="Family">Family of the server.</param>
/// <param name="Program">Name of the server.</param>
/// <param name="Time">Time of the line.</param>
/// <param name="MessageStart">Index of the first byte of the message.</param>
internal readonly record struct ServiceLine(AuthProgram Family, string Program, DateTimeOffset Time, int MessageStart)
{
    /// <summary>Host that wrote the line, or null.</summary>
    public string? HostName { get; init; }

    /// <summary>Process id, or null.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Level of the line, or null.</summary>
    public LogLevel? Level { get; init; }

    /// <summary>
    /// Makes an event: about authentication where the message is, else of kind <see cref="LogKind.System"/>.
    /// </summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event.</returns>
    public LogEvent ToEvent(in LogLine line, ParseContext context)
    {
        AuthEvent auth = new(line, context.Source);
        Fill(auth);
        if (ServiceMessages.TryClassify(new AuthMessage(auth, context, Utf8Text.Trim(auth.MessageSpan)), Family))
        {
            auth.Level ??= auth.Outcome == Outcome.Failure ? LogLevel.Warning : LogLevel.Informational;
            return auth;
        }

        SystemEvent made = new(line, context.Source);
        Fill(made);
        return made;
    }

    private void Fill(LineEvent made)
    {
        made.Timestamp = Time;
        made.HostName = HostName;
        made.Program = Program;
        made.ProcessId = ProcessId;
        made.Level = Level;
        made.SetMessage(MessageStart);
    }
}
