namespace LogAnomaly.Parsing;

/// <summary>
/// Finds how many years a log without years spans, by the order of its lines: from one place to the next, each step
/// from a later day of the year to an earlier one is a New Year, unless it is of less than a week, for then a clock was
/// put back. The file is looked at in some hundred places, and between two that lie more than two months apart in ever
/// more; a file of up to a megabyte line by line. A whole year that fills less than that part of the file is not seen.
/// </summary>
internal sealed class YearWalk
{
    private const int WindowLength = 4 * 1024;
    private const int ScannedWhole = 1024 * 1024;
    private const int ScannedPart = 16 * 1024;
    private const int Places = 256;
    private const int MostReads = 4 * Places;
    private const long Day = TimeSpan.TicksPerDay;
    private const long Year = 366 * Day;
    private const long LongStep = 60 * Day;
    private const long PutBack = 7 * Day;
    private const long HalfYear = 182 * Day;
    private const long Folds = 364 * Day;

    // All stamps are read into one leap year; the clock allows a day after its reference.
    private static readonly DateTimeOffset s_endOfLeapYear = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero)
        .AddTicks(-1 - Day);

    private readonly Stream _stream;
    private readonly long _length;
    private readonly LogClock _clock = new(TimeZoneInfo.Utc, s_endOfLeapYear);
    private readonly byte[] _window = new byte[ScannedPart];
    private readonly List<Place> _walk = [];
    private int _reads;

    private YearWalk(Stream stream)
    {
        _stream = stream;
        _length = stream.Length;
    }

    /// <summary>Finds the parts of a file.</summary>
    /// <param name="stream">The file; its position is at its start before and after.</param>
    /// <param name="reference">The time of its last line.</param>
    /// <returns>The parts in their order; none where one reference does for all lines.</returns>
    public static IReadOnlyList<YearPart> PartsOf(Stream stream, DateTimeOffset reference)
    {
        if (!stream.CanSeek)
        {
            return [];
        }

        try
        {
            return new YearWalk(stream).Walk(reference);
        }
        catch (IOException)
        {
            // Who reads the file is told; its years are settled by one reference.
            return [];
        }
        finally
        {
            stream.Seek(0, SeekOrigin.Begin);
        }
    }

    private List<YearPart> Walk(DateTimeOffset reference)
    {
        if (FirstFrom(0, WindowLength) is not { } first)
        {
            return [];
        }

        _walk.Add(first);
        long step = Math.Max(_length / Places, ScannedPart);
        for (long at = step; at < _length + step; at += step)
        {
            long place = Math.Min(at, Math.Max(_length - WindowLength, 0));
            if (_length <= ScannedWhole)
            {
                Scan(at - step, Math.Min(at, _length));
            }
            else if (FirstFrom(place, WindowLength) is { } next)
            {
                Step(next);
            }
        }

        return ToParts(reference);
    }

    // Walks to a place, with places between where the step is long.
    private void Step(Place next)
    {
        Place last = _walk[^1];
        if (next.Offset <= last.Offset)
        {
            return;
        }

        if (Distance(last, next) <= LongStep || _reads >= MostReads)
        {
            _walk.Add(next);
        }
        else if (next.Offset - last.Offset <= ScannedPart)
        {
            Scan(last.Offset, next.Offset + 1);
        }
        else if (FirstFrom(last.Offset + ((next.Offset - last.Offset) / 2), WindowLength) is { } middle
            && middle.Offset < next.Offset)
        {
            Step(middle);
            Step(next);
        }
        else
        {
            _walk.Add(next);
        }
    }

    private void Scan(long start, long end)
    {
        long at = start;
        while (at < end)
        {
            int length = ReadAt(at, ScannedPart);
            ReadOnlySpan<byte> rest = _window.AsSpan(0, length);
            int whole = rest.LastIndexOf((byte)'\n') + 1;
            if (at > 0 && at == start)
            {
                int skipped = rest.IndexOf((byte)'\n') + 1;
                ScanLines(at + skipped, rest[skipped..], end);
            }
            else
            {
                ScanLines(at, rest, end);
            }

            at += whole == 0 ? Math.Max(length, 1) : whole;
        }
    }

    private void ScanLines(long at, ReadOnlySpan<byte> rest, long end)
    {
        while (!rest.IsEmpty && at < end)
        {
            int next = rest.IndexOf((byte)'\n') + 1;
            if (TryRead(at, rest, out Place place) && place.Offset > _walk[^1].Offset
                && Math.Abs(Distance(_walk[^1], place)) > Day)
            {
                _walk.Add(place);
            }

            at += next;
            rest = next == 0 ? [] : rest[next..];
        }
    }

    private Place? FirstFrom(long offset, int window)
    {
        ReadOnlySpan<byte> rest = _window.AsSpan(0, ReadAt(offset, window));
        long at = offset;
        bool isStart = offset == 0;
        while (!rest.IsEmpty)
        {
            if (isStart && TryRead(at, rest, out Place place))
            {
                return place;
            }

            int next = rest.IndexOf((byte)'\n') + 1;
            at += next;
            rest = next == 0 ? [] : rest[next..];
            isStart = true;
        }

        return null;
    }

    private int ReadAt(long offset, int length)
    {
        _reads++;
        _stream.Seek(offset, SeekOrigin.Begin);
        return _stream.ReadAtLeast(_window.AsSpan(0, length), length, throwOnEndOfStream: false);
    }

    private bool TryRead(long at, ReadOnlySpan<byte> line, out Place place)
    {
        bool isRead = LogEnd.TryReadStamp(line, _clock, out DateTimeOffset time) && !LogEnd.IsUnset(time);
        place = new Place(at, time.UtcTicks);
        return isRead;
    }

    // Ticks from one place to the next, less than 0 only where a clock was put back.
    private static long Distance(Place from, Place to)
    {
        long ticks = to.Ticks - from.Ticks;
        ticks = ticks < 0 ? ticks + Year : ticks;
        return ticks > Year - PutBack ? ticks - Year : ticks;
    }

    private List<YearPart> ToParts(DateTimeOffset reference)
    {
        long total = 0;
        for (int i = 1; i < _walk.Count; i++)
        {
            total += Distance(_walk[i - 1], _walk[i]);
        }

        if (total < Folds)
        {
            return [];
        }

        List<YearPart> parts = [];
        long walked = 0;
        for (int i = 0; i < _walk.Count; i++)
        {
            walked += i == 0 ? 0 : Distance(_walk[i - 1], _walk[i]);
            long ticks = reference.UtcTicks - total + walked + HalfYear;
            parts.Add(new YearPart(
                _walk[i].Offset, new DateTimeOffset(Math.Clamp(ticks, Year, DateTime.MaxValue.Ticks), TimeSpan.Zero)));
        }

        return parts;
    }

    private readonly record struct Place(long Offset, long Ticks);
}
