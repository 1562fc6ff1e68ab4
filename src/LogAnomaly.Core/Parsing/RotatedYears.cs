using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>
/// Settles the years of a rotated set together: each file lies before the one that followed it, whatever the times of
/// change that a copy left them. A file is moved by whole years only where that brings its end nearer to the start of
/// the next one.
/// </summary>
internal static class RotatedYears
{
    private const int StartLength = 16 * 1024;
    private static readonly TimeSpan s_overlap = TimeSpan.FromDays(2);
    private static readonly TimeSpan s_halfYear = TimeSpan.FromDays(183);

    /// <summary>Settles the years of a set.</summary>
    /// <param name="set">Full paths, the oldest file first.</param>
    /// <param name="options">How to read.</param>
    /// <returns>The years of those files that must be settled by the others; none for a set whose stamps have
    /// years.</returns>
    public static IReadOnlyDictionary<string, LogYears> Settle(IReadOnlyList<string> set, LogReaderOptions options)
    {
        Dictionary<string, LogYears> settled = new(RotationSets.PathComparer);
        DateTimeOffset? next = null;
        for (int i = set.Count - 1; i >= 0 && set.Count > 1 && options.ReferenceTime is null; i--)
        {
            if (YearsOf(set[i], options.TimeZone, out bool isPacked) is not { } years)
            {
                continue;
            }

            LogYears own = next is { } start ? MoveBefore(years, start, isPacked) : years;
            settled[set[i]] = own;
            next = StartOf(set[i], own, options);
            if (next is null)
            {
                break;
            }
        }

        return settled;
    }

    private static LogYears MoveBefore(LogYears years, DateTimeOffset next, bool isPacked)
    {
        // The end of a compressed file is not known: it lies where the next one begins, but for a writer who was slow
        // to change files.
        if (isPacked)
        {
            return years.Reference > next + s_overlap ? new LogYears(next + s_overlap) : years;
        }

        int moved = 0;
        while (years.Reference.AddYears(-moved) > next + s_halfYear)
        {
            moved++;
        }

        return moved == 0 ? years : years.Before(moved);
    }

    private static LogYears? YearsOf(string path, TimeZoneInfo zone, out bool isPacked)
    {
        isPacked = false;
        (Stream? stream, _) = FileIdentity.Of(path) is null ? default : LogFile.Open(path, CancellationToken.None);
        using (stream)
        {
            if (stream is not { CanSeek: true })
            {
                return null;
            }

            isPacked = Decompression.IsCompressed(stream);
            return LogYears.Of(stream, zone, LogFile.LastChange(path));
        }
    }

    // The time of the first line that has a stamp without a year; null where there is none.
    private static DateTimeOffset? StartOf(string path, LogYears years, LogReaderOptions options)
    {
        using Stream? stream = FileContent.TryOpen(path);
        if (stream is null)
        {
            return null;
        }

        byte[] start = new byte[StartLength];
        ReadOnlySpan<byte> rest = start.AsSpan(0, FileContent.TryRead(stream, start));
        LogClock clock = new(options.TimeZone, years.ReferenceAt(0, out _));
        while (!rest.IsEmpty)
        {
            if (LogEnd.TryReadStamp(rest, clock, out DateTimeOffset time) && !LogEnd.IsUnset(time))
            {
                return time;
            }

            int next = rest.IndexOf((byte)'\n') + 1;
            rest = next == 0 ? [] : rest[next..];
        }

        return null;
    }
}
