namespace LogAnomaly.Parsing;

/// <summary>The places at which a field of a line may end: those that the text behind the field follows on.</summary>
internal ref struct FieldSplits
{
    private readonly ReadOnlySpan<byte> _text;
    private readonly ReadOnlySpan<byte> _next;
    private readonly int _limit;
    private readonly byte _first;
    private readonly bool _isBackward;
    private int _at;

    /// <summary>Begins before the first place.</summary>
    /// <param name="text">The line from the start of the field.</param>
    /// <param name="limit">Bytes that the field has at most.</param>
    /// <param name="next">The text behind the field; empty where it ends the line or another field follows at
    /// once.</param>
    /// <param name="first">Byte that the following field begins with, if <paramref name="next"/> is empty; else
    /// 0.</param>
    /// <param name="isBackward">Whether the longest field comes first.</param>
    public FieldSplits(ReadOnlySpan<byte> text, int limit, ReadOnlySpan<byte> next, byte first, bool isBackward)
    {
        _text = text;
        _limit = limit;
        _next = next;
        _first = next.IsEmpty ? first : (byte)0;
        _isBackward = isBackward;
        Reset();
    }

    /// <summary>Begins again.</summary>
    public void Reset() => _at = _isBackward ? _limit + 1 : -1;

    /// <summary>The next place.</summary>
    /// <param name="length">Bytes of the field.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryNext(out int length)
    {
        length = _isBackward ? Before(_at - 1) : After(_at + 1);
        _at = length;
        return length >= 0 && length <= _limit;
    }

    /// <summary>Whether an odd number of backslashes stands before a byte.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Index of the byte.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsEscaped(ReadOnlySpan<byte> text, int at)
    {
        int backslashes = 0;
        while (backslashes < at && text[at - 1 - backslashes] == '\\')
        {
            backslashes++;
        }

        return (backslashes & 1) != 0;
    }

    private readonly int After(int from)
    {
        if (from > _limit)
        {
            return -1;
        }

        if (_next.IsEmpty)
        {
            int found = _first == 0 ? -1 : _text[from.._limit].IndexOf(_first);
            return found < 0 ? _limit : from + found;
        }

        int at = _text[from..].IndexOf(_next);
        return at < 0 ? -1 : from + at;
    }

    private readonly int Before(int last)
    {
        if (last < 0)
        {
            return -1;
        }

        if (_next.IsEmpty)
        {
            // A following field that begins with a known byte begins with the first such byte.
            int found = _first == 0 ? -1 : _text[.._limit].IndexOf(_first);
            int end = found < 0 ? _limit : found;
            return last >= end ? end : -1;
        }

        int start = Math.Min(last + _next.Length, _text.Length);
        return _text[..start].LastIndexOf(_next);
    }
}
