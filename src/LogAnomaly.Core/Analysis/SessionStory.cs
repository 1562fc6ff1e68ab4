namespace LogAnomaly.Analysis;

/// <summary>A session in the making: counts, names and sample lines, in bounded memory.</summary>
internal sealed class SessionStory
{
    /// <summary>Names of one sort that are kept.</summary>
    public const int MostNames = 20;

    private const int MostAccounts = 10_000;
    private const int MostPaths = 10;
    private static readonly int s_stages = Enum.GetValues<SessionStage>().Length;

    private StagePart?[]? _parts;
    private ValueTally? _accounts;
    private ValueTally? _sources;
    private GapSample? _gaps;

    /// <summary>Creates a story.</summary>
    /// <param name="entity">Whom it is about.</param>
    public SessionStory(string entity) => Entity = entity;

    /// <summary>Whom it is about.</summary>
    public string Entity { get; }

    /// <summary>Time of the first event, or null.</summary>
    public DateTimeOffset? Start { get; private set; }

    /// <summary>Time of the last event, or null.</summary>
    public DateTimeOffset? End { get; private set; }

    /// <summary>Tries that failed.</summary>
    public long Failures { get; private set; }

    /// <summary>Failed tries with another method than a password, as far as the log says the method.</summary>
    public long OtherMethods { get; private set; }

    /// <summary>Most failures of one source without a success between them.</summary>
    public long LongestRun { get; private set; }

    /// <summary>Tries that succeeded.</summary>
    public long Successes { get; private set; }

    /// <summary>Web requests.</summary>
    public long Requests { get; private set; }

    /// <summary>Web requests that were answered with a status from 400 to 499.</summary>
    public long ClientErrors { get; private set; }

    /// <summary>Logins that succeeded, up to <see cref="MostNames"/>.</summary>
    public List<SessionLogin> Logins { get; } = new(0);

    /// <summary>Commands of sudo.</summary>
    public List<string> Commands { get; } = new(0);

    /// <summary>Accounts that were made.</summary>
    public List<string> AccountsMade { get; } = new(0);

    /// <summary>What was done after the login, in words.</summary>
    public List<string> Deeds { get; } = new(0);

    /// <summary>What was done beyond <see cref="Deeds"/>.</summary>
    public long FurtherDeeds { get; private set; }

    /// <summary>Hosts that it was seen on.</summary>
    public List<string> Hosts { get; } = new(1);

    /// <summary>Files that its lines stand in.</summary>
    public List<string> Paths { get; } = new(1);

    /// <summary>Users as whom events without a source were done.</summary>
    public List<string> LinkedUsers { get; } = new(0);

    /// <summary>Time of the first event that was given to it by its login, or null.</summary>
    public DateTimeOffset? LinkedStart { get; private set; }

    /// <summary>Kinds of its events, a bit for each.</summary>
    public int Kinds { get; private set; }

    /// <summary>Findings that it has part in.</summary>
    public List<Anomaly> Anomalies { get; } = new(0);

    /// <summary>Whether it holds no more than ordinary logins and requests: such stories are forgotten first.</summary>
    public bool IsQuiet => Failures == 0 && Anomalies.Count == 0 && ClientErrors == 0 && Deeds.Count == 0
        && CountOf(SessionStage.Recon) == 0;

    /// <summary>Accounts that were tried.</summary>
    public ValueTally Accounts => _accounts ??= new ValueTally(MostAccounts);

    /// <summary>Sources that it came from.</summary>
    public ValueTally Sources => _sources ??= new ValueTally(MostAccounts);

    /// <summary>Events of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>How many.</returns>
    public long CountOf(SessionStage stage) => _parts?[(int)stage]?.Count ?? 0;

    /// <summary>From the first event of a stage to its last.</summary>
    /// <param name="stage">The stage.</param>
    /// <returns>How long.</returns>
    public TimeSpan LengthOf(SessionStage stage) => _parts?[(int)stage]?.Length ?? TimeSpan.Zero;

