using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// Two logins of a user from places that lie further apart than anybody gets in the time between. It needs a table of
/// places (<see cref="GeoTable"/>), which the rule's parameter <c>geo</c> names; without one it is off.
/// </summary>
internal sealed class ImpossibleTravel : LearnedRule
{
    private const int MostUsers = 10_000;

    private readonly EntityStates<string, User> _users = new(MostUsers, StringComparer.Ordinal);
    private readonly GeoTable _table;
    private readonly double _distance;
    private readonly long _within;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    /// <param name="table">Places of networks.</param>
    public ImpossibleTravel(LogRule rule, IRuleSink sink, GeoTable table)
        : base(rule, sink, LogKind.Authentication)
    {
        RuleParameters parameters = new(rule);
        _table = table;
        _distance = parameters.Number("distance", 1000);
        _within = parameters.Ticks("within", "3h");
    }

    /// <summary>Creates it for a rule that names a table.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    /// <returns>The detector, or null where the rule names no table.</returns>
    /// <exception cref="ArgumentException">The table cannot be read.</exception>
    public static ImpossibleTravel? Of(LogRule rule, IRuleSink sink)
    {
        if (new RuleParameters(rule).Text("geo") is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            using StreamReader reader = new(path);
            return new ImpossibleTravel(rule, sink, GeoTable.Read(reader, path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new ArgumentException(
                $"Rule {rule.Id}: the parameter 'geo' names no table of places: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent is not AuthEvent
            {
                Action: "ssh_login",
                Outcome: Outcome.Success,
                UserName: { } name,
                SourceIP: { } address,
                UtcTicks: >= 0,
            } login
            || _table.Find(address) is not { } place)
        {
            return;
        }

        User user = _users.Get(name, login.UtcTicks);
        long gap = Math.Abs(login.UtcTicks - user.Ticks);
        if (user.Address is { } before && gap <= _within && place.DistanceTo(user.Place) is double distance
            && distance > _distance)
        {
            string where = Say(user.Place);
            string sentence = DurationWords.Say(
                $"{name} logged in from {before}{where} and {DurationWords.Of(gap)} later from {address}{Say(place)}, {distance:0} km away.");
            string typical = DurationWords.Say($"at most {_distance:0} km within {DurationWords.Of(_within)}");
            Report(
                login,
                "UserName",
                name,
                new Reason(Code, "SourceIP", DurationWords.Say($"{distance:0} km"), typical, 1, sentence));
        }

        (user.Address, user.Place, user.Ticks) = (address, place, login.UtcTicks);
    }

    private static string Say(GeoPlace place) => place.Country is { } country ? $" ({country})" : "";

    private sealed class User : EntityState
    {
        public string? Address { get; set; }

        public GeoPlace Place { get; set; }

        public long Ticks { get; set; }
    }
}
