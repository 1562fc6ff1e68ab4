using System.Globalization;
using System.Text;

namespace LogAnomaly.Analysis;

/// <summary>Makes a session of a story: how grave it is, and its paragraph in plain words.</summary>
internal static class SessionTelling
{
    private const int MostShown = 10;
    private const int ManyFailures = 5;
    private const int VeryManyFailures = 100;
    private const int ManyAccounts = 20;
    private const int ManyProbes = 100;
    private const double HalfOfRequests = 0.5;

    /// <summary>Whether a story is more than an ordinary day of logins and requests.</summary>
    /// <param name="story">The story.</param>
    /// <param name="options">How sessions are made.</param>
    /// <returns>Whether it is grave, or has the failures that the options ask for.</returns>
    public static bool IsWorthTelling(SessionStory story, SessionOptions options) =>
        options.IncludesAll || options.SourceIP is not null || options.UserName is not null
            || options.HostName is not null || FailuresOf(story, options.By) >= options.MinimumTries
            || SeverityOf(story, options.By) >= Severity.Medium;

    /// <summary>Whether a story is one of those that are asked for.</summary>
    /// <param name="story">The story.</param>
    /// <param name="options">How sessions are made.</param>
    /// <returns>Whether it has one of the sources, one of the users and one of the hosts, as far as there are
    /// any.</returns>
    public static bool IsAskedFor(SessionStory story, SessionOptions options) =>
        Has(options.SourceIP, options.By == SessionGrouping.Source, story, story.Sources.Contains)
        && Has(options.UserName, options.By == SessionGrouping.User, story, story.Accounts.Contains)
        && Has(
            options.HostName,
            options.By == SessionGrouping.Host,
            story,
            host => story.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase));

    private static bool Has(
        IReadOnlyCollection<string>? wanted, bool isEntity, SessionStory story, Func<string, bool> contains) =>
        wanted is null
            || (isEntity ? wanted.Contains(story.Entity, StringComparer.OrdinalIgnoreCase) : wanted.Any(contains));

    /// <summary>Tells a story.</summary>
    /// <param name="story">The story.</param>
    /// <param name="options">How sessions are made.</param>
    /// <returns>The session.</returns>
    public static LogSession Tell(SessionStory story, SessionOptions options) => new()
    {
        Severity = SeverityOf(story, options.By),
        Entity = story.Entity,
        By = options.By,
        Start = story.Start,
        End = story.End,
        Tries = story.Failures + story.Successes,
        Failures = story.Failures,
        Accounts = story.Accounts.Distinct,
        TopAccounts = Top(story.Accounts),
        Gap = story.ToGap(),
        Logins = story.Logins.ToArray(),
        Sources = options.By == SessionGrouping.Source
            ? [new NameCount(story.Entity, story.Failures + story.Successes + story.Requests)]
            : Top(story.Sources),
        Hosts = story.Hosts.ToArray(),
        Commands = story.Commands.ToArray(),
        AccountsMade = story.AccountsMade.ToArray(),
        Requests = story.Requests,
        ClientErrorShare = story.Requests == 0 ? 0 : (double)story.ClientErrors / story.Requests,
        Phases = story.ToPhases(),
        RuleIds = story.Anomalies.Select(anomaly => anomaly.RuleId).OfType<string>().Distinct()
            .Order(StringComparer.Ordinal).ToArray(),
        Techniques = story.Anomalies.SelectMany(anomaly => anomaly.Techniques).Distinct()
            .Order(StringComparer.Ordinal).ToArray(),
        Story = Say(story, options.By),
        LinesCommand = SessionCommand.Of(story, options.By),
    };

    // An office that many people log in from, each with a slip now and then, is no attacker: there it is the failures
    // in a row that count. A user or a host is attacked from many sources at a time, while its own people log in: there
    // it is all of them.
    private static long FailuresOf(SessionStory story, SessionGrouping by) =>
        by == SessionGrouping.Source && story.Successes > 0 ? story.LongestRun : story.Failures;

    private static Severity SeverityOf(SessionStory story, SessionGrouping by)
    {
        long failures = FailuresOf(story, by);
        Severity severity = story.Anomalies.Count == 0
            ? Severity.Informational
            : story.Anomalies.Max(anomaly => anomaly.Severity);
        if (story.Logins.Exists(login => login.FailuresBefore >= ManyFailures))
        {
            return Severity.Critical;
        }

        bool isManifold = failures >= VeryManyFailures
            || (failures >= ManyAccounts && story.Accounts.Distinct >= ManyAccounts);
        bool isProbing = story.ClientErrors >= ManyProbes && story.ClientErrors >= HalfOfRequests * story.Requests;
        bool isFollowed = story.CountOf(SessionStage.CleanUp) > 0 && story.Commands.Exists(
            command => SessionStages.OfCommand(command) == SessionStage.CleanUp
                && command.Contains("/var/log/", StringComparison.Ordinal));
        Severity own = isManifold ? Severity.High
            : failures >= ManyFailures || isProbing || isFollowed ? Severity.Medium
            : story.Failures > 0 || story.CountOf(SessionStage.Recon) >= ManyFailures
                || story.CountOf(SessionStage.Persistence) > 0 || story.CountOf(SessionStage.CleanUp) > 0 ? Severity.Low
            : Severity.Informational;
        return own > severity ? own : severity;
    }

    private static List<NameCount> Top(ValueTally tally) => [.. tally.Top(MostShown).Take(MostShown)];

    private static string Say(SessionStory story, SessionGrouping by)
    {
        StringBuilder text = new();
        SayTries(text, story, by);
        SayLogins(text, story);
        SayDeeds(text, story);
        SayRequests(text, story, by);
        SayFindings(text, story);
        return text.ToString();
    }

    private static void SayTries(StringBuilder text, SessionStory story, SessionGrouping by)
    {
        string who = SessionDeeds.Name(story.Entity);
        long tries = story.Failures;
        if (tries == 0)
        {
            long probes = story.CountOf(SessionStage.Recon) - story.ClientErrors;
            if (probes > 0 || story.Requests == 0 || story.Logins.Count + story.Deeds.Count > 0)
            {
                text.Append(who).Append(
                    probes <= 0 ? " was seen" : probes == 1 ? " probed once" : Count($" probed {probes:N0} times"));
                text.Append(Span(story)).Append('.');
            }

            return;
        }

        string what = story.OtherMethods * 2 > tries ? "login" : "password";
        string things = tries == 1 ? $"one {what}" : Count($"{tries:N0} {what}s");
        IReadOnlyList<NameCount> accounts = story.Accounts.Top(1);
        string most = accounts.Count == 0 ? "" : SessionDeeds.Name(accounts[0].Name);
        int distinct = story.Accounts.Distinct;
        string on = distinct == 0 ? ""
            : distinct == 1 ? $" on the account {most}"
            : Count($" on {distinct:N0} accounts");
        int sources = story.Sources.Distinct;
        string from = by == SessionGrouping.Source || sources == 0 ? ""
            : sources == 1 ? $" from {SessionDeeds.Name(story.Sources.Top(1)[0].Name)}"
            : Count($" from {sources:N0} sources");
        text.Append(by switch
        {
            SessionGrouping.Source => $"{who} tried {things}{on}",
            SessionGrouping.User => $"As {who}, {things} {(tries == 1 ? "was" : "were")} refused{from}",
            _ => $"On {who}, {things}{on} {(tries == 1 ? "was" : "were")} refused{from}",
        });
        text.Append(Span(story));
        if (story.ToGap() is { } gap && tries > 2)
        {
            text.Append(", about one every ").Append(Length(gap));
        }

        text.Append(distinct > 1 && by != SessionGrouping.User ? $"; {most} was tried most." : ".");
        if (story.Successes == 0)
        {
            text.Append(by == SessionGrouping.Source ? " It never got in." : " None got in.");
        }
    }

    private static void SayLogins(StringBuilder text, SessionStory story)
    {
        if (story.Logins.Count == 0)
        {
            return;
        }

        // The login that was guessed is the one to tell of; else the first.
        SessionLogin login = story.Logins.MaxBy(entry => entry.FailuresBefore)!; // There is one.
        string when = login.Timestamp is { } time
            ? time.ToString("'At 'HH:mm:ss' on 'yyyy-MM-dd", CultureInfo.InvariantCulture)
            : "Then";
        text.Append(' ').Append(when).Append(" it got in as ").Append(SessionDeeds.Name(login.UserName));
        text.Append(login.Method switch
        {
            null => "",
            "password" => " with a password",
            "publickey" => " with a key",
            string method => $" by {SessionDeeds.Name(method)}",
        });
        if (login.FailuresBefore > 0)
        {
            text.Append(Count($" after {login.FailuresBefore:N0} failure"))
                .Append(login.FailuresBefore == 1 ? "" : "s");
        }

        text.Append(story.Successes > 1 ? Count($", one of {story.Successes:N0} logins.") : ".");
    }

    private static void SayDeeds(StringBuilder text, SessionStory story)
    {
        const int MostSaid = 8;
        if (story.Deeds.Count == 0)
        {
            return;
        }

        List<string> said = [.. story.Deeds.Take(MostSaid)];
        long more = story.Deeds.Count - said.Count + story.FurtherDeeds;
        text.Append(story.Logins.Count > 0 ? " Then it " : " It ");
        for (int i = 0; i < said.Count; i++)
        {
            bool isLast = i == said.Count - 1 && more == 0;
            text.Append(i == 0 ? "" : isLast ? " and " : ", ").Append(said[i]);
        }

        text.Append(
            more == 0 ? "." : more == 1 ? " and did one thing more." : Count($" and did {more:N0} things more."));
    }

    private static void SayRequests(StringBuilder text, SessionStory story, SessionGrouping by)
    {
        if (story.Requests == 0)
        {
            return;
        }

        text.Append(text.Length == 0 ? SessionDeeds.Name(story.Entity) : " It");
        text.Append(by == SessionGrouping.Host ? " got " : " sent ");
        text.Append(story.Requests == 1 ? "one request" : Count($"{story.Requests:N0} requests"));
        text.Append(story.ClientErrors == 0 ? "."
            : story.Requests == 1 ? ", which was answered with a status from 400 to 499."
            : Count(
                $"; {(double)story.ClientErrors / story.Requests:P0} were answered with a status from 400 to 499."));
    }

    private static void SayFindings(StringBuilder text, SessionStory story)
    {
        string[] names =
            [.. story.Anomalies.Select(anomaly => anomaly.RuleName ?? anomaly.Title).Distinct().Take(MostShown)];
        if (names.Length > 0)
        {
            text.Append(" Rules say: ")
                .AppendJoin(", ", names.Select(name => VisibleText.Start(name, MostShown * MostShown)))
                .Append('.');
        }
    }

    private static string Span(SessionStory story)
    {
        TimeSpan length = story.LengthOf(story.Failures > 0 ? SessionStage.Guessing : SessionStage.Recon);
        return length < TimeSpan.FromSeconds(1) ? "" : $" over {Length(length)}";
    }

    private static string Length(TimeSpan length) => length switch
    {
        { TotalSeconds: < 1 } => "second or faster",
        { TotalSeconds: < 90 } => Count($"{length.TotalSeconds:0} s"),
        { TotalMinutes: < 90 } => Count($"{length.TotalMinutes:0} min"),
        { TotalHours: < 48 } => Count($"{(int)length.TotalHours} h {length.Minutes} min"),
        _ => Count($"{length.TotalDays:0} days"),
    };

    private static string Count(FormattableString text) => FormattableString.Invariant(text);
}
