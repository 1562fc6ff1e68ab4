using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// A user who is active at an hour of the day, on the clock of the log, at which this user hardly ever is. An hour of a
/// day counts once however much happens in it, and lends weight to its neighbours. Logins by ssh are left to the rule
/// about them unless a baseline is known. Keeps up to <see cref="MostUsers"/> users, the longest unseen going first.
/// </summary>
internal sealed class HourHabit : CalibratedBehaviour
{
    /// <summary>Users that are kept.</summary>
    public const int MostUsers = 10_000;

    private const int Hours = 24;
    private const int LeastHours = 30;
    private const int LeastDays = 7;
    private const double Floor = 0.1;

    private static readonly double[] s_kernel = [1 / 9.0, 2 / 9.0, 3 / 9.0, 2 / 9.0, 1 / 9.0];

    private readonly EntityStates<string, UserState> _users = new(MostUsers, StringComparer.Ordinal);
    private readonly Calibration _calibration = new();
    private bool _hasBaseline;

    /// <inheritdoc/>
    public override string Name => "HourHabit";

    /// <inheritdoc/>
    protected override IEnumerable<Calibration> Calibrations => [_calibration];

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        if (logEvent.UtcTicks < 0 || UserOf(logEvent) is not { } name)
        {
            return;
        }

        UserState user = _users.Get(name, logEvent.UtcTicks);
        if (logEvent.UtcTicks >= user.HourStart && logEvent.UtcTicks < user.HourStart + TimeSpan.TicksPerHour)
        {
            return;
        }

        DateTimeOffset time = logEvent.Timestamp!.Value;
        user.HourStart = logEvent.UtcTicks - ((time.Ticks) % TimeSpan.TicksPerHour);
        if (user.Active >= LeastHours && user.Days >= LeastDays)
        {
            Judge(logEvent, name, user, time, found);
        }

        user.Take(time);
    }

    /// <inheritdoc/>
    public override void Complete(ICollection<DetectorFinding> found)
    {
        // Each event is judged as it comes.
    }

    /// <inheritdoc/>
    public override void Forget(long utcTicks)
    {
        foreach ((string name, UserState user) in _users.All.ToArray())
        {
            if (user.LastSeen < utcTicks)
            {
                _users.Remove(name);
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        _calibration.Write(writer, "judged");
        writer.WriteStartObject("users");
        foreach ((string name, UserState user) in _users.All.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject(name);
            writer.WriteNumber("days", user.Days);
            BehaviourJson.WriteTime(writer, "last", user.LastSeen);
            writer.WriteString("hours", BehaviourJson.Join(user.Active, user.Counts));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void Include(JsonElement element)
    {
        _hasBaseline = true;
        _calibration.Include(element, "judged");
        foreach (JsonProperty member in BehaviourJson.Members(element, "users"))
        {
            UserState user = _users.Get(member.Name, Math.Max(0, BehaviourJson.Time(member.Value, "last")));
            user.Days += (int)BehaviourJson.Long(member.Value, "days");
            double[] hours = BehaviourJson.Numbers(member.Value, "hours");
            user.Active += hours.Length == 0 ? 0 : (int)hours[0];
            for (int hour = 0; hour < Math.Min(Hours, hours.Length - 1); hour++)
            {
                user.Counts[hour] += hours[hour + 1];
            }
        }
    }

    private string? UserOf(LogEvent logEvent) => logEvent switch
    {
        AuthEvent { Outcome: Outcome.Success, Action: not "ssh_login" } login => login.UserName,
        AuthEvent { Outcome: Outcome.Success } login when _hasBaseline => login.UserName,
        WindowsEvent { Outcome: Outcome.Success, Action: "login" } login => login.UserName,
        RecordEvent record => record.UserName,
        AccessEvent request => request.UserName,
        _ => null,
    };

    private void Judge(
        LogEvent logEvent, string name, UserState user, DateTimeOffset time, ICollection<DetectorFinding> found)
    {
        double modelled = user.ProbabilityOf(time.Hour);
        double probability = _calibration.Judge(modelled);
        if (!_calibration.IsWorth(probability))
        {
            return;
        }

        string usual = user.UsualHours();
        string observed = DurationWords.Say($"{time.Hour:00}:00");
        string sentence = DurationWords.Say(
            $"{name} was active at {time:HH:mm}; in {user.Active} active hours on {user.Days} days that was mostly {usual}, and hardly ever near that hour.");
        Reason reason = new("UnusualHour", "Hour", observed, usual, 1, sentence);
        found.Add(
            new FindingDraft(Name, logEvent.Kind, probability, $"{name} at an unusual hour", reason, "UserName", name)
                .Build(logEvent.UtcTicks, logEvent.UtcTicks, 1, [logEvent]));
    }

    private sealed class UserState : EntityState
    {
        private long _day = -1;

        public long HourStart { get; set; } = -TimeSpan.TicksPerDay;

        public int Active { get; set; }

        public int Days { get; set; }

        public double[] Counts { get; } = new double[Hours];

        public void Take(DateTimeOffset time)
        {
            long day = time.Ticks / TimeSpan.TicksPerDay;
            Days += day == _day ? 0 : 1;
            _day = day;
            Active++;
            Counts[time.Hour]++;
        }

        // That of all hours that are as unusual or more.
        public double ProbabilityOf(int hour)
        {
            double weight = WeightOf(hour);
            double sum = 0;
            double total = 0;
            for (int other = 0; other < Hours; other++)
            {
                double one = WeightOf(other);
                total += one;
                sum += one <= weight * 1.0001 ? one : 0;
            }

            return sum / total;
        }

        public string UsualHours()
        {
            int best = 0;
            for (int hour = 1; hour < Hours; hour++)
            {
                best = WeightOf(hour) > WeightOf(best) ? hour : best;
            }

            int from = best;
            int to = best;
            double sum = Counts[best];
            while (sum < 0.9 * Active && to - from < Hours - 1)
            {
                double before = Counts[(from + Hours - 1) % Hours];
                double after = Counts[(to + 1) % Hours];
                sum += Math.Max(before, after);
                from -= before > after ? 1 : 0;
                to += before > after ? 0 : 1;
            }

            return DurationWords.Say($"from {(from + Hours) % Hours:00}:00 to {(to + 1) % Hours:00}:00");
        }

        private double WeightOf(int hour)
        {
            double weight = Floor;
            for (int i = 0; i < s_kernel.Length; i++)
            {
                weight += s_kernel[i] * Counts[(hour + i - 2 + Hours) % Hours];
            }

            return weight;
        }
    }
}
