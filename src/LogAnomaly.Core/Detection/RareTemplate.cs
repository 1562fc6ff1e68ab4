using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// Rare or new template: an event is as odd as its template is rare. Reads the column <c>Template</c>, the template's
/// self-information in bits.
/// </summary>
public sealed class RareTemplate : ILogDetector
{
    /// <summary>The column that is read.</summary>
    public const string Column = "Template";

    /// <inheritdoc/>
    public string Name => nameof(RareTemplate);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The rows have no column <c>Template</c>.</exception>
    public ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.RowCount);
        int column = IndexOf(rows.Names);
        double[] scores = new double[rows.RowCount];
        for (int row = 0; row < scores.Length; row++)
        {
            scores[row] = rows.Row(row)[column];
        }

        return new Model(column, TailFit.Of(scores), rows.ColumnCount);
    }

    private static int IndexOf(IReadOnlyList<string> names)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == Column)
            {
                return i;
            }
        }

        throw new ArgumentException($"The rows have no column '{Column}'.", nameof(names));
    }

    private sealed class Model(int column, TailFit tail, int columnCount) : ILogDetectorModel
    {
        public string Name => nameof(RareTemplate);

        public double Score(ReadOnlySpan<float> row) => row[column];

        public double TailProbability(double score) => tail.ProbabilityFrom(score);

        public IReadOnlyList<double> Explain(ReadOnlySpan<float> row)
        {
            double[] contributions = new double[columnCount];
            contributions[column] = row[column];
            return contributions;
        }
    }
}