    /// <summary>Takes an event of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="act">What the event says.</param>
    /// <param name="run">Failures of its source without a success between them.</param>
    public void Add(SessionStage stage, in SessionAct act, long run)
    {
        See(act.Event);
        if (stage == SessionStage.Guessing)
        {
            LongestRun = Math.Max(LongestRun, run);
            CountFailure(act);
        }

        PartOf(stage).Add(act.Event, act.Count);
    }

    /// <summary>Takes a login that succeeded.</summary>
    /// <param name="login">The login.</param>
    /// <param name="act">What its event says.</param>
    public void Add(SessionLogin login, in SessionAct act)
    {
        See(act.Event);
        Successes++;
        Accounts.Add(act.UserName);
        (_gaps ??= new GapSample()).Add(act.Ticks);
        PartOf(SessionStage.Success).Add(act.Event, act.Count);
        if (Logins.Count < MostNames)
        {
            Logins.Add(login);
        }
        else if (login.FailuresBefore > Logins[^1].FailuresBefore)
        {
            Logins[^1] = login;
        }
    }

    /// <summary>Takes a web request.</summary>
    /// <param name="request">The request.</param>
    public void Add(AccessEvent request)
    {
        See(request);
        Requests++;
        if (request.StatusCode is >= 400 and < 500)
        {
            ClientErrors++;
            PartOf(SessionStage.Recon).Add(request, 1);
        }
    }

    /// <summary>Takes what was done, in words.</summary>
    /// <param name="deed">The words, or null.</param>
    public void AddDeed(string? deed)
    {
        if (deed is null || Deeds.Contains(deed))
        {
            return;
        }

        if (Deeds.Count < MostNames)
        {
            Deeds.Add(deed);
        }
        else
        {
            FurtherDeeds++;
        }
    }

    /// <summary>Keeps that an event without a source was given to the story.</summary>
    /// <param name="act">What the event says.</param>
    /// <param name="user">User whose login it is.</param>
    public void Link(in SessionAct act, string user)
    {
        LinkedStart ??= act.Event.Timestamp;
        Keep(LinkedUsers, user, MostNames);
        Keep(LinkedUsers, act.UserName, MostNames);
        Keep(LinkedUsers, act.TargetUser, MostNames);
    }

    /// <summary>Widens the time of the story to that of an event, without counting it.</summary>
    /// <param name="logEvent">The event.</param>
    public void See(LogEvent logEvent)
    {
        Kinds |= 1 << (int)logEvent.Kind;
        if (logEvent.Timestamp is { } time)
        {
            Start = Start is { } start && start <= time ? start : time;
            End = End is { } end && end >= time ? end : time;
        }

        Keep(Paths, logEvent.Path, MostPaths);
        Keep(Hosts, logEvent.HostName, MostPaths);
    }

    /// <summary>The phases that there are.</summary>
    /// <returns>In the order of the stages.</returns>
    public IReadOnlyList<SessionPhase> ToPhases()
    {
        List<SessionPhase> phases = [];
        for (int stage = 0; stage < (_parts?.Length ?? 0); stage++)
        {
            if (_parts![stage] is { } part) // The length of none is 0.
            {
                phases.Add(part.ToPhase((SessionStage)stage));
            }
        }

        return phases;
    }

    /// <summary>Median time from one try to the next.</summary>
    /// <returns>The median, or null for fewer than two tries.</returns>
    public TimeSpan? ToGap() => _gaps?.ToMedian();

    /// <summary>Adds a name to a list that does not have it yet.</summary>
    /// <param name="names">The list.</param>
    /// <param name="name">The name; null is none.</param>
    /// <param name="most">Names that the list takes.</param>
    public static void Keep(List<string> names, string? name, int most)
    {
        if (name is not null && names.Count < most && !names.Contains(name))
        {
            names.Add(name);
        }
    }

    private void CountFailure(in SessionAct act)
    {
        Failures += act.Count;
        OtherMethods += act.Text(LogField.Method) is null or "password" or "keyboard-interactive/pam" ? 0 : act.Count;
        Accounts.Add(act.UserName ?? act.TargetUser);
        (_gaps ??= new GapSample()).Add(act.Ticks);
    }

    private StagePart PartOf(SessionStage stage)
    {
        _parts ??= new StagePart?[s_stages];
        return _parts[(int)stage] ??= new StagePart();
    }
}
