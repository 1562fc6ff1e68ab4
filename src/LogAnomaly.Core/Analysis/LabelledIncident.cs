namespace LogAnomaly.Analysis;

/// <summary>What is known to be wrong in a log: one attack or fault.</summary>
internal sealed class LabelledIncident
{
    /// <summary>What it is called.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of thing it is.</summary>
    public required string Label { get; init; }

    /// <summary>Time of its start, or null.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Time of its end, or null.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Numbers of its lines; none where it is a silence.</summary>
    public IReadOnlyCollection<long> Lines { get; init; } = [];

    /// <summary>Names or addresses of whom or what it is about, where the labels tell.</summary>
    public IReadOnlyList<string> Entities { get; init; } = [];
}
