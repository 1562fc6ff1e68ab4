namespace LogAnomaly.Parsing;

/// <summary>A format as the configuration of a web server defines it.</summary>
/// <param name="Name">Its name, or null where the log uses it without one.</param>
/// <param name="Text">The format string.</param>
/// <param name="Kind">Which directive defines it.</param>
public sealed record LogFormatDefinition(string? Name, string Text, LogFormatKind Kind)
{
    /// <summary>What follows <c>escape=</c> in nginx, or null.</summary>
    public string? Escape { get; init; }
}
