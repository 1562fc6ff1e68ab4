using System.Buffers.Binary;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Strings for UTF-8 values that repeat, such as hosts, users, addresses and paths. Bounded: 4-way sets, the oldest way of a
/// full set is replaced. Never wrong, only at worst a new string: the bytes are compared with the pooled string each time.
/// </summary>
internal sealed class StringPool
{
    private const int Ways = 4;
    private const int SetCount = 4096;
    private const int LongestPooled = 256;

    private readonly string?[] _strings = new string?[SetCount * Ways];
    private readonly ulong[] _hashes = new ulong[SetCount * Ways];
    private readonly byte[] _next = new byte[SetCount];

    /// <summary>The string of some bytes.</summary>
    /// <param name="utf8">The bytes; what is not UTF-8 becomes U+FFFD.</param>
    /// <returns>A string, shared with earlier equal values where they are still pooled.</returns>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > LongestPooled)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ulong hash = Hash(utf8);
        int set = (int)(hash >> 52) & (SetCount - 1);
        int first = set * Ways;
        for (int way = first; way < first + Ways; way++)
        {
            if (_hashes[way] == hash && _strings[way] is { } known && EqualsUtf8(known, utf8))
            {
                return known;
            }
        }

        string made = Encoding.UTF8.GetString(utf8);
        int slot = first + (_next[set]++ & (Ways - 1));
        _hashes[slot] = hash;
        _strings[slot] = made;
        return made;
    }

    /// <summary>The string of some bytes, or null for none and for a lone hyphen (the web servers' sign for no value).</summary>
    /// <param name="utf8">The bytes.</param>
    /// <returns>The string or null.</returns>
    public string? GetOrNull(ReadOnlySpan<byte> utf8) =>
        utf8.IsEmpty || (utf8.Length == 1 && utf8[0] == '-') ? null : Get(utf8);

    private static bool EqualsUtf8(string text, ReadOnlySpan<byte> utf8)
    {
        if (text.Length == utf8.Length)
        {
            return System.Text.Ascii.Equals(utf8, text) || (!System.Text.Ascii.IsValid(utf8) && EqualsDecoded(text, utf8));
        }

        return text.Length < utf8.Length && EqualsDecoded(text, utf8);
    }

    private static bool EqualsDecoded(string text, ReadOnlySpan<byte> utf8)
    {
        Span<char> decoded = stackalloc char[LongestPooled];
        int length = Encoding.UTF8.GetChars(utf8, decoded);
        return decoded[..length].SequenceEqual(text);
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)bytes.Length * Multiplier;
        while (bytes.Length >= 8)
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        ulong rest = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        return Mix(hash ^ rest);

        static ulong Mix(ulong value)
        {
            value *= Multiplier;
            return value ^ (value >> 29);
        }
    }
}
