namespace LogAnomaly.Parsing;

/// <summary>
/// A line between the sections of a ModSecurity audit log: <c>--id-A--</c> (2) or <c>---id---A--</c> (3).
/// </summary>
internal static class ModSecurityBoundary
{
    /// <summary>The section that a line begins.</summary>
    /// <param name="line">The line.</param>
    /// <param name="id">The id of the record with the hyphens around it.</param>
    /// <returns>The letter of the section, or NUL where the line begins none.</returns>
    public static char Section(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> id)
    {
        line = line.TrimEnd("\r "u8);
        id = default;
        if (line.Length is < 8 or > 80 || !line.StartsWith("--"u8) || !line.EndsWith("--"u8) || line[^4] != '-'
            || line[^3] is < (byte)'A' or > (byte)'Z')
        {
            return '\0';
        }

        id = line[..^3];
        foreach (byte next in id)
        {
            if (!char.IsAsciiLetterOrDigit((char)next) && next is not ((byte)'-' or (byte)'@' or (byte)'_'))
            {
                return '\0';
            }
        }

        return (char)line[^3];
    }
}
