namespace LogAnomaly.Parsing;

/// <summary>
/// Joins the lines of a CSV record with a line end inside of quotes: they follow while the quotes are odd.
/// </summary>
internal sealed class CsvJoiner : LineJoiner
{
    private bool _isOpen;

    /// <inheritdoc/>
    public override bool IsOpen => _isOpen;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<byte> line) => _isOpen = HasOpenQuote(line);

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line)
    {
        if (!_isOpen)
        {
            return false;
        }

        _isOpen = line.Count((byte)'"') % 2 == 0;
        return true;
    }

    // A quote opens a field only at its start; one elsewhere is a sign like others, as in inches.
    private static bool HasOpenQuote(ReadOnlySpan<byte> line)
    {
        if (line.Count((byte)'"') % 2 == 0)
        {
            return false;
        }

        int last = line.LastIndexOfAny(",;\t|"u8);
        return line.StartsWith("\""u8) || line.IndexOf(",\""u8) >= 0 || line.IndexOf(";\""u8) >= 0
            || line.IndexOf("\t\""u8) >= 0 || (last >= 0 && line[(last + 1)..].StartsWith("\""u8));
    }
}
