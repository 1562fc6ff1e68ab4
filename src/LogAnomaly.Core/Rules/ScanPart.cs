namespace LogAnomaly.Rules;

/// <summary>What of an event is scanned for literals.</summary>
internal enum ScanPart
{
    /// <summary>A field.</summary>
    Field = 0,

    /// <summary>The target of a request, as sent and decoded, with its parts.</summary>
    Target,

    /// <summary>Referrer of a request.</summary>
    Referrer,

    /// <summary>User agent of a request.</summary>
    UserAgent,

    /// <summary>What else of a request its line is put together of.</summary>
    RestOfRequest,

    /// <summary>The message.</summary>
    Message,

    /// <summary>The whole line.</summary>
    Line,
}
