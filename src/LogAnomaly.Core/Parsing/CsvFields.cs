namespace LogAnomaly.Parsing;

/// <summary>
/// Walks over the fields of a CSV record (RFC 4180): a field in quotes may hold delimiters, line ends and doubled
/// quotes.
/// </summary>
internal ref struct CsvFields
{
    private readonly ReadOnlySpan<byte> _line;
    private readonly byte _delimiter;
    private int _next;

    /// <summary>Starts before the first field.</summary>
    /// <param name="line">The record.</param>
    /// <param name="delimiter">What stands between fields.</param>
    public CsvFields(ReadOnlySpan<byte> line, byte delimiter)
    {
        _line = line;
        _delimiter = delimiter;
    }

    /// <summary>The field, without its quotes, doubled quotes undone.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Where the field stands in the record as it is, or -1 where quotes in it were undone.</summary>
    public int Start { get; private set; }

    /// <summary>Whether a quote was not closed, or something stood behind one.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Goes on to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_next > _line.Length || IsBroken)
        {
            return false;
        }

        int start = _next;
        if (start < _line.Length && _line[start] == '"')
        {
            return MoveOverQuoted(start + 1);
        }

        int length = _line[start..].IndexOf(_delimiter);
        length = length < 0 ? _line.Length - start : length;
        Current = _line.Slice(start, length);
        Start = start;
        _next = start + length + 1;
        return true;
    }

    private bool MoveOverQuoted(int start)
    {
        int at = start;
        bool hasQuotes = false;
        while (true)
        {
            int quote = _line[at..].IndexOf((byte)'"');
            if (quote < 0)
            {
                IsBroken = true;
                return false;
            }

            at += quote;
            if (at + 1 >= _line.Length || _line[at + 1] != '"')
            {
                break;
            }

            hasQuotes = true;
            at += 2;
        }

        ReadOnlySpan<byte> quoted = _line[start..at];
        Current = hasQuotes ? Undouble(quoted) : quoted;
        Start = hasQuotes ? -1 : start;
        _next = at + 2;
        IsBroken = at + 1 < _line.Length && _line[at + 1] != _delimiter;
        return !IsBroken;
    }

    private static ReadOnlySpan<byte> Undouble(ReadOnlySpan<byte> quoted)
    {
        byte[] text = new byte[quoted.Length];
        int length = 0;
        for (int i = 0; i < quoted.Length; i++)
        {
            text[length++] = quoted[i];
            i += quoted[i] == '"' ? 1 : 0;
        }

        return text.AsSpan(0, length);
    }
}
