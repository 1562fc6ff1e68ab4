namespace LogAnomaly.Parsing;

/// <summary>Joins the lines of a run in apt's history: all up to a blank line or the next start.</summary>
internal sealed class AptHistoryJoiner : LineJoiner
{
    private bool _isOpen;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<byte> line) => _isOpen = line.StartsWith("Start-Date: "u8);

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line) =>
        _isOpen && !line.IsEmpty && !line.StartsWith("Start-Date: "u8);
}
