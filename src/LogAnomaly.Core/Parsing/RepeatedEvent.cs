namespace LogAnomaly.Parsing;

/// <summary>
/// Events of the lines that say that the message before them was repeated: with the host, program and meaning of the
/// event that they repeat, a time and a message of their own, and the count.
/// </summary>
internal static class RepeatedEvent
{
    /// <summary>Makes the event.</summary>
    /// <param name="line">The line.</param>
    /// <param name="made">The event with what the line itself says.</param>
    /// <param name="count">How often the message came.</param>
    /// <param name="context">Knows the last events.</param>
    /// <returns>The event; <paramref name="made"/> where nothing is known of the message.</returns>
    public static LineEvent Make(in LogLine line, SystemEvent made, int count, ParseContext context)
    {
        made.RepeatCount = count;
        LineEvent? last = context.Syslog.Repeats.Last(context.Source, made.HostName);

        // A program that speaks of its own last message must have written the last one; a logger speaks of any.
        bool isOwn = made.Program is { } program && program != "syslog-ng" && program != "syslogd";
        if (last is null || (isOwn && made.Program != last.Program))
        {
            return made;
        }

        LineEvent repeated = last switch
        {
            AuthEvent auth => Copy(auth, new AuthEvent(line, context.Source), count),
            SystemEvent system => Copy(system, made, count),
            _ => made,
        };
        repeated.Timestamp = made.Timestamp;
        repeated.HostName = made.HostName ?? last.HostName;
        repeated.Program = last.Program;
        repeated.ProcessId = last.ProcessId;
        repeated.Level = made.Level ?? last.Level;
        repeated.SetMessage(made);
        return repeated;
    }

    private static AuthEvent Copy(AuthEvent last, AuthEvent made, int count)
    {
        made.Category = last.Category;
        made.Action = last.Action;
        made.Outcome = last.Outcome;
        made.UserName = last.UserName;
        made.TargetUser = last.TargetUser;
        made.SourceIP = last.SourceIP;
        made.SourcePort = last.SourcePort;
        made.SourceHost = last.SourceHost;
        made.Method = last.Method;
        made.Reason = last.Reason;
        made.Tty = last.Tty;
        made.Command = last.Command;
        made.WorkingDirectory = last.WorkingDirectory;
        made.SessionId = last.SessionId;
        made.RepeatCount = count;
        return made;
    }

    private static SystemEvent Copy(SystemEvent last, SystemEvent made, int count)
    {
        made.Facility ??= last.Facility;
        made.Category = last.Category;
        made.Action = last.Action;
        made.Outcome = last.Outcome;
        made.UserName = last.UserName;
        made.SourceIP = last.SourceIP;
        made.SourcePort = last.SourcePort;
        made.DestinationIP = last.DestinationIP;
        made.DestinationPort = last.DestinationPort;
        made.Protocol = last.Protocol;
        made.InInterface = last.InInterface;
        made.OutInterface = last.OutInterface;
        made.ServiceName = last.ServiceName;
        made.PackageName = last.PackageName;
        made.PackageVersion = last.PackageVersion;
        made.Command = last.Command;
        made.Reason = last.Reason;
        made.RuleName = last.RuleName;
        made.RepeatCount = count;
        return made;
    }
}
