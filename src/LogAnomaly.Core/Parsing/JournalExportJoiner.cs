using System.Buffers.Binary;

namespace LogAnomaly.Parsing;

/// <summary>
/// Joins the lines of an entry of the Journal Export Format. Values may hold any bytes, line ends and blank lines too,
/// so that the bytes of such a value are counted by the length before it.
/// </summary>
internal sealed class JournalExportJoiner : LineJoiner
{
    private const int LongestName = 256;

    private bool _hasEnded;
    private int _lengthAt;
    private long _valueEnd;

    /// <inheritdoc/>
    public override int MaximumLines => 100_000;

    /// <inheritdoc/>
    public override void Begin(ReadOnlySpan<byte> line)
    {
        _lengthAt = 0;
        _valueEnd = 0;
        _hasEnded = line.IsEmpty || !IsField(line);
        if (!_hasEnded && !line.Contains((byte)'='))
        {
            _lengthAt = line.Length + 1;
        }
    }

    /// <inheritdoc/>
    public override bool Joins(in LogLine first, in LogLine line)
    {
        int at = line.Start - first.Start;
        int end = at + line.Length;
        if (_hasEnded)
        {
            return false;
        }

        if (_lengthAt > 0)
        {
            // The length itself may hold the byte of a line end.
            if (end >= _lengthAt + sizeof(ulong))
            {
                ReadOnlySpan<byte> bytes = first.Buffer.AsSpan(first.Start + _lengthAt);
                ulong length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                _valueEnd = _lengthAt + sizeof(ulong) + (long)Math.Min(length, int.MaxValue) + 1;
                _lengthAt = 0;
            }

            return true;
        }

        if (at < _valueEnd)
        {
            return true;
        }

        if (line.Length == 0)
        {
            _hasEnded = true;
            return true;
        }

        if (!IsField(line.Span))
        {
            _hasEnded = true;
            return false;
        }

        _lengthAt = line.Span.Contains((byte)'=') ? 0 : end + 1;
        return true;
    }

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line) => !_hasEnded;

    // A name in capital letters, digits and underscores, alone or before a sign of equality.
    private static bool IsField(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = Utf8Text.Before(line, (byte)'=');
        if (name.Length is 0 or > LongestName)
        {
            return false;
        }

        foreach (byte next in name)
        {
            if (next is not ((>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9') or (byte)'_'))
            {
                return false;
            }
        }

        return true;
    }
}
