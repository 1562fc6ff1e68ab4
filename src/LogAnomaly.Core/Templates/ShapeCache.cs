using System.Buffers.Binary;

namespace LogAnomaly.Templates;

/// <summary>
/// The templates of shapes, asked with bytes so that a known shape makes no string. Two slots a hash; where both are
/// taken by other shapes, the older gives way, so that a flood of shapes takes no room beyond the table.
/// </summary>
internal sealed class ShapeCache
{
    private const int FirstSize = 1 << 10;
    private const int LargestSize = 1 << 16;

    private Entry[] _entries = new Entry[FirstSize];
    private int _count;

    /// <summary>A 64-bit hash of a shape (eight bytes at a time, then mixed).</summary>
    /// <param name="shape">The shape.</param>
    /// <returns>The hash.</returns>
    public static ulong KeyOf(ReadOnlySpan<byte> shape)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        ulong hash = 0xCBF29CE484222325 ^ (ulong)shape.Length;
        while (shape.Length >= 8)
        {
            hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(shape)) * Prime;
            hash ^= hash >> 32;
            shape = shape[8..];
        }

        foreach (byte value in shape)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash ^ (hash >> 29);
    }

    /// <summary>Finds the template of a shape.</summary>
    /// <param name="key">Its hash.</param>
    /// <param name="shape">Its bytes, compared so that two shapes of one hash are never taken for each other.</param>
    /// <returns>The template, or null where the shape is not here.</returns>
    public LogTemplate? Find(ulong key, ReadOnlySpan<byte> shape)
    {
        int slot = (int)key & (_entries.Length - 2);
        ref Entry entry = ref _entries[slot];
        if (entry.Key == key && shape.SequenceEqual(entry.Shape))
        {
            return entry.Template;
        }

        entry = ref _entries[slot + 1];
        return entry.Key == key && shape.SequenceEqual(entry.Shape) ? entry.Template : null;
    }

    /// <summary>Remembers the template of a shape.</summary>
    /// <param name="key">Its hash.</param>
    /// <param name="shape">Its bytes.</param>
    /// <param name="template">The template.</param>
    public void Add(ulong key, ReadOnlySpan<byte> shape, LogTemplate template)
    {
        if (_count * 2 > _entries.Length && _entries.Length < LargestSize)
        {
            Grow();
        }

        Put(new Entry(key, shape.ToArray(), template));
    }

    private void Put(in Entry entry)
    {
        int slot = (int)entry.Key & (_entries.Length - 2);
        _count += _entries[slot + 1].Shape is null ? 1 : 0;
        _entries[slot + 1] = _entries[slot];
        _entries[slot] = entry;
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[old.Length * 4];
        _count = 0;
        for (int i = old.Length - 1; i >= 0; i--)
        {
            if (old[i].Shape is not null)
            {
                Put(old[i]);
            }
        }
    }

    private readonly record struct Entry(ulong Key, byte[] Shape, LogTemplate Template);
}
