using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A login at an hour of the day, on the clock of the log, at which the user hardly ever logs in. A burst of logins
/// counts once an hour, and an hour lends some of its weight to its neighbours, around midnight too.
/// </summary>
internal sealed class UnusualHour : LearnedRule
{
    private const int MostUsers = 10_000;

    // Every hour is a little possible.
    private const double Floor = 0.1;

    private static readonly double[] s_kernel = [1 / 9.0, 2 / 9.0, 3 / 9.0, 2 / 9.0, 1 / 9.0];

    private readonly EntityStates<string, User> _users = new(MostUsers, StringComparer.Ordinal);
    private readonly int _logins;
    private readonly int _days;
    private readonly double _probability;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public UnusualHour(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Authentication)
    {
        RuleParameters parameters = new(rule);
        _logins = parameters.Count("logins", 30);
        _days = parameters.Count("days", 7);
        _probability = parameters.Number("probability", 0.01);
    }

    /// <summary>Users that it knows.</summary>
    internal int KnownUsers => _users.Count;

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent is not AuthEvent { Action: "ssh_login", Outcome: Outcome.Success, UserName: { } name } login
            || login.Timestamp is not { } time)
        {
            return;
        }

        User user = _users.Get(name, login.UtcTicks);
        if (user.Logins >= _logins && user.Days >= _days && user.ProbabilityOf(time.Hour) is double probability
            && probability < _probability)
        {
            string observed = DurationWords.Say($"{time.Hour:00}:00");
            string sentence = DurationWords.Say(
                $"{name} logged in at {time:HH:mm}; of {user.Logins} logins on {user.Days} days hardly any was near that hour (p = {probability:0.####}).");
            Report(login, "UserName", name, new Reason(Code, "Hour", observed, user.UsualHours(), 1, sentence));
        }

        user.Take(time);
    }

    private sealed class User : EntityState
    {
        private readonly int[] _hours = new int[24];
        private long _lastHour = -1;
        private long _lastDay = -1;
        private int _total;

        public long Logins { get; private set; }

        public int Days { get; private set; }

        public void Take(DateTimeOffset time)
        {
            Logins++;
            long hour = time.Ticks / TimeSpan.TicksPerHour;
            if (hour == _lastHour)
            {
                return;
            }

            _hours[time.Hour]++;
            _total++;
            Days += hour / 24 == _lastDay ? 0 : 1;
            (_lastHour, _lastDay) = (hour, hour / 24);
        }

        public double ProbabilityOf(int hour)
        {
            double weight = Floor;
            for (int i = 0; i < s_kernel.Length; i++)
            {
                weight += s_kernel[i] * _hours[(hour + 22 + i) % 24];
            }

            return weight / (_total + (24 * Floor));
        }

        // "08, 09, 17": the hours that hold most of the logins.
        public string UsualHours()
        {
            int[] usual = [.. Enumerable.Range(0, 24)
                .Where(hour => _hours[hour] > 0)
                .OrderByDescending(hour => _hours[hour])
                .Take(4).Order()];
            return string.Join(", ", usual.Select(hour => DurationWords.Say($"{hour:00}:00")));
        }
    }
}
