using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A command by sudo of a form that the user never used before, where the user's commands are well known.
/// </summary>
internal sealed class NewSudoCommand : LearnedRule
{
    private const int MostUsers = 2000;

    private readonly EntityStates<string, KnownTemplates> _users = new(MostUsers, StringComparer.Ordinal);
    private readonly int _commands;
    private readonly double _novelty;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public NewSudoCommand(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Authentication)
    {
        RuleParameters parameters = new(rule);
        _commands = parameters.Count("commands", 50);
        _novelty = parameters.Number("novelty", 0.03);
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent is not AuthEvent
            {
                Action: "sudo_command",
                Outcome: not Outcome.Failure,
                UserName: { } name,
                Command: { } command,
                UtcTicks: >= 0,
            } run)
        {
            return;
        }

        KnownTemplates known = _users.Get(name, run.UtcTicks);
        (long total, int distinct, double novelty) = (known.Total, known.Distinct, known.Novelty);
        string template = CommandText.TemplateOf(command);
        if (!known.Take(template) || total < _commands || novelty > _novelty)
        {
            return;
        }

        string typical = DurationWords.Say($"{total} commands of {distinct} forms");
        string sentence = DurationWords.Say(
            $"{name} ran {command} by sudo; none of the {total} commands before was of this form.");
        Report(run, "UserName", name, new Reason(Code, "Command", template, typical, 1, sentence));
    }
}
