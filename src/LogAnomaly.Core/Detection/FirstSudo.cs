using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>The first command that a user runs by sudo on a host whose sudo use is known.</summary>
internal sealed class FirstSudo : LearnedRule
{
    private const int MostUsers = 10_000;

    private readonly EntityStates<string, StreamState> _users = new(MostUsers, StringComparer.Ordinal);
    private readonly EntityStates<string, StreamState> _hosts = new(MostUsers, StringComparer.Ordinal);
    private readonly HostHistory _history = new();
    private readonly long _learning;
    private readonly int _commands;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public FirstSudo(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Authentication)
    {
        RuleParameters parameters = new(rule);
        _learning = parameters.Ticks("history", "14d");
        _commands = parameters.Count("commands", 50);
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent.UtcTicks < 0)
        {
            return;
        }

        long history = _history.Take(logEvent);
        if (logEvent is not AuthEvent
            {
                Action: "sudo_command",
                Outcome: not Outcome.Failure,
                UserName: { } name,
                Command: { } command,
            } run
            || name == "root")
        {
            return;
        }

        StreamState host = _hosts.Get(run.HostName ?? "", run.UtcTicks);
        StreamState user = _users.Get(name, run.UtcTicks);
        if (user.Events == 0 && (history >= _learning || host.Events >= _commands))
        {
            string typical = DurationWords.Say($"none in {DurationWords.Of(history)}");
            string sentence = DurationWords.Say(
                $"{name} used sudo for the first time in {DurationWords.Of(history)} of this log, to run {command}.");
            Report(run, "UserName", name, new Reason(Code, "UserName", command, typical, 1, sentence));
        }

        user.Events++;
        host.Events++;
    }
}
