namespace LogAnomaly.Parsing;

/// <summary>A field of a format string with the text before it.</summary>
/// <param name="Literal">The text between the field before and this one.</param>
/// <param name="Field">What the field stands for.</param>
/// <param name="Name">Its name in the log.</param>
/// <param name="Shape">What its text can hold.</param>
/// <param name="Position">Place of the field in the definition, for errors.</param>
internal sealed record FormatPiece(byte[] Literal, AccessField Field, string Name, FieldShape Shape, int Position)
{
    /// <summary>Pattern of a time, or null.</summary>
    public StampPattern? Pattern { get; init; }

    /// <summary>Whether the time is read over and not used, because another one counts.</summary>
    public bool IsSpareTime { get; init; }

    /// <summary>
    /// Byte that the text begins with if there is any, so that it can follow another field without a space; else 0.
    /// </summary>
    public byte FirstByte { get; init; }

    /// <summary>Whether the value is a JSON text whose escapes must be undone.</summary>
    public bool IsJson { get; init; }

    /// <summary>
    /// Whether the value can be a text that clients choose and that holds spaces, so that the last such field takes as
    /// much as it can.
    /// </summary>
    public bool IsOpen => Shape == FieldShape.Free;
}
