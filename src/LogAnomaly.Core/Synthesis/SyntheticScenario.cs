namespace LogAnomaly.Synthesis;

/// <summary>
/// What happens in a synthetic log beside its daily traffic. Each scenario belongs to some types of logs.
/// </summary>
public enum SyntheticScenario
{
    /// <summary>Nothing: quiet days of daily traffic.</summary>
    None = 0,

    /// <summary>Every scenario of the type.</summary>
    All,

    /// <summary>Auth: one address tries one password or two on many accounts.</summary>
    SshSpray,

    /// <summary>Auth: one address guesses a password, with minutes to hours between its tries.</summary>
    SlowGuessing,

    /// <summary>Auth: many addresses guess the password of one account.</summary>
    DistributedGuessing,

    /// <summary>Auth: an address guesses a password until it is let in.</summary>
    SuccessAfterFailures,

    /// <summary>Auth: a user tries to get more by sudo than the user should have, or gets it.</summary>
    SudoMisuse,

    /// <summary>Auth: an account is made that nobody asked for.</summary>
    NewAccount,

    /// <summary>System and ApacheError: a program dies of memory faults again and again.</summary>
    SegfaultBurst,

    /// <summary>ApacheError: the server runs out of workers.</summary>
    WorkerExhaustion,

    /// <summary>Access: a client looks for weaknesses, then uses one.</summary>
    ScanThenExploit,

    /// <summary>Access: commands are sent to a script that an attacker put there.</summary>
    WebShell,

    /// <summary>Access: requests of many clients fail with 5xx for some minutes.</summary>
    ServerErrorBurst,

    /// <summary>System and Auth: the log is silent for a time, or was cut.</summary>
    Silence,

    /// <summary>System: the clock is set back for a time.</summary>
    ClockJump,

    /// <summary>System and ApacheError: after a deploy the application writes what it never wrote.</summary>
    DeployNewTemplates,

    /// <summary>Access: a client carries off data.</summary>
    DataTheft,
}
