using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// The names and values of one structured line, flat and in its order. Used again for each line, so that reading one
/// allocates nothing once the names are pooled. Bounded: what lies beyond <see cref="MostFields"/> stays in the line
/// only.
/// </summary>
internal sealed class RecordFields
{
    /// <summary>Fields that are kept of one line.</summary>
    public const int MostFields = 2_000;

    /// <summary>
    /// Bytes of a name with the names of the objects around it; a nested object with a longer one is not flattened.
    /// </summary>
    public const int LongestName = 512;

    private readonly StringPool? _pool;
    private Entry[] _entries = new Entry[32];
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>Creates an empty list.</summary>
    /// <param name="pool">Where names are pooled, or null to make each anew.</param>
    public RecordFields(StringPool? pool = null) => _pool = pool;

    /// <summary>Fields in the list.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets all fields.</summary>
    public void Clear()
    {
        Count = 0;
        _length = 0;
    }

    /// <summary>Name of a field.</summary>
    /// <param name="index">Its index.</param>
    /// <returns>The name.</returns>
    public string Name(int index) => _entries[index].Name;

    /// <summary>Type of a field.</summary>
    /// <param name="index">Its index.</param>
    /// <returns>The type.</returns>
    public RecordValueType TypeOf(int index) => _entries[index].Type;

    /// <summary>Value of a field.</summary>
    /// <param name="index">Its index.</param>
    /// <returns>The bytes, unescaped.</returns>
    public ReadOnlySpan<byte> Value(int index) => _bytes.AsSpan(_entries[index].Start, _entries[index].Length);

    /// <summary>Index in the line at which the value stands as it is.</summary>
    /// <param name="index">The field.</param>
    /// <returns>The index, or -1 where it stands there in another form.</returns>
    public int LineStart(int index) => _entries[index].LineStart;

    /// <summary>Whether a field of ours was made of the value.</summary>
    /// <param name="index">The field.</param>
    /// <returns>Whether it was.</returns>
    public bool IsTaken(int index) => _entries[index].IsTaken;

    /// <summary>Marks that a field of ours was made of the value.</summary>
    /// <param name="index">The field.</param>
    public void Take(int index) => _entries[index].IsTaken = true;

    /// <summary>
    /// Forgets where the values stand in the line, because they were read from a part of it in another form.
    /// </summary>
    public void ForgetPlaces()
    {
        for (int i = 0; i < Count; i++)
        {
            _entries[i].LineStart = -1;
        }
    }

    /// <summary>Finds a field by its exact name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The index of the first, or -1.</returns>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_entries[i].Name.Equals(name, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Adds a field, unless there are too many.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value, unescaped.</param>
    /// <param name="lineStart">Where the value stands in the line as it is, or -1.</param>
    public void Add(ReadOnlySpan<byte> name, RecordValueType type, ReadOnlySpan<byte> value, int lineStart = -1)
    {
        if (Count < MostFields)
        {
            Add(_pool is null ? Encoding.UTF8.GetString(name) : _pool.Get(name), type, value, lineStart);
        }
    }

    /// <summary>Adds a field, unless there are too many.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value, unescaped.</param>
    /// <param name="lineStart">Where the value stands in the line as it is, or -1.</param>
    public void Add(string name, RecordValueType type, ReadOnlySpan<byte> value, int lineStart = -1)
    {
        if (Count == MostFields)
        {
            return;
        }

        value.CopyTo(Room(value.Length));
        Append(name, type, value.Length, lineStart);
    }

    /// <summary>Adds a text with JSON escapes.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="escaped">The text as it stands between the quotes; a valid JSON string.</param>
    public void AddEscaped(ReadOnlySpan<byte> name, ReadOnlySpan<byte> escaped)
    {
        if (Count < MostFields)
        {
            int length = JsonEscapes.Decode(escaped, Room(escaped.Length));
            Append(_pool is null ? Encoding.UTF8.GetString(name) : _pool.Get(name), RecordValueType.Text, length, -1);
        }
    }

    private void Append(string name, RecordValueType type, int length, int lineStart)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _entries[Count++] = new Entry
        {
            Name = name,
            Type = type,
            Start = _length,
            Length = length,
            LineStart = lineStart,
        };
        _length += length;
    }

    // A span that was taken before still shows the old array, whose bytes do not change.
    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _length < length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + length));
        }

        return _bytes.AsSpan(_length);
    }

    private struct Entry
    {
        public string Name;
        public int Start;
        public int Length;
        public int LineStart;
        public RecordValueType Type;
        public bool IsTaken;
    }
}
