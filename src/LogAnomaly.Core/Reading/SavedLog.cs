namespace LogAnomaly.Reading;

/// <summary>A followed log as a checkpoint keeps it.</summary>
internal sealed record SavedLog
{
    /// <summary>Full path of the log.</summary>
    public string Path { get; init; } = "";

    /// <summary>When its place was taken down.</summary>
    public DateTimeOffset Saved { get; init; }

    /// <summary>Its files that were not over, the oldest first.</summary>
    public IReadOnlyList<SavedGeneration> Files { get; init; } = [];

    /// <summary>Whether the values can be those of a log.</summary>
    internal bool IsSound =>
        !string.IsNullOrEmpty(Path) && Files is not null && Files.All(file => file is { IsSound: true });
}
