using System.Buffers;

namespace LogAnomaly.Parsing;

/// <summary>
/// A format string of a web server, compiled to fields and the texts between them, and read from left to right without
/// search where a field says itself where it ends. The servers escape the quotes in what clients send, so a quoted
/// field ends at the first quote without a backslash. An unquoted field that can hold spaces (a user) ends where the
/// rest of the line first fits; the last such field takes as much as it can, for what follows it is the server's own.
/// </summary>
internal sealed class LogFormatString
{
    // Tries for a line that fits no way; real lines need one or two a field.
    private const int LargestEffort = 20_000;

    // Length of a field that ends where the rest of the line fits.
    private const int Unsure = -2;

    private readonly FormatPiece[] _pieces;
    private readonly byte[] _tail;
    private readonly int _lastOpen;
    private readonly bool _mayGoOn;

    /// <summary>Puts fields together.</summary>
    /// <param name="pieces">The fields.</param>
    /// <param name="tail">The text behind the last.</param>
    /// <param name="mayGoOn">Whether a line may have more fields behind the last one, after a space.</param>
    /// <exception cref="FormatException">There is no field, or nothing tells two fields apart.</exception>
    public LogFormatString(IReadOnlyList<FormatPiece> pieces, byte[] tail, bool mayGoOn = false)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        if (pieces.Count == 0)
        {
            throw new FormatException("The format has no field.");
        }

