namespace LogAnomaly.Rules;

/// <summary>
/// The hits of one group that may still lie in a window of its correlation, in the order of their times.
/// </summary>
internal sealed class HitWindow
{
    private const int FirstLength = 4;
    private const int LinearSteps = 8;

    private SeenHit[] _items = new SeenHit[FirstLength];

    /// <summary>Number of hits.</summary>
    public int Count { get; private set; }

    /// <summary>Hits that no finding has counted.</summary>
    public int Untaken { get; private set; }

    /// <summary>Hits that must come before the next count of distinct values can reach its bound.</summary>
    public int Skip { get; set; }

    /// <summary>Whether a hit stands for more than one event.</summary>
    public bool HasWeights { get; set; }

    /// <summary>Whether a hit that must not have been is among them.</summary>
    public bool HasBarriers { get; private set; }

    /// <summary>Latest time of each part of a temporal correlation, or null.</summary>
    public long[]? LastOfPart { get; set; }

    /// <summary>The hits.</summary>
    public ReadOnlySpan<SeenHit> Items => _items.AsSpan(0, Count);

    /// <summary>Puts a hit into its place, after those of the same time.</summary>
    /// <param name="hit">The hit.</param>
    /// <param name="correlation">The correlation, which says how much is kept.</param>
    /// <returns>Its index.</returns>
    public int Insert(in SeenHit hit, CompiledCorrelation correlation)
    {
        if (Count == _items.Length)
        {
            MakeRoom(hit.Ticks, correlation);
        }

        int place = PlaceOf(hit.Ticks);
        if (hit.IsBarrier && place == Count && place > 0 && _items[place - 1].IsBarrier)
        {
            // What one barrier holds back the later one does too.
            _items[place - 1] = hit;
            return place - 1;
        }

        if (place < Count)
        {
            Array.Copy(_items, place, _items, place + 1, Count - place);
        }

        _items[place] = hit;
        Count++;
        Untaken += hit.IsTaken ? 0 : 1;
        HasBarriers |= hit.IsBarrier;
        return place;
    }

    /// <summary>Finds the hit of an event that is held already.</summary>
    /// <param name="hit">A hit of the event.</param>
    /// <param name="isEarlier">Whether the event came before the one at hand; else it is the last of its time or not
    /// there.</param>
    /// <returns>Its index, or -1.</returns>
    public int Find(in SeenHit hit, bool isEarlier)
    {
        for (int index = PlaceOf(hit.Ticks) - 1; index >= 0 && _items[index].Ticks == hit.Ticks; index--)
        {
            if (_items[index].IsBarrier)
            {
                continue;
            }

            if (_items[index].LinePlace == hit.LinePlace)
            {
                return index;
            }

            if (!isEarlier)
            {
                break;
            }
        }

        return -1;
    }

    /// <summary>Index of the first hit that is not before a time.</summary>
    /// <param name="ticks">The time.</param>
    /// <param name="end">Index that is not passed.</param>
    /// <returns>The index.</returns>
    public int LowerBound(long ticks, int end)
    {
        int low = 0;
        int high = end;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_items[middle].Ticks < ticks)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>Adds to what a hit counts for.</summary>
    /// <param name="index">Index of the hit.</param>
    /// <param name="load">Bits that are added.</param>
    public void Merge(int index, ulong load) => _items[index] = _items[index] with { Load = _items[index].Load | load };

    /// <summary>Marks a hit as counted.</summary>
    /// <param name="index">Index of the hit.</param>
    public void Take(int index)
    {
        if (!_items[index].IsTaken)
        {
            _items[index] = _items[index].Taken();
            Untaken--;
        }
    }

    // Nearly all hits come in order, so the place is sought from the end.
    private int PlaceOf(long ticks)
    {
        int place = Count;
        for (int step = 0; step < LinearSteps; step++)
        {
            if (place == 0 || _items[place - 1].Ticks <= ticks)
            {
                return place;
            }

            place--;
        }

        return LowerBound(ticks + 1, place);
    }

    // Hits out of reach go when they are most, or when there is no room to grow: where two logs of different years are
    // read side by side, each must not empty the windows of the other.
    private void MakeRoom(long ticks, CompiledCorrelation correlation)
    {
        int old = LowerBound(ticks - correlation.Horizon, Count);
        int young = Count - LowerBound(ticks + correlation.Horizon + 1, Count);
        if ((old + young) * 2 > Count || (old + young > 0 && _items.Length >= correlation.MostHits))
        {
            Remove(Count - young, young);
            Remove(0, old);
            return;
        }

        if (_items.Length < correlation.MostHits)
        {
            Array.Resize(ref _items, Math.Min(_items.Length * 2, correlation.MostHits));
        }
        else if (!Compact(correlation))
        {
            int quarter = Math.Max(Count / 4, 1);
            bool isLate = ticks < _items[Count / 2].Ticks;
            Remove(isLate ? Count - quarter : 0, quarter);
        }
    }

    private void Remove(int start, int length)
    {
        if (length == 0)
        {
            return;
        }

        foreach (ref readonly SeenHit hit in _items.AsSpan(start, length))
        {
            Untaken -= hit.IsTaken ? 0 : 1;
        }

        Array.Copy(_items, start + length, _items, start, Count - start - length);
        Count -= length;
    }

    // What counts alike becomes one hit of more weight, so that counts stay right when lines no longer are held. It is
    // done from the end, so that of equal hits the latest stays; the newest quarter is left as it is.
    private bool Compact(CompiledCorrelation correlation)
    {
        bool isValue = correlation.Type == LogRuleType.ValueCount;
        if (!isValue && !correlation.IsTemporal)
        {
            return false;
        }

        int before = Count;
        int written = 0;
        int newest = Count - Math.Max(Count / 4, 1);
        Dictionary<ulong, int> holders = [];
        for (int index = Count - 1; index >= 0; index--)
        {
            SeenHit hit = _items[index];
            int target = isValue
                ? holders.GetValueOrDefault(hit.Load >> CompiledCorrelation.ValueShift, -1)
                : AlikeBefore(hit, index, Count - written);
            if (index < newest && TryAddTo(target, hit, correlation))
            {
                continue;
            }

            written++;
            _items[Count - written] = hit;
            if (!hit.IsBarrier)
            {
                holders.TryAdd(hit.Load >> CompiledCorrelation.ValueShift, Count - written);
            }
        }

        Array.Copy(_items, before - written, _items, 0, written);
        Count = written;
        Recount();
        HasWeights = true;
        return written < before - (before / 8);
    }

    private int AlikeBefore(in SeenHit hit, int index, int next) =>
        (index & 1) == 0 && next < Count
            && CompiledCorrelation.PartsOf(hit) == CompiledCorrelation.PartsOf(_items[next]) ? next : -1;

    private bool TryAddTo(int target, in SeenHit hit, CompiledCorrelation correlation)
    {
        if (target < 0 || _items[target].IsTaken != hit.IsTaken || _items[target].IsBarrier || hit.IsBarrier)
        {
            return false;
        }

        ulong weight = (_items[target].Load & correlation.WeightMask) + (hit.Load & correlation.WeightMask);
        if (weight > correlation.WeightMask)
        {
            return false;
        }

        _items[target] = _items[target] with { Load = (_items[target].Load & ~correlation.WeightMask) | weight };
        return true;
    }

    private void Recount()
    {
        Untaken = 0;
        foreach (ref readonly SeenHit hit in _items.AsSpan(0, Count))
        {
            Untaken += hit.IsTaken ? 0 : 1;
        }
    }
}
