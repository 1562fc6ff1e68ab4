namespace LogAnomaly.Parsing;

/// <summary>What a directive or variable of a format string means.</summary>
/// <param name="Field">What it stands for.</param>
/// <param name="Name">Its name in the log.</param>
/// <param name="Shape">What its text can hold where no quotes stand around it.</param>
internal readonly record struct FormatDirective(AccessField Field, string Name, FieldShape Shape)
{
    /// <summary>Byte that its text begins with if there is any; else 0.</summary>
    public byte FirstByte { get; init; }
}
