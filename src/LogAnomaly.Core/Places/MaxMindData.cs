using System.Text;

namespace LogAnomaly.Places;

/// <summary>
/// The data of a MaxMind database: values that each begin with an octet of type and size.
/// <code>
/// value    = control [more] payload
/// control  = three bits of type, five bits of size
/// pointer  = type 1, text = 2, double = 3, bytes = 4, uint16 = 5, uint32 = 6, map = 7
/// extended = type 0; the next octet, plus 7, is the type: int32 = 8, uint64 = 9, uint128 = 10, array = 11,
///            cache = 12, end = 13, boolean = 14, float = 15
/// size     = 29: the next octet and 29; 30: the next two and 285; 31: the next three and 65821
/// </code>
/// Each step reads on, a pointer never leads to a pointer, and depth is bounded, so damage cannot make it run on.
/// </summary>
/// <param name="bytes">The data; pointers count from their start.</param>
internal readonly ref struct MaxMindData(ReadOnlySpan<byte> bytes)
{
    private const int Pointer = 1;
    private const int Text = 2;
    private const int Map = 7;
    private const int Array = 11;
    private const int Boolean = 14;
    private const int MostDepth = 32;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The text at the end of a path of keys.</summary>
    /// <param name="offset">Where the map lies that the path begins in.</param>
    /// <param name="path">The keys.</param>
    /// <returns>The text, or null where the path leads nowhere or to something else.</returns>
    /// <exception cref="InvalidDataException">The data are damaged.</exception>
    public string? FindText(int offset, ReadOnlySpan<string> path)
    {
        (int type, int size, int at) = Follow(offset);
        foreach (string key in path)
        {
            if (type != Map || FindKey(size, at, key) is not { } value)
            {
                return null;
            }

            (type, size, at) = Follow(value);
        }

        return type == Text ? Encoding.UTF8.GetString(Slice(at, size)) : null;
    }

    /// <summary>A number without a sign in a map.</summary>
    /// <param name="offset">Where the map lies.</param>
    /// <param name="key">The key.</param>
    /// <returns>The number.</returns>
    /// <exception cref="InvalidDataException">There is no such number, or the data are damaged.</exception>
    public ulong FindNumber(int offset, string key)
    {
        (int type, int size, int at) = Follow(offset);
        if (type == Map && FindKey(size, at, key) is { } value)
        {
            (type, size, at) = Follow(value);
            if (type is 5 or 6 or 9 && size <= 8)
            {
                ulong number = 0;
                foreach (byte octet in Slice(at, size))
                {
                    number = (number << 8) | octet;
                }

                return number;
            }
        }

        throw new InvalidDataException($"its metadata lack {key}");
    }

    /// <summary>Looks a key up in a map.</summary>
    /// <param name="count">Pairs in the map.</param>
    /// <param name="at">Where its first key lies.</param>
    /// <param name="key">The key.</param>
    /// <returns>Where its value lies, or null.</returns>
    private int? FindKey(int count, int at, string key)
    {
        for (int pair = 0; pair < count; pair++)
        {
            (int type, int size, int start) = Follow(at);
            if (type != Text)
            {
                throw new InvalidDataException("a key of its data is no text");
            }

            int value = Skip(at, 0);
            if (size == key.Length && Encoding.UTF8.GetString(Slice(start, size)) == key)
            {
                return value;
            }

            at = Skip(value, 0);
        }

        return null;
    }

    /// <summary>Reads where a value begins, at the end of a pointer where it is one.</summary>
    /// <param name="offset">Where the value lies.</param>
    /// <returns>Its type, its size, and where its payload begins.</returns>
    private (int Type, int Size, int At) Follow(int offset)
    {
        (int Type, int Size, int At) value = Control(offset);
        if (value.Type != Pointer)
        {
            return value;
        }

        value = Control(PointerTarget(value.Size, value.At));
        return value.Type == Pointer
            ? throw new InvalidDataException("a pointer of its data leads to a pointer")
            : value;
    }

    private int PointerTarget(int size, int at)
    {
        ReadOnlySpan<byte> octets = Slice(at, (size >> 3) + 1);
        int high = size & 7;
        long target = (size >> 3) switch
        {
            0 => (high << 8) | octets[0],
            1 => ((high << 16) | (octets[0] << 8) | octets[1]) + 2048L,
            2 => ((high << 24) | (octets[0] << 16) | (octets[1] << 8) | octets[2]) + 526336L,
            _ => ((long)octets[0] << 24) | ((uint)octets[1] << 16) | ((uint)octets[2] << 8) | octets[3],
        };
        return target < _bytes.Length
            ? (int)target
            : throw new InvalidDataException("a pointer of its data leads outside");
    }

    private (int Type, int Size, int At) Control(int offset)
    {
        byte control = Slice(offset, 1)[0];
        int at = offset + 1;
        int type = control >> 5;
        int size = control & 0x1F;
        if (type == 0)
        {
            type = Slice(at++, 1)[0] + 7;
        }

        // The size bits of a pointer are its own.
        if (type == Pointer || size < 29)
        {
            return (type, size, at);
        }

        int more = size - 28;
        int beyond = 0;
        foreach (byte octet in Slice(at, more))
        {
            beyond = (beyond << 8) | octet;
        }

        return (type, beyond + (more switch { 1 => 29, 2 => 285, _ => 65821 }), at + more);
    }

    /// <summary>Passes a value over; pointers in it are not followed.</summary>
    /// <param name="offset">Where the value lies.</param>
    /// <param name="depth">How many maps and arrays it lies in.</param>
    /// <returns>Where the next value lies.</returns>
    private int Skip(int offset, int depth)
    {
        if (depth > MostDepth)
        {
            throw new InvalidDataException("its data are nested too deep");
        }

        (int type, int size, int at) = Control(offset);
        switch (type)
        {
            case Pointer:
                return at + (size >> 3) + 1;
            case Boolean:
                return at;
            case Map or Array:
                for (int left = type == Map ? size * 2 : size; left > 0; left--)
                {
                    at = Skip(at, depth + 1);
                }

                return at;
            case Text or (>= 3 and <= 6) or (>= 8 and <= 10) or 15:
                _ = Slice(at, size);
                return at + size;
            default:
                throw new InvalidDataException($"its data hold a value of the unknown type {type}");
        }
    }

    private ReadOnlySpan<byte> Slice(int at, int length) => at >= 0 && length <= _bytes.Length - at
        ? _bytes.Slice(at, length)
        : throw new InvalidDataException("its data are cut off");
}
