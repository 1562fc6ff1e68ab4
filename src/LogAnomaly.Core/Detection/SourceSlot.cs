namespace LogAnomaly.Detection;

/// <summary>What a source did in a period.</summary>
internal struct SourceSlot
{
    /// <summary>The source; null where the slot is free.</summary>
    public string? Source;

    /// <summary>Number of the period.</summary>
    public long Period;

    /// <summary>Sum of what it did.</summary>
    public long Sum;

    /// <summary>Its sum of the period before, where that is asked for.</summary>
    public long Before;

    /// <summary>What it did in the two periods up to the one before, until that is taken for usual.</summary>
    public long Waiting;

    /// <summary>Whether it was reported.</summary>
    public bool IsReported;

    /// <summary>Whether it is suspected, and judged at the end.</summary>
    public bool IsHeldBack;
}
