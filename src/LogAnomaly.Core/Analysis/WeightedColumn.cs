using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>The values of a column in order, each with the events that have it.</summary>
internal sealed class WeightedColumn
{
    private readonly float[] _values;
    private readonly long[] _upTo;

    private WeightedColumn(float[] values, long[] upTo)
    {
        _values = values;
        _upTo = upTo;
    }

    /// <summary>Sorts a column.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">Index of the column.</param>
    /// <returns>The column.</returns>
    public static WeightedColumn Of(EventRowTable table, int column)
    {
        float[] values = new float[table.Matrix.RowCount];
        int[] rows = new int[values.Length];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = table.Matrix.Row(row)[column];
            rows[row] = row;
        }

        Array.Sort(values, rows);
        long[] upTo = new long[values.Length];
        long sum = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            sum += table.CountOf(rows[i]);
            upTo[i] = sum;
        }

        return new WeightedColumn(values, upTo);
    }

    /// <summary>The value that a share of the events does not exceed.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <returns>The value.</returns>
    public float Quantile(double share)
    {
        int at = Array.BinarySearch(_upTo, (long)(share * (_upTo[^1] - 1)) + 1);
        return _values[at < 0 ? ~at : at];
    }

    /// <summary>The share of the events whose value is as great or greater.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The share, 0 to 1.</returns>
    public double ShareFrom(float value)
    {
        int low = 0;
        int high = _values.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _values[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? 1 : 1 - ((double)_upTo[low - 1] / _upTo[^1]);
    }
}
