namespace LogAnomaly.Analysis;

/// <summary>A stage of an attack, in the order in which attacks go.</summary>
public enum SessionStage
{
    /// <summary>Looking around: scans, broken handshakes, requests for what is not there.</summary>
    Recon = 0,

    /// <summary>Trying to get in: logins that fail, attacks on a web application.</summary>
    Guessing,

    /// <summary>Getting in.</summary>
    Success,

    /// <summary>Becoming another user, or trying to.</summary>
    Privilege,

    /// <summary>Making sure to get in again: accounts, passwords, groups, scheduled commands, services.</summary>
    Persistence,

    /// <summary>Covering tracks: logs emptied, logging stopped, accounts deleted.</summary>
    CleanUp,
}
