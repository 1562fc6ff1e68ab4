using System.Globalization;
using System.Text.Json;
using LogAnomaly.Analysis;

namespace LogAnomaly.Cli.Output;

/// <summary>Sessions, as JSON or for people.</summary>
internal static class SessionList
{
    private static readonly (JsonEncodedText Name, Func<LogSession, object?> Value)[] s_values =
    [
        (Name(nameof(LogSession.Severity)), session => session.Severity),
        (Name(nameof(LogSession.Entity)), session => session.Entity),
        (Name(nameof(LogSession.By)), session => session.By),
        (Name(nameof(LogSession.Start)), session => session.Start),
        (Name(nameof(LogSession.End)), session => session.End),
        (Name(nameof(LogSession.Duration)), session => session.Duration),
        (Name(nameof(LogSession.Tries)), session => session.Tries),
        (Name(nameof(LogSession.Failures)), session => session.Failures),
        (Name(nameof(LogSession.Accounts)), session => session.Accounts),
        (Name(nameof(LogSession.Gap)), session => session.Gap),
        (Name(nameof(LogSession.Succeeded)), session => session.Succeeded),
        (Name(nameof(LogSession.Requests)), session => session.Requests),
        (Name(nameof(LogSession.ClientErrorShare)), session => session.ClientErrorShare),
        (Name(nameof(LogSession.Story)), session => session.Story),
        (Name(nameof(LogSession.LinesCommand)), session => session.LinesCommand),
    ];

    private static readonly (JsonEncodedText Name, Func<LogSession, IReadOnlyList<string>> Values)[] s_lists =
    [
        (Name(nameof(LogSession.Hosts)), session => session.Hosts),
        (Name(nameof(LogSession.Commands)), session => session.Commands),
        (Name(nameof(LogSession.AccountsMade)), session => session.AccountsMade),
        (Name(nameof(LogSession.RuleIds)), session => session.RuleIds),
        (Name(nameof(LogSession.Techniques)), session => session.Techniques),
    ];

    private static readonly JsonEncodedText s_topAccounts = Name(nameof(LogSession.TopAccounts));
    private static readonly JsonEncodedText s_sources = Name(nameof(LogSession.Sources));
    private static readonly JsonEncodedText s_logins = Name(nameof(LogSession.Logins));
    private static readonly JsonEncodedText s_phases = Name(nameof(LogSession.Phases));

    /// <summary>Writes one object a line, with the names of the properties of <see cref="LogSession"/>.</summary>
    /// <param name="sessions">The sessions.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson(IReadOnlyList<LogSession> sessions, CliHost host)
    {
        using JsonLines lines = new(host.Output);
        foreach (LogSession session in sessions)
        {
            lines.StartLine();
            Array.ForEach(s_values, value => lines.Write(value.Name, value.Value(session)));
            Array.ForEach(s_lists, list => lines.Write(list.Name, list.Values(session)));
            WriteItems(
                lines, s_topAccounts, session.TopAccounts, entry => [("Name", entry.Name), ("Count", entry.Count)]);
            WriteItems(lines, s_sources, session.Sources, entry => [("Name", entry.Name), ("Count", entry.Count)]);
            WriteItems(lines, s_logins, session.Logins, login =>
            [
                ("Timestamp", login.Timestamp), ("UserName", login.UserName), ("Method", login.Method),
                ("HostName", login.HostName), ("Source", login.Source), ("FailuresBefore", login.FailuresBefore),
            ]);
            WriteItems(lines, s_phases, session.Phases, phase =>
                [("Stage", phase.Stage), ("Start", phase.Start), ("End", phase.End), ("Count", phase.Count)]);
            lines.EndLine();
        }

        lines.Flush();
    }

    /// <summary>Writes a line for each and its story below.</summary>
    /// <param name="sessions">The sessions that are printed.</param>
    /// <param name="all">How many there are.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(IReadOnlyList<LogSession> sessions, int all, CliHost host)
    {
        if (sessions.Count == 0)
        {
            host.Text.WriteLine("No session stands out.");
        }

        foreach (LogSession session in sessions)
        {
            string start = session.Start is { } time ? Invariant($"{time:yyyy-MM-dd HH:mm:ss}") : "(no time)";
            host.Text.WriteLine(VisibleText.Escape(Invariant(
                $"{session.Severity,-13} {start,-19} {session.Entity}  tries {session.Tries:N0}, accounts {session.Accounts:N0}")));
            host.Text.WriteLine("  " + VisibleText.Escape(session.Story));
            host.Text.WriteLine("  " + VisibleText.Escape(session.LinesCommand));
        }

        if (sessions.Count < all)
        {
            host.Text.WriteLine(Invariant($"{all - sessions.Count:N0} more; --top tells how many are printed."));
        }

        host.Flush();
    }

    private static void WriteItems<T>(
        JsonLines lines, JsonEncodedText name, IReadOnlyList<T> items, Func<T, (string Name, object? Value)[]> values)
    {
        lines.StartList(name);
        foreach (T item in items)
        {
            lines.StartItem();
            Array.ForEach(values(item), value => lines.Write(Name(value.Name), value.Value));
            lines.EndItem();
        }

        lines.EndList();
    }

    private static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
