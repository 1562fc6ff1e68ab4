namespace LogAnomaly.Parsing;

/// <summary>
/// Joins the sections of a record of a ModSecurity audit log, from A to Z. Bodies hold what clients send: in their
/// sections only a line with the record's own id, which clients do not know, begins another section.
/// </summary>
internal sealed class ModSecurityJoiner : LineJoiner
{
    private byte[] _id = [];
    private char _section;

    /// <inheritdoc/>
    public override int MaximumLines => 20_000;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<byte> line)
    {
        _section = ModSecurityBoundary.Section(line, out ReadOnlySpan<byte> id) == 'A' ? 'A' : '\0';
        _id = _section == 'A' ? id.ToArray() : [];
    }

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line)
    {
        if (_section is '\0' or 'Z')
        {
            // The line after a record is blank.
            return _section == 'Z' && line.IsEmpty;
        }

        char next = ModSecurityBoundary.Section(line, out ReadOnlySpan<byte> id);
        if (next == '\0')
        {
            return true;
        }

        if (id.SequenceEqual(_id))
        {
            _section = next;
            return true;
        }

        return _section is 'C' or 'E' or 'I' or 'J' || next != 'A';
    }
}
