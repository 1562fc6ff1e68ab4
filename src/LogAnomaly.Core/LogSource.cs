namespace LogAnomaly;

/// <summary>
/// Where events come from: a file, standard input or a pipeline. One object is shared by all its events.
/// </summary>
public sealed class LogSource
{
    /// <summary>Creates a source.</summary>
    /// <param name="path">The full path of the file, or a name such as <c>(standard input)</c> where there is
    /// none.</param>
    public LogSource(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Path = path;
    }

    /// <summary>The full path of the file, or a name in parentheses where there is no file.</summary>
    public string Path { get; }

    /// <summary>The reader's account of the source, or null where no reader made the events.</summary>
    internal LedgerEntry? Entry { get; init; }

    /// <summary>
    /// Reads what the lines of the source hold beside the fields of their events, when it is asked for; set by formats
    /// whose events have properties, null where none has.
    /// </summary>
    internal PropertyReader? PropertyReader { get; set; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
