namespace LogAnomaly.Features;

/// <summary>
/// Splits rows in time: the earliest are for training, the later ones for what comes after it. What happened at the
/// same moment stays together; a row without a time belongs to the row before it.
/// </summary>
public static class FeatureSplit
{
    /// <summary>Splits rows.</summary>
    /// <typeparam name="T">Type of the rows.</typeparam>
    /// <param name="rows">The rows.</param>
    /// <param name="timeOf">The time of a row, or null.</param>
    /// <param name="share">Share of the rows that are for training, 0 to 1; rows of one moment may make it a little
    /// more.</param>
    /// <returns>Both parts in order of time; the later one is empty only where the share is 1 or all rows are of one
    /// moment.</returns>
    public static (IReadOnlyList<T> Training, IReadOnlyList<T> Later) Of<T>(
        IReadOnlyList<T> rows, Func<T, DateTimeOffset?> timeOf, double share)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(timeOf);
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        long[] times = new long[rows.Count];
        long last = -1;
        for (int row = 0; row < times.Length; row++)
        {
            times[row] = last = timeOf(rows[row])?.UtcTicks ?? last;
        }

        // A stable sort: rows of one moment stay in their order.
        int[] order = [.. Enumerable.Range(0, times.Length).OrderBy(row => times[row])];
        int cut = CutAt(order, times, (int)Math.Ceiling(share * times.Length));
        T[] sorted = Array.ConvertAll(order, row => rows[row]);
        return (sorted[..cut], sorted[cut..]);
    }

    // Rows without any time are all of one moment, and then the order alone counts.
    private static int CutAt(int[] order, long[] times, int wanted)
    {
        if (wanted == 0 || wanted == order.Length || times[order[^1]] < 0)
        {
            return wanted;
        }

        int after = wanted;
        while (after < order.Length && times[order[after]] == times[order[wanted - 1]])
        {
            after++;
        }

        if (after < order.Length)
        {
            return after;
        }

        int before = wanted;
        while (before > 0 && times[order[before - 1]] == times[order[^1]])
        {
            before--;
        }

        return before == 0 ? order.Length : before;
    }
}
