using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// The first shell that a user gets by sudo, or the first command from which one leads to a shell. Accounts of services
/// have no need of one and are reported at once, others when they or their host are known.
/// </summary>
internal sealed class ShellBySudo : LearnedRule
{
    private const int MostUsers = 10_000;

    private readonly EntityStates<string, User> _users = new(MostUsers, StringComparer.Ordinal);
    private readonly HostHistory _history = new();
    private readonly long _learning;
    private readonly int _commands;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public ShellBySudo(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Authentication)
    {
        RuleParameters parameters = new(rule);
        _learning = parameters.Ticks("history", "1d");
        _commands = parameters.Count("commands", 10);
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

        User user = _users.Get(name, run.UtcTicks);
        ShellAccess access = AccessOf(run, command);
        bool isService = ServiceAccounts.Contains(name);
        if (access > user.Known && (isService || history >= _learning || user.Commands >= _commands))
        {
            ReportShell(run, user, access, isService);
        }

        user.Known = access > user.Known ? access : user.Known;
        user.Commands++;
    }

    // A shell as the account of a service has less to it than one as root: an administrator of a database works as
    // that.
    private static ShellAccess AccessOf(AuthEvent run, string command)
    {
        ShellAccess access = ShellCommands.AccessOf(command);
        return access == ShellAccess.Shell && (ShellCommands.UserOfSu(command) ?? run.TargetUser) is { } target
            && ServiceAccounts.Contains(target)
            ? ShellAccess.Possible
            : access;
    }

    private void ReportShell(AuthEvent run, User user, ShellAccess access, bool isService)
    {
        string name = run.UserName!;
        string rights = run.TargetUser ?? "root";
        string whose = isService ? ", the account of a service," : "";
        string typical = user.Commands == 0
            ? "no command by sudo before"
            : DurationWords.Say($"{user.Commands} commands by sudo, no shell");
        string what = access == ShellAccess.Shell ? "got a shell" : "ran a program that can start a shell";
        string sentence = $"{name}{whose} {what} as {rights} by sudo for the first time in this log: {run.Command}.";
        Severity? severity = access == ShellAccess.Possible && !isService && Rule.Severity > Severity.Low
            ? Severity.Low
            : null;
        Report(run, "UserName", name, new Reason(Code, "Command", run.Command!, typical, 1, sentence), severity);
    }

    private sealed class User : EntityState
    {
        public ShellAccess Known { get; set; }

        public long Commands { get; set; }
    }
}
