namespace LogAnomaly.Rules;

/// <summary>
/// Hashes of values whose distinct ones are counted: 48 bits, seeded anew in each process as the values are an
/// attacker's.
/// </summary>
internal static class ValueHash
{
    private const ulong First = 0x9E3779B97F4A7C15;
    private const ulong Second = 0xD6E8FEB86659FD93;

    private static readonly ulong s_seed = (ulong)Random.Shared.NextInt64();

    /// <summary>The hash of some fields of an event.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="logEvent">The event.</param>
    /// <param name="hash">The hash, in the lower 48 bits.</param>
    /// <returns>Whether the event has one of the fields.</returns>
    public static bool TryGet(GroupField[] fields, LogEvent logEvent, out ulong hash)
    {
        hash = s_seed;
        bool hasValue = false;
        foreach (GroupField field in fields)
        {
            string? text = field.TextOf(logEvent);
            hasValue |= text is not null;
            hash = Add(hash, text);
        }

        hash >>= 16;
        return hasValue;
    }

    /// <summary>The hash of a value as UTF-8.</summary>
    /// <param name="utf8">The value.</param>
    /// <returns>The hash.</returns>
    public static uint Of(ReadOnlySpan<byte> utf8)
    {
        ulong hash = s_seed;
        foreach (byte part in utf8)
        {
            hash = Mix(hash ^ part, Second);
        }

        return (uint)hash;
    }

    private static ulong Add(ulong hash, string? text)
    {
        ulong length = text is null ? ulong.MaxValue : (ulong)text.Length;
        hash = Mix(hash ^ length, First);
        ReadOnlySpan<char> rest = text;
        while (rest.Length >= 4)
        {
            hash = Mix(
                hash ^ (rest[0] | ((ulong)rest[1] << 16) | ((ulong)rest[2] << 32) | ((ulong)rest[3] << 48)), Second);
            rest = rest[4..];
        }

        ulong tail = 0;
        foreach (char character in rest)
        {
            tail = (tail << 16) | character;
        }

        return Mix(hash ^ tail, First);
    }

    private static ulong Mix(ulong value, ulong factor)
    {
        ulong high = Math.BigMul(value, factor, out ulong low);
        return high ^ low ^ factor;
    }
}
