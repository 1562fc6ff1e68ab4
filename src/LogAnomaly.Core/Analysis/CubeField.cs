namespace LogAnomaly.Analysis;

/// <summary>What an event is counted by, in the order in which the page's data has the dimensions.</summary>
internal enum CubeField
{
    /// <summary>Kind of the event.</summary>
    Kind = 0,

    /// <summary>Its level.</summary>
    Level,

    /// <summary>How it ended.</summary>
    Outcome,

    /// <summary>Host that wrote it.</summary>
    Host,

    /// <summary>Program that wrote it; the module of an Apache error.</summary>
    Program,

    /// <summary>Where it came from.</summary>
    Source,

    /// <summary>Country of the source.</summary>
    Country,

    /// <summary>Whom it is about.</summary>
    User,

    /// <summary>What was done.</summary>
    Action,

    /// <summary>Template of its message.</summary>
    Template,

    /// <summary>Path of the request without its query.</summary>
    Path,

    /// <summary>Status of the response.</summary>
    Status,

    /// <summary>User agent.</summary>
    Agent,
}
