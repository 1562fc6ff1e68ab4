using System.Buffers.Binary;
using System.Text;

namespace LogAnomaly.Rules;

/// <summary>
/// Holds the lines that may become evidence, each once, whichever rules it hit: blocks of bytes that are filled one
/// after the other. When there are as many as may be, the oldest is filled anew, and its lines are no longer held. A
/// record is the lengths of text, user and source, and then these.
/// </summary>
internal sealed class LineArena
{
    private const int BlockBits = 19;
    private const int BlockLength = 1 << BlockBits;
    private const int HeaderLength = 8;
    private const int LongestText = 64 << 10;
    private const int LongestName = 64;

    private readonly byte[]?[] _blocks;
    private readonly byte[] _scratch = new byte[16 << 10];

    // Places begin above zero, so that a place of zero is none.
    private long _position = HeaderLength;

    /// <summary>Creates an arena.</summary>
    /// <param name="bytes">Most bytes that it holds, about.</param>
    public LineArena(int bytes) => _blocks = new byte[Math.Max(bytes >> BlockBits, 2)][];

    /// <summary>Holds the line of an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>Its place.</returns>
    public long Append(LogEvent logEvent)
    {
        string user = Cut(logEvent.GetValue(LogField.UserName) as string);
        string source = Cut((logEvent.GetValue(LogField.SourceIP) ?? logEvent.GetValue(LogField.SourceHost)) as string);
        ReadOnlySpan<byte> text = TextOf(logEvent);
        if (text.Length > LongestText)
        {
            text = text[..LongestText];
        }

        Span<byte> record = Take(HeaderLength + (3 * (user.Length + source.Length)) + text.Length, out long place);
        int userLength = Encoding.UTF8.GetBytes(user, record[HeaderLength..]);
        int sourceLength = Encoding.UTF8.GetBytes(source, record[(HeaderLength + userLength)..]);
        BinaryPrimitives.WriteInt32LittleEndian(record, text.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(record[4..], (ushort)userLength);
        BinaryPrimitives.WriteUInt16LittleEndian(record[6..], (ushort)sourceLength);
        int end = HeaderLength + userLength + sourceLength;
        text.CopyTo(record[end..]);
        _position = place + ((end + text.Length + 7) & ~7);
        return place;
    }

    /// <summary>Reads a line.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="line">The line; empty where it is no longer held.</param>
    /// <returns>Whether it is held.</returns>
    public bool TryRead(long place, out HeldLine line)
    {
        long block = place >> BlockBits;
        if (place == 0 || block <= (_position >> BlockBits) - _blocks.Length)
        {
            line = default;
            return false;
        }

        ReadOnlySpan<byte> record = _blocks[block % _blocks.Length].AsSpan((int)(place & (BlockLength - 1)));
        int textLength = BinaryPrimitives.ReadInt32LittleEndian(record);
        int userLength = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        int sourceLength = BinaryPrimitives.ReadUInt16LittleEndian(record[6..]);
        record = record[HeaderLength..];
        line = new HeldLine(
            record[..userLength],
            record.Slice(userLength, sourceLength),
            record.Slice(userLength + sourceLength, textLength));
        return true;
    }

    private ReadOnlySpan<byte> TextOf(LogEvent logEvent)
    {
        if (logEvent is LineEvent line)
        {
            return line.LineSpan;
        }

        return logEvent is AccessEvent access && access.TryWriteLine(_scratch, out int written)
            ? _scratch.AsSpan(0, written)
            : Encoding.UTF8.GetBytes(logEvent.Raw);
    }

    private static string Cut(string? name) =>
        name is null ? "" : name.Length <= LongestName ? name : name[..LongestName];

    // A record does not cross the end of a block.
    private Span<byte> Take(int length, out long place)
    {
        int start = (int)(_position & (BlockLength - 1));
        if (start + length > BlockLength)
        {
            _position = ((_position >> BlockBits) + 1) << BlockBits;
            start = 0;
        }

        place = _position;
        ref byte[]? block = ref _blocks[(place >> BlockBits) % _blocks.Length];
        block ??= GC.AllocateUninitializedArray<byte>(BlockLength);
        return block.AsSpan(start);
    }
}
