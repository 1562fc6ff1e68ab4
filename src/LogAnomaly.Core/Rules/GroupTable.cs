namespace LogAnomaly.Rules;

/// <summary>
/// The keys of groups, one table for all correlations that group by the same fields. A key of one field is its string
/// itself, and an IPv4 address its number alone, as a million of them must not need a million strings. The first of the
/// group's states hangs on its key.
/// </summary>
internal sealed class GroupTable
{
    private const int ChunkBits = 13;
    private const int ChunkLength = 1 << ChunkBits;

    // Stands for the string of a key that is an address; its hash is then the address.
    private static readonly object s_address = new();

    private readonly uint _factor = ((uint)Random.Shared.Next() << 1) | 1;
    private readonly List<Entry[]> _chunks = [];
    private int[] _buckets = new int[64];
    private int _used;
    private int _free = -1;
    private int _last = -1;
    private string? _lastKey;

    /// <summary>Creates a table.</summary>
    public GroupTable() => Array.Fill(_buckets, -1);

    /// <summary>Number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the key of a group, or adds it.</summary>
    /// <param name="values">The values of its fields; null for one that the event does not have.</param>
    /// <returns>Its number.</returns>
    public int GetOrAdd(ReadOnlySpan<string?> values)
    {
        string? single = values.Length == 1 ? values[0] : null;
        if (single is null)
        {
            return GetOrAdd(HashOf(values), null, values);
        }

        if (!ReferenceEquals(_lastKey, single))
        {
            _last = TryParseAddress(single, out uint address)
                ? GetOrAdd((int)address, s_address, values)
                : GetOrAdd(single.GetHashCode(StringComparison.Ordinal), null, values);
            _lastKey = single;
        }

        return _last;
    }

    /// <summary>The first state of a group.</summary>
    /// <param name="index">Number of the key.</param>
    /// <returns>Number of the state, or -1; to be read and written.</returns>
    public ref int FirstStateOf(int index) => ref EntryAt(index).FirstState;

    /// <summary>Removes a key.</summary>
    /// <param name="index">Its number.</param>
    public void Remove(int index)
    {
        ref Entry entry = ref EntryAt(index);
        ref int link = ref BucketOf(entry.Hash);
        while (link != index)
        {
            link = ref EntryAt(link).Next;
        }

        link = entry.Next;
        entry = new Entry { Next = _free };
        _free = index;
        _lastKey = null;
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

    // Only the usual form, so that two ways of writing an address stay two keys: four numbers without leading zeros.
    private static bool TryParseAddress(string text, out uint address)
    {
        address = 0;
        uint number = 0;
        int digits = 0;
        int dots = 0;
        foreach (char character in text)
        {
            uint digit = (uint)(character - '0');
            if (digit <= 9 && (digits == 0 || number > 0) && digits < 3)
            {
                number = (number * 10) + digit;
                digits++;
            }
            else if (character == '.' && digits > 0 && number <= 255 && ++dots < 4)
            {
                address = (address << 8) | number;
                (number, digits) = (0, 0);
            }
            else
            {
                return false;
            }
        }

        address = (address << 8) | number;
        return dots == 3 && digits > 0 && number <= 255;
    }

    private int GetOrAdd(int hash, object? mark, ReadOnlySpan<string?> values)
    {
        for (int index = BucketOf(hash); index >= 0; index = EntryAt(index).Next)
        {
            ref Entry entry = ref EntryAt(index);
            if (entry.Hash == hash && (mark is null ? IsEqual(entry.Key, values) : ReferenceEquals(entry.Key, mark)))
            {
                return index;
            }
        }

        return Add(hash, mark ?? (values is [{ } single] ? single : values.ToArray()));
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

        ref int bucket = ref BucketOf(hash);
        EntryAt(index) = new Entry { Key = key, Hash = hash, Next = bucket, FirstState = -1 };
        bucket = index;
        Count++;
        return index;
    }

    private void Grow()
    {
        _buckets = new int[_buckets.Length * 2];
        Array.Fill(_buckets, -1);
        for (int index = 0; index < _used; index++)
        {
            ref Entry entry = ref EntryAt(index);
            if (entry.Key is not null)
            {
                ref int bucket = ref BucketOf(entry.Hash);
                entry.Next = bucket;
                bucket = index;
            }
        }
    }

    // Neighbouring addresses are spread, and an attacker who chose them gains little: each bucket is a chain.
    private ref int BucketOf(int hash) => ref _buckets[(int)(((uint)hash * _factor) >> 7) & (_buckets.Length - 1)];

    private ref Entry EntryAt(int index) => ref _chunks[index >> ChunkBits][index & (ChunkLength - 1)];

    private struct Entry
    {
        public object? Key;
        public int Hash;
        public int Next;
        public int FirstState;
    }
}
