namespace LogAnomaly.Parsing;

/// <summary>A format and what its detection needs.</summary>
/// <param name="Format">The format.</param>
/// <param name="Kind">
/// The kind of event that most lines of such a file give, or null where any kind will do.
/// </param>
/// <param name="FileNames">
/// Parts of the names of such files, lower case; they break ties only. Give a general format none where a more specific
/// one reads the same lines, or the name of a file would overrule the share of its events.
/// </param>
/// <param name="LeastLines">Lines that the format must read to be taken, where fewer prove nothing.</param>
internal sealed record DetectableFormat(
    LogFormat Format, LogKind? Kind, IReadOnlyList<string> FileNames, int LeastLines = 1)
{
    /// <summary>
    /// Whether each line of it tells by itself that it is of this format, so that it is known among lines of another.
    /// </summary>
    public bool IsPlain { get; init; }
}
