namespace LogAnomaly.Parsing;

/// <summary>Joins the parts of a long line that a container runtime has cut.</summary>
internal sealed class CriJoiner : LineJoiner
{
    private bool _isPartial;

    /// <inheritdoc/>
    public override bool IsOpen => _isPartial;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<byte> line) => _isPartial = CriSyntax.IsPartial(line);

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line)
    {
        if (!_isPartial || !CriSyntax.TryReadHeader(line, out _, out _, out _))
        {
            return false;
        }

        _isPartial = CriSyntax.IsPartial(line);
        return true;
    }
}
