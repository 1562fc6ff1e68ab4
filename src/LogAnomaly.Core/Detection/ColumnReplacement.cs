namespace LogAnomaly.Detection;

/// <summary>Explains a score by putting the typical value into one column after the other.</summary>
internal static class ColumnReplacement
{
    /// <summary>A way to score a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Its score.</returns>
    public delegate double Scorer(ReadOnlySpan<float> row);

    /// <summary>By how much the score falls when a column alone has its typical value.</summary>
    /// <param name="row">The row.</param>
    /// <param name="typical">Typical value of each column.</param>
    /// <param name="scorer">Scores a row.</param>
    /// <returns>A number for each column, above 0 where it makes the row odder.</returns>
    public static double[] Explain(ReadOnlySpan<float> row, ReadOnlySpan<double> typical, Scorer scorer)
    {
        float[] changed = row.ToArray();
        double score = scorer(changed);
        double[] contributions = new double[row.Length];
        for (int column = 0; column < row.Length; column++)
        {
            changed[column] = (float)typical[column];
            contributions[column] = changed[column].Equals(row[column]) ? 0 : score - scorer(changed);
            changed[column] = row[column];
        }

        return contributions;
    }
}
