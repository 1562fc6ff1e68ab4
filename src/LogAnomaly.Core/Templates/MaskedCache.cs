namespace LogAnomaly.Templates;

/// <summary>Templates by masked message, asked with bytes so that a known message makes no string.</summary>
internal sealed class MaskedCache
{
    private const int MostMessages = 200_000;

    private readonly Dictionary<ulong, Entry> _entries = [];

    /// <summary>A 64-bit hash of a masked message (FNV-1a over eight bytes at a time, then mixed).</summary>
    /// <param name="masked">The masked message.</param>
    /// <returns>The hash.</returns>
    public static ulong KeyOf(ReadOnlySpan<byte> masked)
    {
        const ulong Prime = 0x9E3779B97F4A7C15;
        ulong hash = 0xCBF29CE484222325 ^ (ulong)masked.Length;
        while (masked.Length >= 8)
        {
            hash = (hash ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(masked)) * Prime;
            hash ^= hash >> 32;
            masked = masked[8..];
        }

        foreach (byte value in masked)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash ^ (hash >> 29);
    }

    /// <summary>Finds the template of a masked message.</summary>
    /// <param name="key">Its hash.</param>
    /// <param name="masked">Its bytes, compared so that two messages of one hash are never taken for each other.</param>
    /// <returns>The template, or null where the message is new.</returns>
    public LogTemplate? Find(ulong key, ReadOnlySpan<byte> masked) =>
        _entries.TryGetValue(key, out Entry entry) && masked.SequenceEqual(entry.Masked) ? entry.Template : null;

    /// <summary>Remembers the template of a masked message, as long as there is room.</summary>
    /// <param name="key">Its hash.</param>
    /// <param name="masked">Its bytes.</param>
    /// <param name="template">The template.</param>
    /// <returns>Whether it was remembered.</returns>
    public bool TryAdd(ulong key, ReadOnlySpan<byte> masked, LogTemplate template) =>
        _entries.Count < MostMessages && _entries.TryAdd(key, new Entry(masked.ToArray(), template));

    private readonly record struct Entry(byte[] Masked, LogTemplate Template);
}
