namespace LogAnomaly.Features;

/// <summary>Which events are held beside the rows that they make.</summary>
internal enum EventHolding
{
    /// <summary>Those whose rows may turn out to be odd.</summary>
    Odd = 0,

    /// <summary>All of them.</summary>
    All,

    /// <summary>None.</summary>
    None,
}
