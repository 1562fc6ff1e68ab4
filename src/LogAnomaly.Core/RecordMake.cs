namespace LogAnomaly;

/// <summary>
/// What records of the same make share: which fields they carry, and how the other values of their lines are read.
/// </summary>
internal abstract class RecordMake
{
    /// <summary>Creates a make.</summary>
    /// <param name="fields">The fields, as bytes, in the order of an event's values.</param>
    protected RecordMake(byte[] fields) => Fields = fields;

    /// <summary>The fields, as bytes, in the order of an event's values.</summary>
    public byte[] Fields { get; }

    /// <summary>Reads the values of a line by the names that the log gives them.</summary>
    /// <param name="line">The line.</param>
    /// <param name="withFields">Whether the values that fields of ours were made of are wanted too.</param>
    /// <returns>The values in the order of the line.</returns>
    public abstract Dictionary<string, object?> Read(ReadOnlySpan<byte> line, bool withFields);
}
