namespace LogAnomaly;

/// <summary>How two logs differ.</summary>
public enum LogDifferenceKind
{
    /// <summary>A template that the reference does not have.</summary>
    NewTemplate,

    /// <summary>A template that only the reference has.</summary>
    GoneTemplate,

    /// <summary>Events that come more or less often.</summary>
    Rate,

    /// <summary>A value, such as a user or a program, that the reference does not have.</summary>
    NewValue,

    /// <summary>A value that only the reference has.</summary>
    GoneValue,

    /// <summary>Events that divide otherwise into levels, status codes or the like.</summary>
    Mix,

    /// <summary>Requests that take longer or shorter.</summary>
    Latency,

    /// <summary>A value or template that was not seen for too long, and that the baseline has forgotten.</summary>
    AgedOut,
}
