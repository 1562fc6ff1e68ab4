using System.Buffers.Text;

namespace LogAnomaly.Parsing;

/// <summary>
/// Reads how long something took: a number in a known unit, or a text with its units such as <c>1m2.5s</c> or
/// <c>12 ms</c>.
/// </summary>
internal static class DurationText
{
    private static readonly System.Buffers.SearchValues<byte> s_numberBytes =
        System.Buffers.SearchValues.Create("0123456789."u8);

    /// <summary>The milliseconds of a value.</summary>
    /// <param name="text">The whole value.</param>
    /// <param name="form">The unit of a bare number; <see cref="PropertyForm.Plain"/> is milliseconds.</param>
    /// <returns>The milliseconds, or null where it is no duration.</returns>
    public static double? ToMilliseconds(ReadOnlySpan<byte> text, PropertyForm form)
    {
        if (Utf8Parser.TryParse(text, out double number, out int read) && read == text.Length)
        {
            double milliseconds = form switch
            {
                PropertyForm.Nanoseconds => number / 1e6,
                PropertyForm.Microseconds => number / 1e3,
                PropertyForm.Seconds => number * 1e3,
                PropertyForm.WithUnit => -1,
                _ => number,
            };
            return milliseconds >= 0 && double.IsFinite(milliseconds) ? milliseconds : null;
        }

        return WithUnits(text);
    }

    private static double? WithUnits(ReadOnlySpan<byte> text)
    {
        double sum = 0;
        bool any = false;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExcept(s_numberBytes);
            if (digits <= 0 || !Utf8Parser.TryParse(text[..digits], out double number, out int read) || read != digits)
            {
                return null;
            }

            ReadOnlySpan<byte> unit = text[digits..].TrimStart((byte)' ');
            int end = unit.IndexOfAnyInRange((byte)'0', (byte)'9');
            end = end < 0 ? unit.Length : end;
            if (Factor(unit[..end].TrimEnd((byte)' ')) is not { } factor)
            {
                return null;
            }

            sum += number * factor;
            any = true;
            text = unit[end..];
        }

        return any && double.IsFinite(sum) ? sum : null;
    }

    private static double? Factor(ReadOnlySpan<byte> unit) => unit switch
    {
        _ when unit.SequenceEqual("ms"u8) => 1,
        _ when unit.SequenceEqual("s"u8) || unit.SequenceEqual("sec"u8) => 1e3,
        _ when unit.SequenceEqual("us"u8) || unit.SequenceEqual("µs"u8) || unit.SequenceEqual("μs"u8) => 1e-3,
        _ when unit.SequenceEqual("ns"u8) => 1e-6,
        _ when unit.SequenceEqual("m"u8) || unit.SequenceEqual("min"u8) => 60e3,
        _ when unit.SequenceEqual("h"u8) => 3600e3,
        _ => null,
    };
}
