using System.Runtime.InteropServices;

namespace LogAnomaly.Analysis;

/// <summary>
/// Gives the texts of a field codes, in the order in which they come; beyond a bound further ones share one.
/// </summary>
internal sealed class CubeValues
{
    /// <summary>Most characters of a text; a longer one counts as its beginning.</summary>
    public const int LongestText = 500;

    private const int Recent = 1 << 11;

    private readonly int _room;
    private readonly List<string> _texts = ["", ""];
    private readonly (string? Text, int Code)[] _recent = new (string?, int)[Recent];
    private int[] _slots = new int[1 << 8];
    private int[] _hashes = new int[1 << 7];

    /// <summary>Creates an empty list.</summary>
    /// <param name="room">Codes that there may be.</param>
    public CubeValues(int room) => _room = room;

    /// <summary>Codes so far, those of no value and of others among them.</summary>
    public int Count => _texts.Count;

    /// <summary>The text of a code.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The text; empty for the two codes that are none.</returns>
    public string TextOf(int code) => _texts[code];

    /// <summary>The code of a text.</summary>
    /// <param name="text">The text, or null.</param>
    /// <returns>The code: 0 for no text, 1 where there is no room for it.</returns>
    public int CodeOf(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        ref (string? Text, int Code) recent = ref PlaceOf(text);
        if (!ReferenceEquals(recent.Text, text))
        {
            recent = (text, CodeOf(text, CutLength(text)));
        }

        return recent.Code;
    }

    /// <summary>The code of a text if it came lately as the same object.</summary>
    /// <param name="text">The text, which need not be a value itself.</param>
    /// <param name="code">The code.</param>
    /// <returns>Whether it is known.</returns>
    public bool TryRecent(string text, out int code)
    {
        ref (string? Text, int Code) recent = ref PlaceOf(text);
        code = recent.Code;
        return ReferenceEquals(recent.Text, text);
    }

    /// <summary>Remembers the code of a text that need not be a value itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="code">The code.</param>
    public void Remember(string text, int code) => PlaceOf(text) = (text, code);

    /// <summary>The code of a text that came before.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The code, or 0.</returns>
    public int Find(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        ReadOnlySpan<char> value = text.AsSpan(0, CutLength(text));
        return Math.Max(0, _slots[SlotOf(value, string.GetHashCode(value))]);
    }

    private static int CutLength(string text) => text.Length <= LongestText ? text.Length
        : char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;

    // Four characters of the end and of the middle; addresses and paths are alike at their beginning.
    private ref (string? Text, int Code) PlaceOf(string text)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
        ulong hash = (uint)bytes.Length;
        if (bytes.Length >= sizeof(ulong))
        {
            hash ^= MemoryMarshal.Read<ulong>(bytes[^sizeof(ulong)..]) * 0x9E3779B97F4A7C15;
            hash ^= MemoryMarshal.Read<ulong>(bytes[((bytes.Length - sizeof(ulong)) / 2)..]) * 0xC2B2AE3D27D4EB4F;
        }
        else
        {
            hash ^= (uint)((text[^1] << 16) | text[0]) * 0x9E3779B97F4A7C15;
        }

        return ref _recent[(hash ^ (hash >> 32)) >> 7 & (Recent - 1)];
    }

    private int CodeOf(string text, int length)
    {
        ReadOnlySpan<char> value = text.AsSpan(0, length);
        int hash = string.GetHashCode(value);
        int slot = SlotOf(value, hash);
        if (_slots[slot] != 0)
        {
            return _slots[slot];
        }

        if (_texts.Count >= _room)
        {
            return CubeKey.Other;
        }

        int code = _texts.Count;
        _texts.Add(length == text.Length ? text : text[..length]);
        _slots[slot] = code;
        if (code == _hashes.Length)
        {
            Array.Resize(ref _hashes, code * 2);
        }

        _hashes[code] = hash;
        if (_texts.Count * 2 > _slots.Length)
        {
            Grow();
        }

        return code;
    }

    private int SlotOf(ReadOnlySpan<char> value, int hash)
    {
        int mask = _slots.Length - 1;
        int slot = hash & mask;
        while (_slots[slot] is not 0 and int code && (_hashes[code] != hash || !value.SequenceEqual(_texts[code])))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        int[] slots = new int[_slots.Length * 2];
        for (int code = CubeKey.First; code < _texts.Count; code++)
        {
            int slot = _hashes[code] & (slots.Length - 1);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = code;
        }

        _slots = slots;
    }
}
