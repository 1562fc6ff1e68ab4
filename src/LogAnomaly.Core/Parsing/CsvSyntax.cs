namespace LogAnomaly.Parsing;

/// <summary>A row of a CSV log under its header (RFC 4180).</summary>
internal sealed class CsvSyntax : RecordSyntax
{
    private readonly CsvHeader _header;

    /// <summary>Creates the syntax of the rows under a header.</summary>
    /// <param name="header">The header.</param>
    public CsvSyntax(CsvHeader header) => _header = header;

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> line, RecordFields fields)
    {
        CsvFields columns = new(line, _header.Delimiter);
        int count = 0;
        while (columns.MoveNext())
        {
            if (count == _header.Names.Length)
            {
                // Some writers end each row with a delimiter.
                return columns.Current.IsEmpty && !columns.MoveNext() && !columns.IsBroken;
            }

            ReadOnlySpan<byte> value = columns.Current;
            RecordValueType type = value.IsEmpty ? RecordValueType.None : RecordValueType.Text;
            fields.Add(_header.Names[count++], type, value, columns.Start);
        }

        return !columns.IsBroken && count == _header.Names.Length;
    }
}
