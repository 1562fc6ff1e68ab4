namespace LogAnomaly.Parsing;

/// <summary>A directive of an ErrorLogFormat, or a text between two.</summary>
/// <param name="Letter">Letter of the directive; NUL for a text.</param>
/// <param name="Argument">What stands in braces, or an empty text.</param>
/// <param name="Literal">The text; empty for a directive.</param>
internal sealed record ErrorFormatItem(char Letter, string Argument, byte[] Literal)
{
    /// <summary>Index of the value among those of the format; -1 for a text.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>The text behind the value, up to the next one; empty where there is none.</summary>
    public byte[] Stop { get; set; } = [];

    /// <summary>Whether the server writes something in any case.</summary>
    public bool IsRequired => Letter is 't' or 'l' or 'M';
}
