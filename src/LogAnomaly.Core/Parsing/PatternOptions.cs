namespace LogAnomaly.Parsing;

/// <summary>How a <see cref="PatternFormat"/> reads what its pattern captures.</summary>
public sealed record PatternOptions
{
    /// <summary>Name of the format, <c>pattern</c> by default.</summary>
    public string Name { get; init; } = "pattern";

    /// <summary>What the format is, in a few words.</summary>
    public string Description { get; init; } = "lines that a pattern of the user's takes apart";

    /// <summary>
    /// .NET date and time formats of the time, tried in order; all stamps that are known are tried after them. Empty by
    /// default.
    /// </summary>
    public IReadOnlyList<string> TimeFormats { get; init; } = [];

    /// <summary>Words of this log for levels, such as <c>W</c> for Warning; empty by default.</summary>
    public IReadOnlyDictionary<string, LogLevel> Levels { get; init; } = new Dictionary<string, LogLevel>();

    /// <summary>
    /// Fields by the names of the groups that capture them, where the names do not say so themselves.
    /// </summary>
    public IReadOnlyDictionary<string, LogField> Fields { get; init; } = new Dictionary<string, LogField>();

    /// <summary>
    /// Values that every event has, by names of fields or of the user's own; what a line says itself goes before them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// A pattern by which the first line of an event is known; other lines belong to the event before. Null by default.
    /// </summary>
    public string? StartPattern { get; init; }

    /// <summary>
    /// Whether indented lines and stack traces belong to the event before; has no effect beside
    /// <see cref="StartPattern"/>.
    /// </summary>
    public bool JoinsContinuations { get; init; }
}
