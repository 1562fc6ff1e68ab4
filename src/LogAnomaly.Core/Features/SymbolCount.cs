using System.Numerics;
using System.Runtime.Intrinsics;

namespace LogAnomaly.Features;

/// <summary>
/// Counts the bytes of a message that are neither letter, digit, space nor a common sign of plain text
/// (<c>. , / -</c>).
/// </summary>
internal static class SymbolCount
{
    /// <summary>Counts them.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Their number.</returns>
    public static int Of(ReadOnlySpan<byte> message)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            return OfPlain(message);
        }

        int plain = 0;
        int at = 0;
        for (; at <= message.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            // From the comma to the nine: the four signs and the digits.
            Vector256<byte> bytes = Vector256.Create(message[at..]);
            Vector256<byte> lower = bytes | Vector256.Create((byte)0x20);
            Vector256<byte> isPlain = Vector256.LessThanOrEqual(
                bytes - Vector256.Create((byte)','), Vector256.Create((byte)('9' - ',')))
                | Vector256.LessThanOrEqual(lower - Vector256.Create((byte)'a'), Vector256.Create((byte)('z' - 'a')))
                | Vector256.Equals(bytes, Vector256.Create((byte)' '));
            plain += BitOperations.PopCount(isPlain.ExtractMostSignificantBits());
        }

        return at - plain + OfPlain(message[at..]);
    }

    /// <summary>Counts them one after the other, where there are no vectors and for the rest of a message.</summary>
    /// <param name="message">The message.</param>
    /// <returns>Their number.</returns>
    public static int OfPlain(ReadOnlySpan<byte> message)
    {
        int symbols = 0;
        foreach (byte value in message)
        {
            bool isPlain = (uint)(value - ',') <= '9' - ',' || (uint)((value | 0x20) - 'a') <= 'z' - 'a'
                || value == ' ';
            symbols += isPlain ? 0 : 1;
        }

        return symbols;
    }
}
