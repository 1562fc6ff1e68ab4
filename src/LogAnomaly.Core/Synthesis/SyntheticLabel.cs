namespace LogAnomaly.Synthesis;

/// <summary>The codes of what is planted in synthetic logs. All lines of one incident carry its code.</summary>
public static class SyntheticLabel
{
    /// <summary>Apache error: a child process dies of a signal (AH00051, AH00052).</summary>
    public const string ChildCrash = "child-crash";

    /// <summary>Apache error: all workers are busy (AH00484).</summary>
    public const string WorkersExhausted = "workers-exhausted";

    /// <summary>Apache error: the server does not start for want of a module (AH01177, AH00020).</summary>
    public const string ModuleFailure = "module-failure";

    /// <summary>Apache error and access: a request tries to leave the document root (in error logs AH10244,
    /// AH00126).</summary>
    public const string PathTraversal = "path-traversal";

    /// <summary>Apache error: PHP scripts run out of memory.</summary>
    public const string PhpMemory = "php-memory";

    /// <summary>Apache error: certificate and private key do not match and the server exits (AH02565,
    /// AH02312).</summary>
    public const string TlsKeyFailure = "tls-key-failure";

    /// <summary>Apache error: no space left on the device.</summary>
    public const string DiskFull = "disk-full";

    /// <summary>Apache error: a backend refuses connections for a while (AH00957, AH01114).</summary>
    public const string BackendOutage = "backend-outage";

    /// <summary>Access: one client tries well-known paths of software that the site does not run.</summary>
    public const string Scanner = "scanner";

    /// <summary>Access: parameters with SQL in them.</summary>
    public const string SqlInjection = "sql-injection";

    /// <summary>Access: parameters with scripts in them.</summary>
    public const string CrossSiteScripting = "cross-site-scripting";

    /// <summary>Access: ordinary requests of many clients fail with 5xx for a while.</summary>
    public const string ServerErrorBurst = "server-error-burst";

    /// <summary>Access: a response far larger than any page of the site.</summary>
    public const string Exfiltration = "exfiltration";

    /// <summary>Access: commands posted to a script in a folder of uploads.</summary>
    public const string WebShell = "web-shell";

    /// <summary>Access: a method that no client of the site uses.</summary>
    public const string RareMethod = "rare-method";

    /// <summary>Access: one client posts the login form over and over.</summary>
    public const string LoginGuessing = "login-guessing";

    /// <summary>Auth: one address guesses SSH passwords.</summary>
    public const string SshGuessing = "ssh-guessing";

    /// <summary>Auth: an address guesses the password of a user until it is let in.</summary>
    public const string GuessedLogin = "guessed-login";

    /// <summary>Auth: one address tries one user name after the other.</summary>
    public const string UserEnumeration = "user-enumeration";

    /// <summary>Auth: a second account with user id 0 appears and joins the group sudo.</summary>
    public const string UidZeroAccount = "uid-zero-account";

    /// <summary>Auth: sudo by a user who may not use it.</summary>
    public const string NotInSudoers = "not-in-sudoers";

    /// <summary>Auth: root logs in by password at night from an address that nobody else logs in from.</summary>
    public const string RootNightLogin = "root-night-login";

    /// <summary>Auth: a user tries to become root with su and fails.</summary>
    public const string SuFailure = "su-failure";

    /// <summary>Auth, in scenarios: one address tries a password or two on many accounts.</summary>
    public const string SshSpray = "ssh-spray";

    /// <summary>Auth, in scenarios: one address guesses with long waits.</summary>
    public const string SlowGuessing = "slow-guessing";

    /// <summary>Auth, in scenarios: many addresses guess the password of one account.</summary>
    public const string DistributedGuessing = "distributed-guessing";

    /// <summary>Auth, in scenarios: a user tries to get more by sudo than is due, or gets it.</summary>
    public const string SudoMisuse = "sudo-misuse";

    /// <summary>Auth, in scenarios: an account that nobody asked for.</summary>
    public const string NewAccount = "new-account";

    /// <summary>System, in scenarios: a program dies of memory faults again and again.</summary>
    public const string SegfaultBurst = "segfault-burst";

    /// <summary>System and Auth, in scenarios: a time without lines; no line carries it.</summary>
    public const string Silence = "silence";

    /// <summary>System, in scenarios: the clock was set back.</summary>
    public const string ClockJump = "clock-jump";

    /// <summary>System and ApacheError, in scenarios: messages that were never written before a deploy.</summary>
    public const string DeployNewTemplates = "deploy-new-templates";

    /// <summary>Access, in scenarios: a client looks for weaknesses and uses one.</summary>
    public const string ScanThenExploit = "scan-then-exploit";

    /// <summary>Access, in scenarios: a client carries off data.</summary>
    public const string DataTheft = "data-theft";
}
