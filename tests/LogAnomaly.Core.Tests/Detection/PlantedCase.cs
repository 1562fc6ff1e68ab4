using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Detection;

/// <summary>
/// Rows of columns whose distributions are drawn by seed (normal, correlated, skewed, heavy, discrete, of two humps,
/// nearly always the same), one row of which has one value pushed out by half to twice the column's range.
/// </summary>
internal sealed class PlantedCase
{
    private PlantedCase(FeatureMatrix rows, int row, int column)
    {
        Rows = rows;
        Row = row;
        Column = column;
    }

    /// <summary>The rows.</summary>
    public FeatureMatrix Rows { get; }

    /// <summary>The row that is odd.</summary>
    public int Row { get; }

    /// <summary>The column that makes it so.</summary>
    public int Column { get; }

    /// <summary>Makes a case.</summary>
    /// <param name="seed">Its seed.</param>
    /// <returns>The case.</returns>
    public static PlantedCase Make(int seed)
    {
        SeededRandom random = new((uint)seed);
        int columns = random.NextInt(3, 32);
        int count = random.NextInt(200, 2_000);
        float[] values = new float[columns * count];
        double[] factor = [.. Enumerable.Range(0, count).Select(_ => random.NextGaussian())];
        for (int column = 0; column < columns; column++)
        {
            int kind = random.NextInt(8);
            double scale = Math.Pow(10, random.NextInt(-2, 4));
            double shape = random.NextDouble();
            for (int row = 0; row < count; row++)
            {
                values[(row * columns) + column] = (float)(scale * Draw(random, kind, shape, factor[row]));
            }
        }

        int planted = random.NextInt(columns);
        int odd = random.NextInt(count);
        values[(odd * columns) + planted] = Push(values, columns, planted, random);
        return new PlantedCase(
            new FeatureMatrix([.. Enumerable.Range(0, columns).Select(column => $"c{column}")], values), odd, planted);
    }

    /// <summary>Whether the contributions name the column above all others.</summary>
    /// <param name="contributions">A number for each column.</param>
    /// <returns>Whether they do.</returns>
    public bool IsNamed(IReadOnlyList<double> contributions) =>
        Enumerable.Range(0, contributions.Count)
            .All(column => column == Column || contributions[column] < contributions[Column]);

    private static double Draw(SeededRandom random, int kind, double shape, double factor) => kind switch
    {
        0 => random.NextGaussian(),
        1 => (factor * (0.5 + (shape / 2))) + (random.NextGaussian() * 0.5),
        2 => random.NextExponential(1),
        3 => Math.Exp(random.NextGaussian() * (0.3 + shape)),
        4 => Math.Floor(random.NextExponential(1 + (shape * 5))),
        5 => random.NextGaussian() + (random.NextDouble() < 0.2 + (shape * 0.6) ? 6 : 0),
        6 => random.NextDouble() < 0.02 + (shape * 0.1) ? 1 : 0,
        _ => random.NextDouble(),
    };

    private static float Push(float[] values, int columns, int column, SeededRandom random)
    {
        float least = float.MaxValue;
        float greatest = float.MinValue;
        for (int at = column; at < values.Length; at += columns)
        {
            least = Math.Min(least, values[at]);
            greatest = Math.Max(greatest, values[at]);
        }

        float range = greatest > least ? greatest - least : 1;
        float distance = range * (0.5f + (float)(random.NextDouble() * 1.5));
        return random.NextDouble() < 0.5 ? greatest + distance : least - distance;
    }
}
