using LogAnomaly.Detection;
using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>
/// Makes of the events of a run one story for each source, user or host: what it tried, whether it got in, what it did
/// then. What a user does after a login, on lines that name no source, belongs to the source that logged in. Memory is
/// bounded: what is quiet is forgotten first. One builder serves one thread and one run.
/// </summary>
public sealed class SessionBuilder
{
    private readonly SessionOptions _options;
    private readonly OpenLogins _logins = new();
    private readonly SessionStreaks _streaks;
    private readonly Dictionary<string, SessionStory> _stories;
    private readonly RuleEngine? _engine;
    private readonly LearnedRules? _learnedRules;

    /// <summary>Creates a builder.</summary>
    /// <param name="options">How sessions are made, or null for the defaults.</param>
    public SessionBuilder(SessionOptions? options = null)
    {
        _options = options ?? new SessionOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaximumEntities, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MinimumTries, 1);
        _streaks = new SessionStreaks(_options.MaximumEntities);

        // Users are told apart by case, addresses and hosts are not.
        _stories = new(_options.By == SessionGrouping.User ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        if (_options.Rules is { } rules)
        {
            _engine = new RuleEngine(rules);
            _learnedRules = new LearnedRules(rules.Rules.Where(rule => rule.Type == LogRuleType.Learned), _engine);
        }
    }

    /// <summary>
    /// Sources, users or hosts that were forgotten because there were too many at a time; the quietest ones.
    /// </summary>
    public long Forgotten { get; private set; }

    /// <summary>Takes an event; events should come in the order of their log.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        _engine?.Add(logEvent);
        _learnedRules?.Add(logEvent);
        if (logEvent is AccessEvent request)
        {
            AddRequest(request);
            return;
        }

        SessionAct act = SessionAct.Of(logEvent);
        SessionStage? stage = act.IsScheduled ? null : SessionStages.Of(act);
        OpenLogin? login = _logins.Take(act, stage);

        // Services are stopped by upgrades and at shutdown too.
        if (stage is { } known && (login is not null || !SessionStages.StopsWatching(act)))
        {
            AddAct(known, act, login);
        }
        else if (EntityOf(act, login) is { } entity && _stories.TryGetValue(entity, out SessionStory? story))
        {
            story.See(logEvent);
        }
    }

    /// <summary>Takes a finding; those that are about no session's entity count for none.</summary>
    /// <param name="anomaly">The finding.</param>
    public void Add(Anomaly anomaly)
    {
        ArgumentNullException.ThrowIfNull(anomaly);
        string? entity = _options.By switch
        {
            SessionGrouping.Source => anomaly.EntityType is RuleField.Source or "SourceHost" ? anomaly.Entity
                : anomaly.VaryingFields.Contains(LogField.SourceIP) ? null : anomaly.SourceIP,
            SessionGrouping.User => anomaly.EntityType is RuleField.Account ? anomaly.Entity
                : anomaly.VaryingFields.Contains(LogField.UserName) ? null : anomaly.UserName,
            _ => anomaly.VaryingFields.Contains(LogField.HostName) ? null : anomaly.HostName,
        };

        // Without a rule it is only unusual: that makes no attack of it.
        if (entity is not null && anomaly.RuleId is not null && StoryOf(entity) is { } story)
        {
            story.Anomalies.Add(anomaly);
        }
    }

    /// <summary>Ends the input.</summary>
    /// <returns>The sessions that are worth telling, or all: the gravest first, then those of most tries.</returns>
    public IReadOnlyList<LogSession> Complete()
    {
        _learnedRules?.Complete();
        _engine?.Complete();
        foreach (RuleFinding finding in _engine?.Findings ?? [])
        {
            Add(RuleAnomaly.Of(finding, analysis: null));
        }

        return
        [
            .. _stories.Values
                .Where(story =>
                    SessionTelling.IsAskedFor(story, _options) && SessionTelling.IsWorthTelling(story, _options))
                .Select(story => SessionTelling.Tell(story, _options))
                .OrderByDescending(session => session.Severity)
                .ThenByDescending(session => session.Tries)
                .ThenByDescending(session => session.Requests)
                .ThenBy(session => session.Entity, StringComparer.Ordinal),
        ];
    }

    private void AddAct(SessionStage stage, in SessionAct act, OpenLogin? login)
    {
        string? source = act.Source ?? login?.Source;
        long run = CountStreak(stage, act);
        if (EntityOf(act, login) is not { } entity)
        {
            return;
        }

        SessionStory story = StoryOf(entity);
        if (_options.By != SessionGrouping.Source)
        {
            story.Sources.Add(source);
        }

        if (stage == SessionStage.Success)
        {
            story.Add(
                new SessionLogin(
                    act.Event.Timestamp,
                    act.UserName,
                    act.Text(LogField.Method),
                    act.Event.HostName,
                    source,
                    run), act);
            return;
        }

        if (stage == SessionStage.Guessing && run == 0)
        {
            story.See(act.Event);
            return;
        }

        story.Add(stage, act, run);
        if (stage >= SessionStage.Privilege)
        {
            SessionDeeds.Add(story, act);
            if (login is not null)
            {
                story.Link(act, login.UserName);
            }
        }
    }

    // For a failure those without a success between them, itself included, or 0 where it is told of again; for a
    // success those before it.
    private long CountStreak(SessionStage stage, in SessionAct act)
    {
        bool isFailure = stage == SessionStage.Guessing;
        if (act.Source is not { } source)
        {
            return isFailure ? act.Count : 0;
        }

        return isFailure ? _streaks.Fail(act, source)
            : stage == SessionStage.Success ? _streaks.Succeed(source, act.Ticks)
            : 0;
    }

    private void AddRequest(AccessEvent request)
    {
        string? entity = _options.By switch
        {
            SessionGrouping.Source => request.SourceIP ?? request.GetValue(LogField.SourceHost) as string,
            SessionGrouping.User => request.GetValue(LogField.UserName) as string,
            _ => request.HostName ?? request.GetValue(LogField.VirtualHost) as string,
        };
        if (entity is not null)
        {
            StoryOf(entity).Add(request);
        }
    }

    private string? EntityOf(in SessionAct act, OpenLogin? login) => _options.By switch
    {
        SessionGrouping.Source => act.Source ?? login?.Source,
        SessionGrouping.User => login?.UserName ?? act.UserName ?? act.TargetUser,
        _ => act.Event.HostName,
    };

    private SessionStory StoryOf(string entity)
    {
        if (_stories.TryGetValue(entity, out SessionStory? story))
        {
            return story;
        }

        if (_stories.Count >= _options.MaximumEntities)
        {
            Forget();
        }

        story = new SessionStory(entity);
        _stories.Add(entity, story);
        return story;
    }

    // A quarter at once, so that not every new source costs a search.
    private void Forget()
    {
        List<SessionStory> least =
        [
            .. _stories.Values
                .OrderBy(story => story.IsQuiet ? 0 : 1)
                .ThenBy(story => story.Anomalies.Count > 0 || (story.Successes > 0 && story.Failures > 0) ? 1 : 0)
                .ThenBy(story => story.Failures + story.ClientErrors)
                .ThenBy(story => story.End)
                .Take(Math.Max(1, _options.MaximumEntities / 4)),
        ];
        Forgotten += least.Count;
        least.ForEach(story => _stories.Remove(story.Entity));
    }
}
