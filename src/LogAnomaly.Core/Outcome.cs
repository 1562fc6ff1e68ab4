namespace LogAnomaly;

/// <summary>How the action of an event ended; ECS <c>event.outcome</c>.</summary>
public enum Outcome
{
    /// <summary>The line does not say.</summary>
    Unknown = 0,

    /// <summary>The action succeeded.</summary>
    Success,

    /// <summary>The action failed or was refused.</summary>
    Failure,
}
