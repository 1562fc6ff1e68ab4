using System.Globalization;
using LogAnomaly.Detection;
using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>Says in sentences why a row is odd.</summary>
internal sealed class Explanation
{
    private const int MostReasons = 4;
    private const int MostCombined = 3;
    private const int LongestValue = 120;
    private const double RareShare = 0.1;

    // A detector that finds a row not even one-in-twenty odd has nothing to say about it.
    private const double WorthSaying = 0.05;

    private readonly EventTable _table;
    private readonly ILogDetectorModel? _rare;
    private readonly ILogDetectorModel _forest;
    private readonly float[][] _sortedColumns;

    /// <summary>Creates an explanation for the rows of a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="rare">The model of rare templates, or null where the rows have no template.</param>
    /// <param name="forest">The isolation forest.</param>
    public Explanation(EventTable table, ILogDetectorModel? rare, ILogDetectorModel forest)
    {
        _table = table;
        _rare = rare;
        _forest = forest;
        _sortedColumns = SortColumns(table.Matrix);
    }

    /// <summary>The reasons for a row.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="rareProbability">Tail probability of its template, 1 where there is none.</param>
    /// <param name="forestProbability">Tail probability of its isolation.</param>
    /// <returns>At least one reason, the weightiest first; their contributions add up to 1.</returns>
    public IReadOnlyList<Reason> ReasonsFor(int row, double rareProbability, double forestProbability)
    {
        double[] weights = Weigh(row, rareProbability, forestProbability);
        List<(int Column, double Weight)> ranked =
        [
            .. Enumerable.Range(0, weights.Length)
                .Where(column => weights[column] > 0 && StandsOut(row, column))
                .Select(column => (column, weights[column]))
                .OrderByDescending(entry => entry.Item2)
                .ThenBy(entry => entry.column)
                .Take(MostReasons),
        ];
        if (ranked.Count == 0)
        {
            return [SayCombination(weights)];
        }

        double sum = ranked.Sum(entry => entry.Weight);
        return ranked.Select(entry => Say(row, entry.Column, entry.Weight / sum)).ToArray();
    }

    // How much each column bears of the decades by which the detectors' probabilities lie below 1.
    private double[] Weigh(int row, double rareProbability, double forestProbability)
    {
        IReadOnlyList<double> shares = _forest.Explain(_table.Matrix.Row(row));
        double positive = shares.Sum(share => Math.Max(share, 0));
        double forestDecades = forestProbability <= WorthSaying ? -Math.Log10(forestProbability) : 0;
        double[] weights = new double[shares.Count];
        for (int column = 0; column < weights.Length; column++)
        {
            weights[column] = positive > 0 ? Math.Max(shares[column], 0) / positive * forestDecades : 0;
        }

        if (_rare is not null && rareProbability <= WorthSaying)
        {
            weights[TemplateColumn()] -= Math.Log10(rareProbability);
        }

        return weights;
    }

    private int TemplateColumn()
    {
        int column = 0;
        while (_table.Matrix.Names[column] != RareTemplate.Column)
        {
            column++;
        }

        return column;
    }

    // A cut may fall on a column whose value is quite usual; only values in the outer tenth are worth a sentence.
    private bool StandsOut(int row, int column)
    {
        if (_table.Describe(row, column).Count >= 0)
        {
            return ShareFrom(row, column) <= RareShare;
        }

        string name = _table.Matrix.Names[column];
        float value = _table.Matrix.Row(row)[column];
        (float low, float high) = Usual(column);
        string text = FeatureText.Of(name, value);
        return (value < low && text != FeatureText.Of(name, low)) || (value > high && text != FeatureText.Of(name, high));
    }

    private (float Low, float High) Usual(int column)
    {
        float[] sorted = _sortedColumns[column];
        return (sorted[(int)(0.05 * (sorted.Length - 1))], sorted[(int)(0.95 * (sorted.Length - 1))]);
    }

    // Where no value is rare by itself, that is what there is to say.
    private Reason SayCombination(double[] weights)
    {
        string[] names =
        [
            .. Enumerable.Range(0, weights.Length)
                .OrderByDescending(column => weights[column])
                .ThenBy(column => column)
                .Take(MostCombined)
                .Select(column => _table.Matrix.Names[column]),
        ];
        string list = string.Join(", ", names);
        return new Reason(
            "UnusualCombination", names[0], list, "", 1,
            $"No value stands out by itself; it is the {Noun()}'s combination of {list} that is less usual.");
    }

    private Reason Say(int row, int column, double contribution)
    {
        (string? text, int count) = _table.Describe(row, column);
        return count >= 0 ? SayValue(column, text, count, contribution) : SayNumber(row, column, contribution);
    }

    private Reason SayValue(int column, string? text, int count, double contribution)
    {
        string name = _table.Matrix.Names[column];
        int total = _table.Matrix.RowCount;
        NameCount most = _table.MostFrequent(column);
        string value = string.IsNullOrEmpty(text) ? "(none)" : Shorten(text);
        string typical = most.Name.Length == 0 ? "(none)" : Shorten(most.Name);
        bool isTemplate = name == RareTemplate.Column;
        string share = string.Create(CultureInfo.InvariantCulture, $"{count:N0} of {total:N0}");
        string sentence = isTemplate
            ? $"Only {share} {Noun()}s say \"{value}\"."
            : $"{name} is \"{value}\" in only {share} {Noun()}s.";
        return new Reason(
            isTemplate ? "RareTemplate" : "RareValue",
            name,
            string.Create(CultureInfo.InvariantCulture, $"{value} ({count:N0})"),
            string.Create(CultureInfo.InvariantCulture, $"{typical} ({most.Count:N0})"),
            contribution,
            sentence);
    }

    private Reason SayNumber(int row, int column, double contribution)
    {
        string name = _table.Matrix.Names[column];
        float value = _table.Matrix.Row(row)[column];
        (float low, float high) = Usual(column);
        string observed = FeatureText.Of(name, value);
        string typical = low.Equals(high)
            ? FeatureText.Of(name, low)
            : $"{FeatureText.Of(name, low)} to {FeatureText.Of(name, high)}";
        return new Reason(
            "UnusualNumber", name, observed, typical, contribution,
            $"{FeatureText.SubjectOf(name, Noun())} {observed}; in nine of ten {Noun()}s it is {typical}.");
    }

    private string Noun() => _table.Events[0].Kind == LogKind.Access ? "request" : "event";

    // Share of the rows whose value is as rare or rarer.
    private double ShareFrom(int row, int column)
    {
        float[] sorted = _sortedColumns[column];
        float value = _table.Matrix.Row(row)[column];
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return (double)(sorted.Length - low) / sorted.Length;
    }

    private static float[][] SortColumns(FeatureMatrix matrix)
    {
        float[][] columns = new float[matrix.ColumnCount][];
        for (int column = 0; column < columns.Length; column++)
        {
            columns[column] = new float[matrix.RowCount];
            for (int row = 0; row < matrix.RowCount; row++)
            {
                columns[column][row] = matrix.Row(row)[column];
            }

            Array.Sort(columns[column]);
        }

        return columns;
    }

    private static string Shorten(string text) => text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
}
