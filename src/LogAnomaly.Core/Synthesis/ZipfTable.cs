using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>Draws indices whose weights fall as 1 / rank (Zipf's law), as popularity does on the web.</summary>
internal sealed class ZipfTable
{
    private readonly double[] _cumulated;

    /// <summary>Creates a table.</summary>
    /// <param name="count">Number of indices, at least 1; index 0 is the most popular.</param>
    public ZipfTable(int count)
    {
        _cumulated = new double[count];
        double sum = 0.0;
        for (int rank = 0; rank < count; rank++)
        {
            sum += 1.0 / (rank + 1);
            _cumulated[rank] = sum;
        }
    }

    /// <summary>Draws an index.</summary>
    /// <param name="random">The generator.</param>
    /// <returns>An index from 0 to the count less 1.</returns>
    public int Next(SeededRandom random)
    {
        int found = Array.BinarySearch(_cumulated, random.NextDouble() * _cumulated[^1]);
        return Math.Min(found < 0 ? ~found : found + 1, _cumulated.Length - 1);
    }
}
