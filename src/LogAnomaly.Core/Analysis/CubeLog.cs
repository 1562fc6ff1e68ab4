namespace LogAnomaly.Analysis;

/// <summary>
/// Notes events by what they are about and by step, one after the other: what costs least while they come. Only equal
/// ones that come shortly after another are counted together at once; the others are when it is asked for.
/// </summary>
internal sealed class CubeLog
{
    private const int BlockBits = 15;
    private const int BlockMask = (1 << BlockBits) - 1;
    private const int RecentBits = 14;

    private readonly List<CubeFact[]> _blocks = [];
    private readonly int[] _recent = new int[1 << RecentBits];

    /// <summary>Facts that are kept; equal ones may come more than once.</summary>
    public int Count { get; private set; }

    /// <summary>The facts, piece by piece.</summary>
    /// <returns>The pieces in the order in which they came.</returns>
    public IEnumerable<ReadOnlyMemory<CubeFact>> Blocks()
    {
        for (int block = 0; block << BlockBits < Count; block++)
        {
            yield return _blocks[block].AsMemory(0, Math.Min(Count - (block << BlockBits), BlockMask + 1));
        }
    }

    /// <summary>Notes an event.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="step">Its step.</param>
    /// <param name="bytes">Bytes that it sent.</param>
    public void Add(in CubeKey key, int step, long bytes)
    {
        ref int recent = ref _recent[key.Hash((uint)step) >> (64 - RecentBits)];
        if (recent > 0)
        {
            ref CubeFact fact = ref _blocks[(recent - 1) >> BlockBits][(recent - 1) & BlockMask];
            if (fact.Step == step && fact.Key == key)
            {
                fact.Count++;
                fact.Bytes += bytes;
                return;
            }
        }

        Append(new CubeFact(key, step, 1, bytes));
        recent = Count;
    }

    /// <summary>Joins steps.</summary>
    /// <param name="factor">How many become one.</param>
    public void Join(int factor)
    {
        int before = CubeClock.NoTime;
        int joined = CubeClock.NoTime;
        for (int at = 0; at < Count; at++)
        {
            ref CubeFact fact = ref _blocks[at >> BlockBits][at & BlockMask];
            if (fact.Step != before)
            {
                before = fact.Step;
                joined = CubeClock.Joined(before, factor);
            }

            fact.Step = joined;
        }
    }

    /// <summary>Counts equal facts together.</summary>
    public void Compact()
    {
        CubeFacts distinct = new(Count / 2);
        foreach (ReadOnlyMemory<CubeFact> block in Blocks())
        {
            foreach (ref readonly CubeFact fact in block.Span)
            {
                distinct.Add(fact.Key, fact.Step, fact.Count, fact.Bytes);
            }
        }

        Clear();
        foreach (ref readonly CubeFact fact in distinct.All)
        {
            Append(fact);
        }
    }

    /// <summary>Forgets all facts, and keeps the room.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(_recent);
    }

    private void Append(in CubeFact fact)
    {
        int block = Count >> BlockBits;
        if (block == _blocks.Count)
        {
            _blocks.Add(GC.AllocateUninitializedArray<CubeFact>(BlockMask + 1));
        }

        _blocks[block][Count & BlockMask] = fact;
        Count++;
    }
}
