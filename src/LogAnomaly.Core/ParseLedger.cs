namespace LogAnomaly;

/// <summary>The account of every line of a run: one entry for each source, and their sums.</summary>
public sealed class ParseLedger
{
    private readonly List<LedgerEntry> _entries = [];

    /// <summary>An entry for each source, in the order of reading.</summary>
    public IReadOnlyList<LedgerEntry> Entries => _entries;

    /// <summary>Lines read.</summary>
    public long LinesRead => _entries.Sum(entry => entry.LinesRead);

    /// <summary>Lines that became an event with fields.</summary>
    public long Parsed => _entries.Sum(entry => entry.Parsed);

    /// <summary>Lines that became an event of kind Unparsed.</summary>
    public long Unparsed => _entries.Sum(entry => entry.Unparsed);

    /// <summary>Blank lines and header lines.</summary>
    public long Skipped => _entries.Sum(entry => entry.Skipped);

    /// <summary>Bytes read, after decompression.</summary>
    public long Bytes => _entries.Sum(entry => entry.Bytes);

    /// <summary>
    /// Findings that were hidden, counted by the id of the suppression that hid them; empty where none was.
    /// </summary>
    public IReadOnlyList<NameCount> Suppressed { get; internal set; } = [];

    /// <summary>Takes in the account of a source that a reader keeps.</summary>
    /// <param name="entry">The account; it may still grow.</param>
    internal void Include(LedgerEntry entry) => _entries.Add(entry);

    /// <summary>Opens the account of a source.</summary>
    /// <param name="path">The source.</param>
    /// <param name="format">Name of its format, or <c>unknown</c>.</param>
    /// <returns>The new entry.</returns>
    internal LedgerEntry Open(string path, string format)
    {
        LedgerEntry entry = new(path, format);
        _entries.Add(entry);
        return entry;
    }
}
