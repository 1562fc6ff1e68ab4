namespace LogAnomaly.Analysis;

/// <summary>
/// Keeps lines of all that a log holds: the first of each of many combinations of values, and a uniform sample of all.
/// Which lines stay is told by hashes, so that only those few that stay at least for a while are made into strings, and
/// equal inputs keep equal lines.
/// </summary>
internal sealed class CubeSampler
{
    /// <summary>Most lines.</summary>
    public const int MostLines = 2_000;

    /// <summary>Most characters of a line.</summary>
    public const int LongestLine = 1_000;

    private const int Recent = 1 << 11;
    private const int MostFirsts = MostLines / 2;
    private const int MostCharacters = 600_000;

    // Status, action, program, kind, level and outcome, without the country.
    private const ulong RestMask = (1UL << 51) - 1;
    private const ulong HostMask = ((1UL << 20) - 1) << 40;
    private const ulong TemplateMask = ((1UL << 20) - 1) << 40;

    private readonly PriorityQueue<CubeSample, ulong> _firsts = new();
    private readonly PriorityQueue<CubeSample, ulong> _uniform = new();
    private readonly HashSet<ulong> _known = [];
    private readonly ulong[] _recent = new ulong[Recent];
    private ulong _worstFirst = ulong.MaxValue;
    private ulong _worstUniform = ulong.MaxValue;
    private long _index;

    /// <summary>Takes an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="key">What it is about.</param>
    public void Add(LogEvent logEvent, in CubeKey key)
    {
        long index = _index++;
        ulong uniform = CubeKey.Mix((ulong)index);
        if (uniform < _worstUniform)
        {
            _worstUniform = Keep(_uniform, Sample(logEvent, key, index, uniform), MostLines, out _);
        }

        // What makes a combination: not who and where, of which there are too many.
        ulong first = new CubeKey(key.Who & HostMask, key.What & TemplateMask, key.Rest & RestMask).Hash(1);
        ref ulong recent = ref _recent[first & (Recent - 1)];
        if (first < _worstFirst && first != recent && _known.Add(recent = first))
        {
            _worstFirst = Keep(_firsts, Sample(logEvent, key, index, first), MostFirsts, out CubeSample? dropped);
            if (dropped is not null)
            {
                _known.Remove(dropped.Priority);
            }
        }
    }

    /// <summary>The lines that stay.</summary>
    /// <returns>The lines in the order of the log.</returns>
    public IReadOnlyList<CubeSample> ToLines()
    {
        Dictionary<long, CubeSample> lines = [];
        int characters = 0;
        foreach (CubeSample line in Ordered(_firsts))
        {
            if (characters + line.Raw.Length <= MostCharacters / 2)
            {
                characters += line.Raw.Length;
                lines.TryAdd(line.Index, line);
            }
        }

        foreach (CubeSample line in Ordered(_uniform))
        {
            if (lines.Count >= MostLines || characters + line.Raw.Length > MostCharacters)
            {
                break;
            }

            if (lines.TryAdd(line.Index, line))
            {
                characters += line.Raw.Length;
            }
        }

        return [.. lines.Values.OrderBy(line => line.Index)];
    }

    private static IEnumerable<CubeSample> Ordered(PriorityQueue<CubeSample, ulong> queue) =>
        queue.UnorderedItems.Select(item => item.Element).OrderBy(line => line.Priority);

    // The queue gives out what has the least number, so the numbers are turned round.
    private static ulong Keep(
        PriorityQueue<CubeSample, ulong> queue, CubeSample sample, int most, out CubeSample? dropped)
    {
        dropped = null;
        if (queue.Count < most)
        {
            queue.Enqueue(sample, ulong.MaxValue - sample.Priority);
        }
        else
        {
            dropped = queue.EnqueueDequeue(sample, ulong.MaxValue - sample.Priority);
        }

        return queue.Count < most ? ulong.MaxValue : queue.Peek().Priority;
    }

    private static CubeSample Sample(LogEvent logEvent, in CubeKey key, long index, ulong priority)
    {
        string raw = logEvent.Raw;
        int kept = raw.Length <= LongestLine ? raw.Length
            : char.IsHighSurrogate(raw[LongestLine - 1]) ? LongestLine - 1
            : LongestLine;
        return new CubeSample(
            priority, index, key, logEvent.UtcTicks, logEvent.Path, logEvent.LineNumber,
            kept == raw.Length ? raw : raw[..kept], raw.Length - kept);
    }
}
