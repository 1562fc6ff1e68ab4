using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>Random rows of many.</summary>
internal static class RowSample
{
    /// <summary>Draws rows without replacement (Floyd's algorithm; Bentley and Floyd, CACM 30(9), 1987).</summary>
    /// <param name="rowCount">Rows that there are.</param>
    /// <param name="size">Rows that are wanted, at most as many.</param>
    /// <param name="random">The random choices.</param>
    /// <returns>Indexes of the rows, in no order.</returns>
    public static int[] Draw(int rowCount, int size, SeededRandom random)
    {
        HashSet<int> drawn = new(size);
        int[] sample = new int[size];
        for (int i = 0; i < size; i++)
        {
            int last = rowCount - size + i;
            int row = random.NextInt(last + 1);
            sample[i] = row;
            if (!drawn.Add(row))
            {
                drawn.Add(last);
                sample[i] = last;
            }
        }

        return sample;
    }

    /// <summary>Draws rows without replacement, all of them where there are no more, in their own order.</summary>
    /// <param name="rowCount">Rows that there are.</param>
    /// <param name="most">Rows that are wanted at the most.</param>
    /// <param name="seed">Seed of the random choices.</param>
    /// <returns>Indexes of the rows, rising.</returns>
    public static int[] DrawInOrder(int rowCount, int most, int seed)
    {
        int[] sample = rowCount <= most
            ? [.. Enumerable.Range(0, rowCount)]
            : Draw(rowCount, most, new SeededRandom((uint)seed));
        Array.Sort(sample);
        return sample;
    }
}
