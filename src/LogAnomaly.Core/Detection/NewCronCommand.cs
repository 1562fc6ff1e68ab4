using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A command that cron runs for a user on a host for the first time, where its jobs are known for long enough. The
/// periodic folders of the distributions (<c>/etc/cron.monthly</c>) are no news when their day comes.
/// </summary>
internal sealed class NewCronCommand : LearnedRule
{
    private const int MostUsers = 2000;

    private readonly EntityStates<(string User, string Host), KnownTemplates> _users = new(MostUsers);
    private readonly long _learning;
    private readonly int _commands;
    private readonly double _novelty;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public NewCronCommand(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Authentication)
    {
        RuleParameters parameters = new(rule);
        _learning = parameters.Ticks("history", "7d");
        _commands = parameters.Count("commands", 20);
        _novelty = parameters.Number("novelty", 0.1);
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent
            is not AuthEvent { Action: "cron_command", UserName: { } name, Command: { } command, UtcTicks: >= 0 } run
            || IsPeriodicFolder(command))
        {
            return;
        }

        KnownTemplates known = _users.Get((name, run.HostName ?? ""), run.UtcTicks);
        (long total, int distinct, double novelty) = (known.Total, known.Distinct, known.Novelty);
        long history = run.UtcTicks - known.FirstSeen;
        string template = CommandText.TemplateOf(command);
        if (!known.Take(template) || history < _learning || total < _commands || novelty > _novelty)
        {
            return;
        }

        string typical = DurationWords.Say($"{distinct} jobs in {DurationWords.Of(history)}");
        string sentence = DurationWords.Say(
            $"cron ran {command} for {name} for the first time in {DurationWords.Of(history)}, after {total} runs of {distinct} other jobs.");
        Report(run, "UserName", name, new Reason(Code, "Command", template, typical, 1, sentence));
    }

    private static bool IsPeriodicFolder(string command) =>
        command.Contains("/etc/cron.", StringComparison.Ordinal)
            || command.StartsWith("cron.", StringComparison.Ordinal);
}
