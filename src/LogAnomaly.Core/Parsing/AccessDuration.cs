using System.Buffers.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Reads durations: a number in a given unit, or one with its unit (<c>1.5ms</c>, <c>2s</c>, <c>1m3.5s</c>).
/// </summary>
internal static class AccessDuration
{
    private const decimal Largest = 1e15m;

    /// <summary>The milliseconds of a duration.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="unit">Unit of a number without one.</param>
    /// <returns>The milliseconds, or null where the text is no duration.</returns>
    public static double? ToMilliseconds(ReadOnlySpan<byte> text, AccessField unit)
    {
        if (!Utf8Parser.TryParse(text, out decimal value, out int read) || Math.Abs(value) > Largest)
        {
            return null;
        }

        if (read == text.Length)
        {
            return (double)(value * Factor(unit));
        }

        decimal total = 0;
        while (!text.IsEmpty)
        {
            if (!Utf8Parser.TryParse(text, out value, out read) || Math.Abs(value) > Largest)
            {
                return null;
            }

            text = text[read..];
            int letters = text.IndexOfAnyInRange((byte)'0', (byte)'9');
            ReadOnlySpan<byte> name = letters < 0 ? text : text[..letters];
            if (Factor(name) is not { } factor || total > Largest * 1000)
            {
                return null;
            }

            total += value * factor;
            text = text[name.Length..];
        }

        return (double)total;
    }

    private static decimal Factor(AccessField unit) => unit switch
    {
        AccessField.Seconds => 1_000,
        AccessField.Microseconds => 0.001m,
        AccessField.Nanoseconds => 0.000_001m,
        _ => 1,
    };

    private static decimal? Factor(ReadOnlySpan<byte> unit)
    {
        if (unit.SequenceEqual("ms"u8))
        {
            return 1;
        }

        if (unit.SequenceEqual("s"u8))
        {
            return 1_000;
        }

        if (unit.SequenceEqual("us"u8) || unit.SequenceEqual("\u00b5s"u8) || unit.SequenceEqual("\u03bcs"u8))
        {
            return 0.001m;
        }

        if (unit.SequenceEqual("ns"u8))
        {
            return 0.000_001m;
        }

        if (unit.SequenceEqual("m"u8))
        {
            return 60_000;
        }

        return unit.SequenceEqual("h"u8) ? 3_600_000 : null;
    }
}
