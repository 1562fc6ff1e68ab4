namespace LogAnomaly;

/// <summary>
/// What became of the lines of one source: <see cref="LinesRead"/> = <see cref="Parsed"/> + <see cref="Unparsed"/> +
/// <see cref="Skipped"/>.
/// </summary>
public sealed class LedgerEntry
{
    /// <summary>Creates an entry.</summary>
    /// <param name="path">The source.</param>
    /// <param name="format">Name of the format, or <c>unknown</c>.</param>
    internal LedgerEntry(string path, string format)
    {
        Path = path;
        Format = format;
    }

    /// <summary>Full path of the file, or a name in parentheses where there was no file.</summary>
    public string Path { get; }

    /// <summary>Name of the format that it was read by, or <c>unknown</c>.</summary>
    public string Format { get; internal set; }

    /// <summary>Lines read.</summary>
    public long LinesRead { get; internal set; }

    /// <summary>Lines that became an event with fields.</summary>
    public long Parsed { get; internal set; }

    /// <summary>Lines that became an event of kind Unparsed.</summary>
    public long Unparsed { get; internal set; }

    /// <summary>Blank lines and header lines.</summary>
    public long Skipped { get; internal set; }

    /// <summary>
    /// Parsed or unparsed events that a filter left out; they are counted under Parsed or Unparsed too.
    /// </summary>
    public long Filtered { get; internal set; }

    /// <summary>
    /// Lines longer than the limit, of which only the start was kept; counted under Parsed or Unparsed too.
    /// </summary>
    public long Truncated { get; internal set; }

    /// <summary>Bytes read so far, after decompression; kept up to date block by block.</summary>
    public long Bytes { get; internal set; }

    /// <summary>Why reading ended early, or null where it did not.</summary>
    public string? Error { get; internal set; }

    /// <summary>
    /// The most frequent shapes of unparsed lines (letters as <c>a</c>, digits as <c>0</c>, runs as one), at most 20.
    /// </summary>
    public IReadOnlyList<UnparsedShape> UnparsedShapes { get; internal set; } = [];
}
