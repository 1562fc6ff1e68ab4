namespace LogAnomaly.Rules;

/// <summary>
/// The keys of groups, one table for all correlations that group by the same fields. A key of one field is its string
/// itself. The first of the group's states hangs on it.
/// </summary>
internal sealed class GroupTable
{
    private const int ChunkBits = 13;
    private const int ChunkLength = 1 << ChunkBits;

    private readonly List<Entry[]> _chunks = [];
    private int[] _buckets = new int[64];
    private int _used;
    private int _free = -1;
    private int _last = -1;

    /// <summary>Creates a table.</summary>
    public GroupTable() => Array.Fill(_buckets, -1);

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the key of a group, or adds it.</summary>
    /// <param name="values">The values of its fields; null for one that the event does not have.</param>
    /// <returns>Its number.</returns>
    public int GetOrAdd(ReadOnlySpan<string?> values)
    {
        if (_last >= 0 && values.Length == 1 && ReferenceEquals(EntryAt(_last).Key, values[0]))
        {
            return _last;
        }

        int hash = HashOf(values);
        for (int index = _buckets[hash & (_buckets.Length - 1)]; index >= 0; index = EntryAt(index).Next)
        {
            ref Entry entry = ref EntryAt(index);
            if (entry.Hash == hash && IsEqual(entry.Key, values))
            {
                _last = index;
                return index;
            }
        }

        _last = Add(hash, values.Length == 1 ? values[0]! : values.ToArray());
        return _last;
    }

    /// <summary>First value of a key.</summary>
    /// <param name="index">Number of the key.</param>
    /// <returns>The value, or null.</returns>
    public string? FirstValueOf(int index) => EntryAt(index).Key switch
    {
        string single => single,
        string?[] { Length: > 0 } several => several[0],
        _ => null,
    };

    /// <summary>The first state of a group.</summary>
    /// <param name="index">Number of the key.</param>
    /// <returns>Number of the state, or -1; to be read and written.</returns>
    public ref int FirstStateOf(int index) => ref EntryAt(index).FirstState;

    /// <summary>Removes a key.</summary>
    /// <param name="index">Its number.</param>
    public void Remove(int index)
    {
        ref Entry entry = ref EntryAt(index);
        ref int link = ref _buckets[entry.Hash & (_buckets.Length - 1)];
        while (link != index)
        {
            link = ref EntryAt(link).Next;
        }

        link = entry.Next;
        entry = new Entry { Next = _free };
        _free = index;
        _last = -1;
        Count--;
    }

    private static int HashOf(ReadOnlySpan<string?> values)
    {
        uint hash = 0;
        foreach (string? value in values)
        {
            hash = (hash * 0x9E3779B1) ^ (uint)(value?.GetHashCode(StringComparison.Ordinal) ?? 0);
        }

        return (int)hash;
    }

    private static bool IsEqual(object? key, ReadOnlySpan<string?> values)
    {
        if (key is string single)
        {
            return values.Length == 1 && string.Equals(single, values[0], StringComparison.Ordinal);
        }

        return key is string?[] several && values.SequenceEqual(several);
    }

    private int Add(int hash, object key)
    {
        if (Count >= _buckets.Length)
        {
            Grow();
        }

        int index = _free;
        if (index >= 0)
        {
            _free = EntryAt(index).Next;
        }
        else
        {
            index = _used++;
            if (index >> ChunkBits == _chunks.Count)
            {
                _chunks.Add(new Entry[ChunkLength]);
            }
        }

        ref int bucket = ref _buckets[hash & (_buckets.Length - 1)];
        EntryAt(index) = new Entry { Key = key, Hash = hash, Next = bucket, FirstState = -1 };
        bucket = index;
        Count++;
        return index;
    }

    private void Grow()
    {
        int[] buckets = new int[_buckets.Length * 2];
        Array.Fill(buckets, -1);
        for (int index = 0; index < _used; index++)
        {
            ref Entry entry = ref EntryAt(index);
            if (entry.Key is not null)
            {
                ref int bucket = ref buckets[entry.Hash & (buckets.Length - 1)];
                entry.Next = bucket;
                bucket = index;
            }
        }

        _buckets = buckets;
    }

    private ref Entry EntryAt(int index) => ref _chunks[index >> ChunkBits][index & (ChunkLength - 1)];

    private struct Entry
    {
        public object? Key;
        public int Hash;
        public int Next;
        public int FirstState;
    }
}
