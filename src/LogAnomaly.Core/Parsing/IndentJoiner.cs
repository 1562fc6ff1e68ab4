namespace LogAnomaly.Parsing;

/// <summary>Joins lines that begin with white space to the line before them.</summary>
internal sealed class IndentJoiner : LineJoiner
{
    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line) => !line.IsEmpty && line[0] is (byte)' ' or (byte)'\t';
}
