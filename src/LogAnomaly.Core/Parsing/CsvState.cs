namespace LogAnomaly.Parsing;

/// <summary>What a CSV log said of its columns so far.</summary>
internal sealed class CsvState
{
    /// <summary>How rows are read, or null before the header.</summary>
    public CsvSyntax? Syntax { get; set; }

    /// <summary>The header as it stands in the file, by which a repeated one is known.</summary>
    public byte[] HeaderLine { get; set; } = [];

    /// <summary>The delimiter that a first line <c>sep=;</c> states, or 0.</summary>
    public byte Delimiter { get; set; }
}
