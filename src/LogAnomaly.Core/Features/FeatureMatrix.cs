namespace LogAnomaly.Features;

/// <summary>Rows of numbers with named columns, the input of detectors. Never changes once made.</summary>
public sealed class FeatureMatrix
{
    private readonly float[] _values;

    /// <summary>Creates a matrix.</summary>
    /// <param name="names">Names of the columns.</param>
    /// <param name="values">The values, row after row; not copied.</param>
    /// <exception cref="ArgumentException">The values do not fill whole rows.</exception>
    public FeatureMatrix(IReadOnlyList<string> names, float[] values)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        if (names.Count == 0 ? values.Length > 0 : values.Length % names.Count != 0)
        {
            throw new ArgumentException(
                "The number of values must be a multiple of the number of columns.", nameof(values));
        }

        Names = names;
        _values = values;
        RowCount = names.Count == 0 ? 0 : values.Length / names.Count;
    }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Number of columns.</summary>
    public int ColumnCount => Names.Count;

    /// <summary>All values, row after row; not to be changed.</summary>
    internal float[] Values => _values;

    /// <summary>One row.</summary>
    /// <param name="row">Its index, from 0.</param>
    /// <returns>Its values, a column after the other.</returns>
    public ReadOnlySpan<float> Row(int row) => _values.AsSpan(row * ColumnCount, ColumnCount);
}
