using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>The first time that a user became root by su.</summary>
internal sealed class FirstSu : LearnedRule
{
    private const int MostUsers = 10_000;

    private readonly EntityStates<string, StreamState> _users = new(MostUsers, StringComparer.Ordinal);
    private readonly HostHistory _history = new();
    private readonly long _learning;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public FirstSu(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Authentication) =>
        _learning = new RuleParameters(rule).Ticks("history", "0d");

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent.UtcTicks < 0)
        {
            return;
        }

        long history = _history.Take(logEvent);
        if (logEvent is not AuthEvent { Outcome: Outcome.Success, UserName: { } name, TargetUser: "root" } become
            || name == "root" || !IsSu(become))
        {
            return;
        }

        StreamState user = _users.Get(name, become.UtcTicks);
        if (user.Events == 0 && history >= _learning)
        {
            string sentence = $"{name} became root by su, for the first time in this log.";
            Report(become, "UserName", name, new Reason(Code, "UserName", name, "no su to root before", 1, sentence));
        }

        user.Events++;
    }

    // Where su itself is silent, PAM says whose session it opened.
    private static bool IsSu(AuthEvent become) =>
        become.Action == "su" || (become is { Action: "session_opened", Program: "su" or "su-l" });
}
