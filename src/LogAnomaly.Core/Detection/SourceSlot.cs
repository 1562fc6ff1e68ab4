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

    /// <summary>Whether it was reported.</summary>
    public bool IsReported;

    /// <summary>Whether it is suspected, and judged at the end.</summary>
    public bool IsHeldBack;
}
