namespace LogAnomaly.Parsing;

/// <summary>The lines of a text, without their ends, one after the other.</summary>
internal ref struct LineRanges
{
    private readonly ReadOnlySpan<byte> _text;
    private int _next;

    /// <summary>Starts before the first line.</summary>
    /// <param name="text">The text.</param>
    public LineRanges(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Where the line lies.</summary>
    public Range Current { get; private set; }

    /// <summary>The same, as <c>foreach</c> wants it.</summary>
    /// <returns>The lines.</returns>
    public readonly LineRanges GetEnumerator() => this;

    /// <summary>Steps to the next line.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_next >= _text.Length)
        {
            return false;
        }

        int length = _text[_next..].IndexOf((byte)'\n');
        int end = length < 0 ? _text.Length : _next + length;
        int last = end > _next && _text[end - 1] == '\r' ? end - 1 : end;
        Current = _next..last;
        _next = end + 1;
        return true;
    }
}
