namespace LogAnomaly.Parsing;

/// <summary>
/// Joins the lines of an object as <c>journalctl -o json-pretty</c> writes it: from <c>{</c> to <c>}</c>, each alone on
/// its line.
/// </summary>
internal sealed class JournalJsonJoiner : LineJoiner
{
    private bool _isOpen;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<byte> line) => _isOpen = line.Length == 1 && line[0] == '{';

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line)
    {
        bool joins = _isOpen;
        _isOpen &= !(line.Length == 1 && line[0] == '}');
        return joins;
    }
}
