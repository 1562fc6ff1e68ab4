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

    private readonly LogKind _kind;
    private readonly EventRowTable _table;
    private readonly RowJudgement _judgement;
    private readonly int _templateColumn;
    private readonly WeightedColumn[] _columns;

    /// <summary>Creates an explanation for the rows of a table.</summary>
    /// <param name="kind">Kind of the events.</param>
    /// <param name="table">The rows.</param>
    /// <param name="judgement">What the detectors say of them.</param>
    public Explanation(LogKind kind, EventRowTable table, RowJudgement judgement)
    {
        _kind = kind;
        _table = table;
        _judgement = judgement;
        _templateColumn = table.ColumnOf(RareTemplate.Column);
        _columns =
            [.. Enumerable.Range(0, table.Matrix.ColumnCount).Select(column => WeightedColumn.Of(table, column))];
    }

    /// <summary>The reasons for a row.</summary>
    /// <param name="row">Index of the row.</param>
    /// <returns>At least one reason, the weightiest first; their contributions add up to 1.</returns>
    public IReadOnlyList<Reason> ReasonsFor(int row)
    {
        double[] weights = Weigh(row);
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

    /// <summary>What would make a row usual, by the first model that can say.</summary>
    /// <param name="row">Index of the row.</param>
    /// <returns>A sentence, or null where no model says so.</returns>
    public string? NormalIf(int row)
    {
        for (int model = 0; model < _judgement.Models.Count; model++)
        {
            bool speaks = _judgement.ProbabilityOf(model, row) <= WorthSaying;
            if (speaks && Counterfactual.Find(
                _judgement.Models[model], _table.Matrix.Row(row)) is { Changes.Count: > 0 } found)
            {
                return NormalSentence.Of(found, TextNear);
            }
        }

        return NormalSentence.Of([.. Enumerable.Range(0, _table.Matrix.ColumnCount)
            .Where(column => _judgement.NewShare(row, column) < 1
                || (column == _templateColumn && _judgement.RareProbability(row) <= WorthSaying))
            .Select(column => (_table.Matrix.Names[column], _table.MostFrequent(column).Name))]);
    }

    // A number of a column of texts stands for how frequent the text is; the most frequent of them is shown.
    private string TextNear(int column, float number)
    {
        if (_table.Describe(0, column).Count < 0)
        {
            return FeatureText.Of(_table.Matrix.Names[column], number);
        }

        double count = Math.Pow(2, -number) * _table.EventCount;
        (string? text, int _) = _table.CountsOf(column)
            .OrderBy(entry => Math.Abs(entry.Count - count))
            .ThenBy(entry => entry.Text, StringComparer.Ordinal).First();
        return string.IsNullOrEmpty(text) ? "(none)" : text;
    }

    // How much each column bears of the decades by which the detectors' probabilities lie below 1.
    private double[] Weigh(int row)
    {
        double[] weights = new double[_table.Matrix.ColumnCount];
        for (int model = 0; model < _judgement.Models.Count; model++)
        {
            double probability = _judgement.ProbabilityOf(model, row);
            if (probability > WorthSaying)
            {
                continue;
            }

            IReadOnlyList<double> shares = _judgement.Models[model].Explain(_table.Matrix.Row(row));
            double positive = shares.Sum(share => Math.Max(share, 0));
            for (int column = 0; positive > 0 && column < weights.Length; column++)
            {
                weights[column] -= Math.Max(shares[column], 0) / positive * Math.Log10(probability);
            }
        }

        for (int column = 0; column < weights.Length && _judgement.NewProbability(row) <= WorthSaying; column++)
        {
            weights[column] -= Math.Log10(_judgement.NewShare(row, column));
        }

        double rare = _judgement.RareProbability(row);
        if (_templateColumn >= 0 && rare <= WorthSaying)
        {
            weights[_templateColumn] -= Math.Log10(rare);
        }

        return weights;
    }

    // A cut may fall on a column whose value is quite usual; only values in the outer tenth are worth a sentence.
    private bool StandsOut(int row, int column)
    {
        if (_table.Describe(row, column).Count >= 0)
        {
            return _columns[column].ShareFrom(_table.Matrix.Row(row)[column]) <= RareShare;
        }

        string name = _table.Matrix.Names[column];
        float value = _table.Matrix.Row(row)[column];
        (float low, float high) = Usual(column);
        string text = FeatureText.Of(name, value);
        return (value < low && text != FeatureText.Of(name, low))
            || (value > high && text != FeatureText.Of(name, high));
    }

    private (float Low, float High) Usual(int column) =>
        (_columns[column].Quantile(0.05), _columns[column].Quantile(0.95));

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
        int total = _table.EventCount;
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

    private string Noun() => _kind == LogKind.Access ? "request" : "event";

    private static string Shorten(string text) =>
        text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
}
