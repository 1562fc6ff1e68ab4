namespace LogAnomaly;

/// <summary>Counts of events, column by column, in order of time.</summary>
public sealed class CubeTable
{
    /// <summary>Indices into the dimensions of the cube.</summary>
    public IReadOnlyList<int> Dimensions { get; internal init; } = [];

    /// <summary>Step of each row; -1 for events without a time, and for the few whose clock was far off.</summary>
    public IReadOnlyList<int> Steps { get; internal init; } = [];

    /// <summary>Codes, a column for each dimension.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Codes { get; internal init; } = [];

    /// <summary>Events in each row.</summary>
    public IReadOnlyList<long> Counts { get; internal init; } = [];

    /// <summary>Bytes sent in each row, or null where no request tells and in further tables.</summary>
    public IReadOnlyList<long>? Bytes { get; internal init; }
}
