using System.Buffers;

namespace LogAnomaly.Parsing;

/// <summary>
/// A line of a container runtime: <c>stamp SP ( "stdout" / "stderr" ) SP ( "F" / "P" ) SP message</c>. Of joined lines
/// the messages are put together.
/// </summary>
internal sealed class CriSyntax : RecordSyntax
{
    /// <summary>The one that is needed.</summary>
    public static CriSyntax Instance { get; } = new();

    /// <summary>Reads what stands before the message.</summary>
    /// <param name="line">The line.</param>
    /// <param name="stampLength">Bytes of the stamp.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="messageStart">Index of the message.</param>
    /// <returns>Whether the line begins so.</returns>
    public static bool TryReadHeader(
        ReadOnlySpan<byte> line, out int stampLength, out Range stream, out int messageStart)
    {
        stream = default;
        messageStart = 0;
        stampLength = line.IndexOf((byte)' ');
        if (stampLength < 20 || line.Length < stampLength + 9 || line[4] != '-' || line[10] != 'T')
        {
            return false;
        }

        ReadOnlySpan<byte> rest = line[(stampLength + 1)..];
        if (!rest.StartsWith("stdout "u8) && !rest.StartsWith("stderr "u8))
        {
            return false;
        }

        stream = (stampLength + 1)..(stampLength + 7);
        ReadOnlySpan<byte> tag = rest[7..];
        int end = tag.IndexOf((byte)' ');
        ReadOnlySpan<byte> mark = end < 0 ? tag : tag[..end];
        bool isMark = mark.Length > 0 && mark[0] is (byte)'F' or (byte)'P' && (mark.Length == 1 || mark[1] == ':');
        messageStart = stampLength + 8 + (end < 0 ? tag.Length : end + 1);
        return isMark;
    }

    /// <summary>Whether the line after this one goes on with its message.</summary>
    /// <param name="line">The line.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsPartial(ReadOnlySpan<byte> line) =>
        TryReadHeader(line, out int stamp, out _, out _) && line[stamp + 8] == 'P';

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> line, RecordFields fields)
    {
        if (!TryReadHeader(line, out int stamp, out Range stream, out int start))
        {
            return false;
        }

        int end = line.IndexOf((byte)'\n');
        ReadOnlySpan<byte> message = end < 0 ? line[start..] : Join(line);
        if (!InnerLine.TryRead(message, fields))
        {
            fields.Clear();
            fields.Add("log", RecordValueType.Text, message, end < 0 ? start : -1);
        }

        fields.Add("time", RecordValueType.Text, line[..stamp]);
        fields.Add("stream", RecordValueType.Text, line[stream]);
        return true;
    }

    private static ReadOnlySpan<byte> Join(ReadOnlySpan<byte> lines)
    {
        ArrayBufferWriter<byte> joined = new(lines.Length);
        while (!lines.IsEmpty)
        {
            int end = lines.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = (end < 0 ? lines : lines[..end]).TrimEnd((byte)'\r');
            if (TryReadHeader(line, out _, out _, out int start))
            {
                joined.Write(line[start..]);
            }

            lines = end < 0 ? default : lines[(end + 1)..];
        }

        return joined.WrittenSpan;
    }
}
