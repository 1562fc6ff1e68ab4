using System.Text;

namespace LogAnomaly.Reading;

/// <summary>Finds the ends of lines in bytes that are not transcoded yet.</summary>
/// <param name="Unit">Bytes of a character of the line end: 1, 2 or 4.</param>
/// <param name="Place">Where in them the line feed stands.</param>
internal readonly record struct LineEnds(int Unit, int Place)
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>The line ends of an encoding.</summary>
    /// <param name="encoding">The encoding, or null for UTF-8.</param>
    /// <returns>How to find them.</returns>
    public static LineEnds Of(Encoding? encoding)
    {
        byte[] end = encoding?.GetBytes("\n") ?? [LineFeed];
        return end.Length is 2 or 4 && Array.IndexOf(end, LineFeed) is >= 0 and int place
            ? new LineEnds(end.Length, place)
            : new LineEnds(1, 0);
    }

    /// <summary>Finds the last line end.</summary>
    /// <param name="bytes">Whole characters.</param>
    /// <returns>Index after it, or 0 where there is none.</returns>
    public int AfterLast(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.Length;
        while (end > 0)
        {
            int at = bytes[..end].LastIndexOf(LineFeed);
            if (at < 0 || IsEnd(bytes, at))
            {
                return at < 0 ? 0 : at - Place + Unit;
            }

            end = at;
        }

        return 0;
    }

    /// <summary>Finds the first line end.</summary>
    /// <param name="bytes">Whole characters.</param>
    /// <returns>Index after it, or 0 where there is none.</returns>
    public int AfterFirst(ReadOnlySpan<byte> bytes)
    {
        int start = 0;
        while (start < bytes.Length)
        {
            int at = bytes[start..].IndexOf(LineFeed);
            if (at < 0 || IsEnd(bytes, start + at))
            {
                return at < 0 ? 0 : start + at - Place + Unit;
            }

            start += at + 1;
        }

        return 0;
    }

    /// <summary>Counts line ends.</summary>
    /// <param name="bytes">Whole characters.</param>
    /// <returns>How many there are.</returns>
    public long Count(ReadOnlySpan<byte> bytes)
    {
        if (Unit == 1)
        {
            return bytes.Count(LineFeed);
        }

        long count = 0;
        int next;
        while ((next = AfterFirst(bytes)) > 0)
        {
            count++;
            bytes = bytes[next..];
        }

        return count;
    }

    private bool IsEnd(ReadOnlySpan<byte> bytes, int at)
    {
        int start = at - Place;
        return Unit == 1 || (at % Unit == Place && start + Unit <= bytes.Length
            && bytes.Slice(start, Unit).Count((byte)0) == Unit - 1);
    }
}
