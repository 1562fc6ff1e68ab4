using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Strings for UTF-8 values that repeat, such as hosts, users, addresses and paths. Bounded: 4-way sets, the oldest way
/// of a full set is replaced. Never wrong, only at worst a new string: the bytes are compared with the pooled string
/// each time.
/// </summary>
internal sealed class StringPool
{
    private const int Ways = 4;
    private const int LongestPooled = 256;

    // The ways of a set lie in one cache line.
    private readonly Slot[] _slots;
    private readonly byte[] _next;
    private readonly int _shift;

    /// <summary>Creates a pool.</summary>
    /// <param name="setBits">Binary logarithm of its sets; each holds four strings.</param>
    public StringPool(int setBits = 12)
    {
        _slots = new Slot[Ways << setBits];
        _next = new byte[1 << setBits];
        _shift = 64 - setBits;
    }

    /// <summary>The string of some bytes.</summary>
    /// <param name="utf8">The bytes; what is not UTF-8 becomes U+FFFD.</param>
    /// <returns>A string, shared with earlier equal values where they are still pooled.</returns>
    public string Get(ReadOnlySpan<byte> utf8) =>
        TryGet(utf8, out ulong hash, out string? known) ? known : Add(utf8, hash);

    /// <summary>The string of some bytes, if it is pooled.</summary>
    /// <param name="utf8">The bytes.</param>
    /// <param name="hash">Their hash, for <see cref="Add"/>.</param>
    /// <param name="known">The string.</param>
    /// <returns>Whether it is pooled.</returns>
    public bool TryGet(ReadOnlySpan<byte> utf8, out ulong hash, [NotNullWhen(true)] out string? known)
    {
        hash = 0;
        known = null;
        if (utf8.Length > LongestPooled)
        {
            return false;
        }

        hash = Hash(utf8);
        int first = (int)(hash >> _shift) * Ways;
        ReadOnlySpan<Slot> set = _slots.AsSpan(first, Ways);
        foreach (ref readonly Slot slot in set)
        {
            if (slot.Hash == hash && slot.Text is { } text && EqualsUtf8(text, utf8))
            {
                known = text;
                return true;
            }
        }

        return false;
    }

    /// <summary>Pools the string of some bytes that are not pooled.</summary>
    /// <param name="utf8">The bytes; what is not UTF-8 becomes U+FFFD.</param>
    /// <param name="hash">Their hash.</param>
    /// <returns>The string.</returns>
    public string Add(ReadOnlySpan<byte> utf8, ulong hash)
    {
        string made = Encoding.UTF8.GetString(utf8);
        if (utf8.Length <= LongestPooled)
        {
            int set = (int)(hash >> _shift);
            _slots[(set * Ways) + (_next[set]++ & (Ways - 1))] = new Slot(hash, made);
        }

        return made;
    }

    /// <summary>
    /// The string of some bytes, or null for none and for a lone hyphen (the web servers' sign for no value).
    /// </summary>
    /// <param name="utf8">The bytes.</param>
    /// <returns>The string or null.</returns>
    public string? GetOrNull(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty || (utf8.Length == 1 && utf8[0] == '-') ? null : Get(utf8);

    private static bool EqualsUtf8(string text, ReadOnlySpan<byte> utf8)
    {
        if (text.Length == utf8.Length)
        {
            return System.Text.Ascii.Equals(utf8, text)
                || (!System.Text.Ascii.IsValid(utf8) && EqualsDecoded(text, utf8));
        }

        return text.Length < utf8.Length && EqualsDecoded(text, utf8);
    }

    private static bool EqualsDecoded(string text, ReadOnlySpan<byte> utf8)
    {
        Span<char> decoded = stackalloc char[LongestPooled];
        int length = Encoding.UTF8.GetChars(utf8, decoded);
        return decoded[..length].SequenceEqual(text);
    }

    // Sixteen bytes a step, folded by a wide multiplication; the last step may overlap the one before.
    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Start = 0x9E3779B97F4A7C15;
        const ulong Odd = 0xD6E8FEB86659FD93;
        ulong hash = Start ^ (ulong)bytes.Length;
        if (bytes.Length < 16)
        {
            return Fold(hash ^ ReadShort(bytes, out ulong rest), rest ^ Odd);
        }

        ref byte first = ref MemoryMarshal.GetReference(bytes);
        int last = bytes.Length - 16;
        for (int at = 0; at < last; at += 16)
        {
            hash = Fold(
                hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at)),
                Odd ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at + 8)));
        }

        hash = Fold(
            hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, last)),
            Odd ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, last + 8)));
        return Fold(hash ^ Odd, Start);
    }

    private static ulong ReadShort(ReadOnlySpan<byte> bytes, out ulong rest)
    {
        rest = 0;
        if (bytes.Length >= 8)
        {
            rest = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(bytes.Length - 8)..]);
            return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        }

        if (bytes.Length >= 4)
        {
            rest = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(bytes.Length - 4)..]);
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        }

        return bytes.IsEmpty ? 0 : bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16);
    }

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }

    private readonly record struct Slot(ulong Hash, string? Text);
}
