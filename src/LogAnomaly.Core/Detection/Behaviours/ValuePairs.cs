namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// The pairs of fields that are learned, by kind of event: who comes from where, works where and by what means.
/// </summary>
internal sealed class ValuePairs
{
    private const int MostForms = 20_000;

    private readonly Dictionary<string, string> _networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _sections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _programs = new(StringComparer.Ordinal);

    /// <summary>All pairs.</summary>
    /// <returns>A new list.</returns>
    public IReadOnlyList<ValuePair> ToList() =>
    [
        new(
            "UserName",
            "HostName",
            LogKind.Authentication,
            "logged in to",
            false,
            LoggedIn,
            logEvent => logEvent.HostName),
        new(
            "UserName",
            "SourceIP",
            LogKind.Authentication,
            "came from",
            true,
            LoggedIn,
            logEvent => NetworkOf(((AuthEvent)logEvent).SourceIP)),
        new(
            "UserName",
            "Method",
            LogKind.Authentication,
            "logged in by",
            false,
            LoggedIn,
            logEvent => ((AuthEvent)logEvent).Method),
        new(
            "UserName",
            "Command",
            LogKind.Authentication,
            "ran",
            true,
            Commanded,
            logEvent => ProgramOf(((AuthEvent)logEvent).Command)),
        new(
            "UserName",
            "TargetUser",
            LogKind.Authentication,
            "became",
            false,
            Commanded,
            logEvent => ((AuthEvent)logEvent).TargetUser),
        new(
            "HostName",
            "Program",
            LogKind.Authentication,
            "has lines of",
            false,
            logEvent => logEvent.HostName,
            logEvent => logEvent.Program),
        new(
            "HostName",
            "Program",
            LogKind.System,
            "has lines of",
            false,
            logEvent => logEvent.HostName,
            logEvent => logEvent.Program),
        new(
            "Program",
            "UserName",
            LogKind.System,
            "names the user",
            false,
            logEvent => logEvent.Program,
            logEvent => ((SystemEvent)logEvent).UserName),
        new(
            "UserName",
            "SourceIP",
            LogKind.Access,
            "came from",
            false,
            logEvent => Named(((AccessEvent)logEvent).UserName),
            logEvent => NetworkOf(((AccessEvent)logEvent).SourceIP)),
        new(
            "UserName",
            "UrlPath",
            LogKind.Access,
            "asked for",
            false,
            logEvent => Named(((AccessEvent)logEvent).UserName),
            logEvent => SectionOf(((AccessEvent)logEvent).Url)),
        new(
            "UrlPath",
            "Method",
            LogKind.Access,
            "was asked for by",
            false,
            Answered,
            logEvent => ((AccessEvent)logEvent).Method),
        new(
            "UserName",
            "HostName",
            LogKind.Windows,
            "logged in to",
            false,
            WindowsLogin,
            logEvent => logEvent.HostName),
        new(
            "UserName",
            "SourceIP",
            LogKind.Windows,
            "came from",
            false,
            WindowsLogin,
            logEvent => NetworkOf(((WindowsEvent)logEvent).SourceIP)),
        new(
            "UserName",
            "Method",
            LogKind.Windows,
            "logged in by",
            false,
            WindowsLogin,
            logEvent => ((WindowsEvent)logEvent).Method),
        new(
            "HostName",
            "Provider",
            LogKind.Windows,
            "has records of",
            false,
            logEvent => logEvent.HostName,
            logEvent => ((WindowsEvent)logEvent).Provider),
        new(
            "HostName",
            "ServiceName",
            LogKind.Windows,
            "has the service",
            false,
            logEvent => logEvent.HostName,
            logEvent => ((WindowsEvent)logEvent).ServiceName),
        new(
            "UserName",
            "SourceIP",
            LogKind.Record,
            "came from",
            false,
            logEvent => Named(((RecordEvent)logEvent).UserName),
            logEvent => NetworkOf(((RecordEvent)logEvent).SourceIP)),
        new(
            "HostName",
            "Program",
            LogKind.Record,
            "has lines of",
            false,
            logEvent => logEvent.HostName,
            logEvent => logEvent.Program),
    ];

    private static string? LoggedIn(LogEvent logEvent) =>
        logEvent is AuthEvent { Outcome: Outcome.Success, SourceIP: not null } login
            ? Named(login.UserName)
            : null;

    private static string? Commanded(LogEvent logEvent) =>
        logEvent is AuthEvent { Command: not null, Outcome: not Outcome.Failure } command
            ? Named(command.UserName)
            : null;

    private static string? WindowsLogin(LogEvent logEvent) =>
        logEvent is WindowsEvent { Outcome: Outcome.Success, Action: "login" } login
            ? Named(login.UserName)
            : null;

    private static string? Named(string? user) => user is null or "" or "-" ? null : user;

    // What was not found or refused says only what a client wished.
    private string? Answered(LogEvent logEvent) =>
        logEvent is AccessEvent { StatusCode: >= 200 and < 400 } request ? SectionOf(request.Url) : null;

    private string? NetworkOf(string? address) => address is null ? null : Form(_networks, address, Network);

    private string? SectionOf(string? url) =>
        url is null || !url.StartsWith('/') ? null : Form(_sections, url, Section);

    private string? ProgramOf(string? command) => command is null ? null : Form(_programs, command, Program);

    // Few values make up most of a log; where they are many, starting over costs less than to keep them all.
    private static string Form(Dictionary<string, string> known, string text, Func<string, string> make)
    {
        if (known.TryGetValue(text, out string? form))
        {
            return form;
        }

        if (known.Count >= MostForms)
        {
            known.Clear();
        }

        form = make(text);
        known.Add(text, form);
        return form;
    }

    private static string Network(string address)
    {
        char mark = address.Contains('.', StringComparison.Ordinal) ? '.' : ':';
        int end = address.IndexOf(mark, StringComparison.Ordinal);
        end = end < 0 ? -1 : address.IndexOf(mark, end + 1);
        return end < 0 ? address : mark == '.' ? $"{address[..end]}.0.0/16" : $"{address[..end]}::/32";
    }

    private static string Section(string url)
    {
        int end = url.AsSpan(1).IndexOfAny('/', '?', '#');
        return end < 0 ? "/" : url[..(end + 2)];
    }

    private static string Program(string command)
    {
        int end = command.IndexOf(' ', StringComparison.Ordinal);
        return end < 0 ? command : command[..end];
    }
}
