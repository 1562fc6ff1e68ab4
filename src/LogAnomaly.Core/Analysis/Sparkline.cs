namespace LogAnomaly.Analysis;

/// <summary>Draws numbers as a line of signs, one above the other by height.</summary>
public static class Sparkline
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Signs = "_.:-=+*#";

    /// <summary>Draws numbers.</summary>
    /// <param name="values">The numbers, from 0; where there are more than fit, each sign stands for the greatest of
    /// several.</param>
    /// <param name="width">Signs at the most, at least 1.</param>
    /// <param name="style">Which signs.</param>
    /// <returns>The line: its lowest sign stands for 0 alone, its highest for the greatest number.</returns>
    public static string Of(IReadOnlyList<double> values, int width, SparklineStyle style)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        string signs = style == SparklineStyle.Ascii ? Signs : Blocks;
        int length = Math.Min(values.Count, width);
        double[] heights = new double[length];
        for (int place = 0; place < values.Count; place++)
        {
            int at = (int)((long)place * length / values.Count);
            heights[at] = Math.Max(heights[at], values[place]);
        }

        double most = heights.DefaultIfEmpty().Max();
        return string.Concat(heights.Select(height => height <= 0
            ? signs[0]
            : signs[Math.Clamp((int)Math.Ceiling(height / most * (signs.Length - 1)), 1, signs.Length - 1)]));
    }
}
