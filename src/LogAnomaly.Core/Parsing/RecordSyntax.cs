namespace LogAnomaly.Parsing;

/// <summary>
/// How the lines of a structured log are taken apart into names and values. Immutable, so that events may keep it.
/// </summary>
internal abstract class RecordSyntax
{
    /// <summary>Takes a line apart.</summary>
    /// <param name="line">The line.</param>
    /// <param name="fields">Filled with the names and values in the order of the line.</param>
    /// <returns>Whether the line is of this syntax.</returns>
    public abstract bool TryRead(ReadOnlySpan<byte> line, RecordFields fields);
}
