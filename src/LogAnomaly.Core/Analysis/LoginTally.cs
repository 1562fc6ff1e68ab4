using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>
/// Counts the logins of each source: failed, accepted, and accepted after failures. Memory is bounded by the number of
/// sources.
/// </summary>
/// <param name="maximum">Sources that are kept; logins of further ones are not told.</param>
internal sealed class LoginTally(int maximum)
{
    private const int MostListed = 100;
    private const int MostUsers = 1_000;
    private const int MostTopUsers = 5;

    private readonly Dictionary<string, Logins> _bySource = new(StringComparer.OrdinalIgnoreCase);
    private readonly SessionStreaks _streaks = new(maximum);

    /// <summary>Counts an event where it tells of a login from a source.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        bool mayBe = logEvent switch
        {
            AccessEvent => false,
            AuthEvent auth => auth.Category is "authentication",
            _ => logEvent.GetValue(LogField.Category) is "authentication",
        };
        if (!mayBe)
        {
            return;
        }

        SessionAct act = SessionAct.Of(logEvent);
        SessionStage? stage = act.Source is null ? null : SessionStages.Of(act);
        if (stage is not (SessionStage.Guessing or SessionStage.Success) || FindOrAdd(act.Source!) is not { } logins)
        {
            return;
        }

        if (stage == SessionStage.Guessing)
        {
            long run = _streaks.Fail(act, act.Source!);
            if (run == 0)
            {
                logins.See(act);
                return;
            }

            logins.Failed += act.Count;
        }
        else
        {
            logins.Accept(act, _streaks.Succeed(act.Source!, act.Ticks));
        }

        logins.See(act);
        logins.Users.Add(act.UserName ?? act.TargetUser, act.Count);
    }

    /// <summary>The sources that had failures.</summary>
    /// <returns>Those that got in after failures first, by how many; then those of most failures; at most
    /// 100.</returns>
    public LogLoginSource[] ToSources() =>
    [
        .. _bySource
            .Where(pair => pair.Value.Failed > 0)
            .OrderByDescending(pair => pair.Value.FailuresBefore)
            .ThenByDescending(pair => pair.Value.Failed)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(MostListed)
            .Select(pair => pair.Value.ToSource(pair.Key)),
    ];

    /// <summary>The sources that had failures, by how many.</summary>
    /// <param name="most">How many sources.</param>
    /// <returns>Those of most failures first, equal ones by name.</returns>
    public LogLoginSource[] MostFailed(int most) =>
    [
        .. _bySource
            .Where(pair => pair.Value.Failed > 0)
            .OrderByDescending(pair => pair.Value.Failed)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(most)
            .Select(pair => pair.Value.ToSource(pair.Key)),
    ];

    /// <summary>The logins of a source.</summary>
    /// <param name="source">The source.</param>
    /// <returns>Its logins, or null where it had none.</returns>
    public LogLoginSource? Find(string source) => _bySource.GetValueOrDefault(source)?.ToSource(source);

    private Logins? FindOrAdd(string source)
    {
        if (_bySource.TryGetValue(source, out Logins? logins) || _bySource.Count >= maximum)
        {
            return logins;
        }

        logins = new Logins();
        _bySource.Add(source, logins);
        return logins;
    }

    private sealed class Logins
    {
        private string? _acceptedUser;
        private SeenTimes _times;
        private long _accepted;

        public long Failed { get; set; }

        public long FailuresBefore { get; private set; }

        public ValueTally Users { get; } = new(MostUsers);

        public void Accept(in SessionAct act, long failuresBefore)
        {
            _accepted += act.Count;
            if (failuresBefore > FailuresBefore)
            {
                FailuresBefore = failuresBefore;
                _acceptedUser = act.UserName ?? act.TargetUser;
            }
        }

        public void See(in SessionAct act) => _times.Add(act.Event);

        public LogLoginSource ToSource(string source) => new()
        {
            SourceIP = source,
            Failed = Failed,
            Accepted = _accepted,
            Users = Users.Distinct,
            TopUsers = Users.Top(MostTopUsers),
            FailuresBefore = FailuresBefore,
            AcceptedUser = _acceptedUser,
            FirstSeen = _times.First,
            LastSeen = _times.Last,
        };
    }
}