        _pieces = [.. pieces];
        _tail = tail;
        _mayGoOn = mayGoOn;
        _lastOpen = Array.FindLastIndex(_pieces, piece => piece.IsOpen);
        for (int i = 1; i < _pieces.Length; i++)
        {
            FormatPiece before = _pieces[i - 1];
            if (_pieces[i].Literal.Length == 0 && _pieces[i].FirstByte == 0 && NeedsEnd(before.Shape))
            {
                throw new FormatException(
                    $"Nothing stands between '{before.Name}' and '{_pieces[i].Name}' at position "
                        + $"{_pieces[i].Position}, so that no one could tell where the first ends.");
            }
        }
    }

    /// <summary>The fields.</summary>
    public IReadOnlyList<FormatPiece> Pieces => _pieces;

    /// <summary>Makes an event of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where the line is not of this format.</returns>
    public AccessEvent? Parse(in LogLine line, ParseContext context)
    {
        int[]? rented = _pieces.Length > 32 ? ArrayPool<int>.Shared.Rent(_pieces.Length * 2) : null;
        Span<int> ends = rented ?? stackalloc int[64];
        StampParts parts = new();
        int effort = LargestEffort;
        AccessEvent? made = TryMatch(line.Span, 0, 0, ends, ref parts, context.Clock, ref effort)
            ? Build(line, ends, parts, context)
            : null;
        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }

        return made;
    }

    private AccessEvent? Build(in LogLine line, ReadOnlySpan<int> ends, in StampParts parts, ParseContext context)
    {
        AccessBuilder builder = new(line, context);
        ReadOnlySpan<byte> text = line.Span;
        bool hasStamp = false;
        for (int i = 0; i < _pieces.Length; i++)
        {
            FormatPiece piece = _pieces[i];
            ReadOnlySpan<byte> value = text[ends[2 * i]..ends[(2 * i) + 1]];
            if (piece.Shape >= FieldShape.Stamp)
            {
                hasStamp |= !piece.IsSpareTime;
                continue;
            }

            if (piece.IsJson && value.Contains((byte)'\\'))
            {
                value = JsonText.Unescape(value);
            }

            if (!builder.Set(piece.Field, piece.Name, value))
            {
                return null;
            }
        }

        if (hasStamp)
        {
            builder.SetStamp(parts);
        }

        return builder.Finish();
    }

    private bool TryMatch(
        ReadOnlySpan<byte> text,
        int index,
        int at,
        Span<int> ends,
        ref StampParts parts,
        LogClock clock,
        ref int effort)
    {
        while (index < _pieces.Length)
        {
            FormatPiece piece = _pieces[index];
            if (!text[at..].StartsWith(piece.Literal))
            {
                return false;
            }

            at += piece.Literal.Length;
            ends[2 * index] = at;
            int length = Measure(text[at..], index, ref parts, clock);
            if (length == Unsure)
            {
                return TrySplits(text, index, at, ends, ref parts, clock, ref effort);
            }

            if (length < 0)
            {
                return false;
            }

            at += length;
            ends[(2 * index) + 1] = at;
            index++;
        }

        return text[at..].StartsWith(_tail)
            && (at + _tail.Length == text.Length || (_mayGoOn && text[at + _tail.Length] == ' '));
    }

    // The bytes of a field that says itself where it ends; -1 where it is not there.
    private int Measure(ReadOnlySpan<byte> text, int index, ref StampParts parts, LogClock clock)
    {
        FormatPiece piece = _pieces[index];
        switch (piece.Shape)
        {
            case FieldShape.Number:
                return NumberLength(text);
            case FieldShape.Byte:
                return text.IsEmpty ? -1 : 1;
            case FieldShape.Stamp or FieldShape.CommonStamp or FieldShape.IsoStamp:
                return StampLength(text, piece, ref parts, clock);
            case FieldShape.Word or FieldShape.List:
                int region = piece.Shape == FieldShape.Word ? WordLength(text) : ListLength(text);
                ReadOnlySpan<byte> next = Next(index);
                bool isFollowed = next.IsEmpty && NextFirstByte(index) != 0;
                return !isFollowed && (next.IsEmpty || next[0] == ' ') ? region : Unsure;
            default:
                return Unsure;
        }
    }

    // The text that must follow a field: the next literal, or the byte that the next field begins with.
    private ReadOnlySpan<byte> Next(int index)
    {
        if (index + 1 == _pieces.Length)
        {
            return _tail;
        }

        return _pieces[index + 1].Literal;
    }

    private bool TrySplits(
        ReadOnlySpan<byte> text,
        int index,
        int at,
        Span<int> ends,
        ref StampParts parts,
        LogClock clock,
        ref int effort)
    {
        FormatPiece piece = _pieces[index];
        ReadOnlySpan<byte> rest = text[at..];
        int limit = piece.Shape switch
        {
            FieldShape.Word => WordLength(rest),
            FieldShape.List => ListLength(rest),
            _ => rest.Length,
        };
        bool isBackward = piece.Shape is FieldShape.Word or FieldShape.List || index == _lastOpen;
        FieldSplits splits = new(rest, limit, Next(index), NextFirstByte(index), isBackward);

        // First the ends that no backslash stands before; a server that does not escape backslashes ends GET /\ in \".
        for (int pass = 0; pass < (piece.Shape == FieldShape.Quoted ? 2 : 1); pass++)
        {
            splits.Reset();
            while (splits.TryNext(out int length))
            {
                if (--effort < 0)
                {
                    return false;
                }

                if (piece.Shape == FieldShape.Quoted && FieldSplits.IsEscaped(rest, length) != (pass == 1))
                {
                    continue;
                }

                ends[(2 * index) + 1] = at + length;
                if (TryMatch(text, index + 1, at + length, ends, ref parts, clock, ref effort))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private byte NextFirstByte(int index) => index + 1 < _pieces.Length ? _pieces[index + 1].FirstByte : (byte)0;

    private static bool NeedsEnd(FieldShape shape) =>
        shape is FieldShape.Free or FieldShape.Word or FieldShape.List or FieldShape.Quoted;

    private static int StampLength(ReadOnlySpan<byte> text, FormatPiece piece, ref StampParts parts, LogClock clock)
    {
        StampParts spare = new();
        ref StampParts target = ref (piece.IsSpareTime ? ref spare : ref parts);
        if (piece.Pattern is { } pattern)
        {
            return pattern.TryRead(text, clock, ref target, out int taken) ? taken : -1;
        }

        bool isTime = piece.Shape == FieldShape.IsoStamp
            ? Timestamps.TryReadIso8601(text, clock, out DateTimeOffset time, out int length)
            : Timestamps.TryReadCommonLog(text, clock, out time, out length);
        target.Set(time);
        return isTime ? length : -1;
    }

    private static int NumberLength(ReadOnlySpan<byte> text)
    {
        int at = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0;
        while (at < text.Length && (char.IsAsciiDigit((char)text[at]) || (text[at] == '.' && at > 0)))
        {
            at++;
        }

        return at;
    }

    private static int WordLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAny((byte)' ', (byte)'"');
        return end < 0 ? text.Length : end;
    }

    private static int ListLength(ReadOnlySpan<byte> text)
    {
        int at = WordLength(text);
        while (at < text.Length && text[at] == ' ')
        {
            int skip = text[at..].StartsWith(" : "u8) ? 3 : at > 0 && text[at - 1] == ',' ? 1 : 0;
            if (skip == 0)
            {
                break;
            }

            at += skip + WordLength(text[(at + skip)..]);
        }

        return at;
    }
}
