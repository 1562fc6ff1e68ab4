namespace LogAnomaly.Analysis;

/// <summary>Whether a suppression hides findings.</summary>
public enum SuppressionState
{
    /// <summary>It has not expired, and matches findings.</summary>
    Active = 0,

    /// <summary>It has not expired, but matches nothing.</summary>
    Dead,

    /// <summary>Its end has come: it hides nothing any more.</summary>
    Expired,
}
