using System.Text.Json;
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

        return new Model(column, TailFit.Of(scores), rows.Names);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="element">What a model of this detector wrote.</param>
    /// <param name="columns">Names of its columns.</param>
    /// <returns>The model.</returns>
    /// <exception cref="FormatException">It is damaged.</exception>
    internal static ILogDetectorModel Read(JsonElement element, IReadOnlyList<string> columns) =>
        columns.Contains(Column)
            ? new Model(
                IndexOf(columns), TailFit.Read(ModelArrays.Property(element, "tail", JsonValueKind.Object)), columns)
            : throw new FormatException($"A model of {nameof(RareTemplate)} has no column '{Column}'.");

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

    private sealed class Model(int column, TailFit tail, IReadOnlyList<string> columns) : ILogDetectorModel
    {
        public string Name => nameof(RareTemplate);

        public IReadOnlyList<string> Columns => columns;

        public double Score(ReadOnlySpan<float> row) => row[column];

        public void ScoreAll(FeatureMatrix rows, Span<double> scores, CancellationToken cancellation = default)
        {
            ArgumentNullException.ThrowIfNull(rows);
            ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, rows.RowCount);
            cancellation.ThrowIfCancellationRequested();
            for (int row = 0; row < scores.Length; row++)
            {
                scores[row] = rows.Row(row)[column];
            }
        }

        public double TailProbability(double score) => tail.ProbabilityFrom(score);

        public IReadOnlyList<double> Explain(ReadOnlySpan<float> row)
        {
            double[] contributions = new double[columns.Count];
            contributions[column] = row[column];
            return contributions;
        }

        public IReadOnlyList<float>? NearestNormal(ReadOnlySpan<float> row) => null;

        public void Write(Utf8JsonWriter writer)
        {
            ArgumentNullException.ThrowIfNull(writer);
            writer.WriteStartObject();
            writer.WriteString("detector", Name);
            writer.WriteNumber("version", LogDetectors.Version);
            writer.WriteStartArray("columns");
            foreach (string name in columns)
            {
                writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
            tail.Write(writer);
            writer.WriteEndObject();
        }
    }
}
