namespace LogAnomaly.Synthesis;

/// <summary>What is known of a scenario before it is played.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Type">The type of log that it is planted in.</param>
/// <param name="Label">Label of its lines.</param>
/// <param name="Hours">When it begins, by difficulty.</param>
/// <param name="Rules">Ids of the built-in rules that should fire, by difficulty.</param>
/// <param name="Learned">Kinds of learned findings that should show it.</param>
internal sealed record ScenarioFacts(
    SyntheticScenario Scenario, SyntheticLogType Type, string Label, IncidentTimes[] Hours, string[][] Rules,
    string[] Learned)
{
    private const IncidentTimes Any = IncidentTimes.Any;
    private const IncidentTimes Day = IncidentTimes.Day;
    private const IncidentTimes Night = IncidentTimes.Night;

    /// <summary>All scenarios of all types.</summary>
    public static IReadOnlyList<ScenarioFacts> All { get; } =
    [
        new(SyntheticScenario.SshSpray, SyntheticLogType.Auth, SyntheticLabel.SshSpray, [Any, Any, Any],
            [["SSH-01", "SSH-02", "SSH-04"], ["SSH-04"], ["SSH-04"]], ["PopulationOutlier"]),
        new(SyntheticScenario.SlowGuessing, SyntheticLogType.Auth, SyntheticLabel.SlowGuessing, [Any, Any, Any],
            [["SSH-03"], ["SSH-03"], ["SSH-03"]], ["PopulationOutlier"]),
        new(SyntheticScenario.DistributedGuessing, SyntheticLogType.Auth, SyntheticLabel.DistributedGuessing,
            [Any, Any, Any], [["SSH-05"], ["SSH-05"], ["SSH-05"]], ["RateChange"]),
        new(SyntheticScenario.SuccessAfterFailures, SyntheticLogType.Auth, SyntheticLabel.GuessedLogin, [Any, Any, Day],
            [["SSH-01", "SSH-06"], ["SSH-06"], ["SSH-06"]], ["FirstSeenValue"]),
        new(SyntheticScenario.SudoMisuse, SyntheticLogType.Auth, SyntheticLabel.SudoMisuse, [Any, Day, Day],
            [["SUDO-01", "SUDO-02"], ["SUDO-01"], ["SUDO-04"]], ["FirstSeenValue"]),
        new(SyntheticScenario.NewAccount, SyntheticLogType.Auth, SyntheticLabel.NewAccount, [Night, Night, Day],
            [["ACC-01", "ACC-02", "ACC-03"], ["ACC-01", "ACC-03"], ["ACC-01"]], ["NewTemplate"]),
        new(SyntheticScenario.Silence, SyntheticLogType.Auth, SyntheticLabel.Silence, [Any, Any, Any],
            [["SYS-07"], ["SYS-07"], ["SYS-07"]], ["Silence"]),
        new(SyntheticScenario.ScanThenExploit, SyntheticLogType.Access, SyntheticLabel.ScanThenExploit, [Any, Any, Any],
            [["WEB-01", "WEB-02", "WEB-07", "WEB-13"], ["WEB-30"], ["WEB-07"]], ["PopulationOutlier"]),
        new(SyntheticScenario.WebShell, SyntheticLogType.Access, SyntheticLabel.WebShell, [Any, Any, Any],
            [["WEB-09"], ["WEB-09"], ["WEB-09"]], ["NewTemplate"]),
        new(SyntheticScenario.ServerErrorBurst, SyntheticLogType.Access, SyntheticLabel.ServerErrorBurst,
            [Day, Day, Day], [["WEB-12"], ["WEB-12"], ["WEB-12"]], ["RateChange"]),
        new(SyntheticScenario.DataTheft, SyntheticLogType.Access, SyntheticLabel.DataTheft, [Any, Any, Any],
            [["WEB-18"], ["WEB-18"], ["WEB-18"]], ["PopulationOutlier"]),
        new(SyntheticScenario.WorkerExhaustion, SyntheticLogType.ApacheError, SyntheticLabel.WorkersExhausted,
            [Day, Day, Day], [["APE-02"], ["APE-02"], ["APE-02"]], ["NewTemplate"]),
        new(SyntheticScenario.SegfaultBurst, SyntheticLogType.ApacheError, SyntheticLabel.ChildCrash, [Any, Any, Any],
            [["APE-01"], ["APE-01"], ["APE-01"]], ["NewTemplate"]),
        new(SyntheticScenario.DeployNewTemplates, SyntheticLogType.ApacheError, SyntheticLabel.DeployNewTemplates,
            [Day, Day, Day], [["APE-11"], ["APE-11"], ["APE-11"]], ["NewTemplate"]),
        new(SyntheticScenario.SegfaultBurst, SyntheticLogType.System, SyntheticLabel.SegfaultBurst, [Any, Any, Any],
            [["SYS-02"], ["SYS-02"], ["SYS-02"]], ["NewTemplate"]),
        new(SyntheticScenario.Silence, SyntheticLogType.System, SyntheticLabel.Silence, [Any, Any, Any],
            [["SYS-07"], ["SYS-07"], ["SYS-07"]], ["Silence"]),
        new(SyntheticScenario.ClockJump, SyntheticLogType.System, SyntheticLabel.ClockJump, [Any, Any, Any],
            [["SYS-11"], ["SYS-11"], ["SYS-11"]], []),
        new(SyntheticScenario.DeployNewTemplates, SyntheticLogType.System, SyntheticLabel.DeployNewTemplates,
            [Day, Day, Day], [["SYS-17"], ["SYS-17"], ["SYS-17"]], ["NewTemplate"]),
    ];

    /// <summary>The scenarios of a type of log.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Their facts.</returns>
    public static IReadOnlyList<ScenarioFacts> OfType(SyntheticLogType type) =>
        [.. All.Where(facts => facts.Type == type)];

    /// <summary>The facts of what was asked for.</summary>
    /// <param name="options">Options with scenarios.</param>
    /// <returns>The facts, one for each scenario of the type that was named; none for quiet days.</returns>
    public static IReadOnlyList<ScenarioFacts> Of(SyntheticLogOptions options)
    {
        IReadOnlyList<SyntheticScenario> asked = options.Scenarios ?? [];
        bool isAll = asked.Contains(SyntheticScenario.All);
        return [.. OfType(options.Type).Where(facts => isAll || asked.Contains(facts.Scenario))];
    }
}
