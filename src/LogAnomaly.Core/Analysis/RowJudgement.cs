using LogAnomaly.Detection;
using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>
/// What the detectors say of each distinct row: their tail probabilities, how many rows as odd are to be expected by
/// chance in the whole log, and the score that follows.
/// </summary>
internal sealed class RowJudgement
{
    private readonly EventRowTable _table;
    private readonly int _templateColumn;
    private readonly TemplateRarity? _rarity;
    private readonly double[][] _probabilities;
    private readonly double[] _newShares;
    private readonly Dictionary<int, double> _rareByCount = [];
    private readonly double[] _scores;

    private RowJudgement(
        EventRowTable table,
        int templateColumn,
        TemplateRarity? rarity,
        IReadOnlyList<ILogDetectorModel> models,
        double[][] probabilities)
    {
        _table = table;
        _templateColumn = templateColumn;
        _rarity = rarity;
        _probabilities = probabilities;
        _newShares = [.. Enumerable.Range(0, table.Matrix.ColumnCount).Select(column => ShareOfNew(table, column))];
        _scores = new double[table.Matrix.RowCount];
        Array.Fill(_scores, double.NaN);
        Models = models;
    }

    /// <summary>The models that looked at the rows.</summary>
    public IReadOnlyList<ILogDetectorModel> Models { get; }

    /// <summary>Lets the detectors judge a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="options">Which detectors, and their seed.</param>
    /// <param name="training">The rows that they learn from.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The judgement.</returns>
    public static RowJudgement Of(
        EventRowTable table, AnalysisOptions options, FeatureMatrix training, CancellationToken cancellation)
    {
        int templateColumn = table.ColumnOf(RareTemplate.Column);
        TemplateRarity? rarity = templateColumn < 0
            ? null
            : TemplateRarity.Of(table.CountsOf(templateColumn).Select(entry => (long)entry.Count));
        ILogDetectorModel[] models =
            [.. options.Models.Select(name => LogDetectors.Create(name, options.Seed).Train(training, cancellation))];
        double[][] probabilities = Array.ConvertAll(models, model => ProbabilitiesOf(model, table, cancellation));
        return new RowJudgement(table, templateColumn, rarity, models, probabilities);
    }

    /// <summary>The score of a row.</summary>
    /// <param name="row">Index of the row.</param>
    /// <returns>The score, 0 to 100.</returns>
    public double ScoreOf(int row)
    {
        // Many events share a row.
        if (double.IsNaN(_scores[row]))
        {
            _scores[row] = Judge(row);
        }

        return _scores[row];
    }

    private double Judge(int row)
    {
        Span<double> probabilities = stackalloc double[_probabilities.Length + 2];
        Span<double> expected = stackalloc double[_probabilities.Length + 2];
        int count = 0;

        // Where nothing is new there is nothing to say, neither for the row nor against it.
        double isNew = NewProbability(row);
        probabilities[count] = Math.Min(isNew, 0.5);
        expected[count++] = Math.Min(1, isNew * _table.EventCount);
        foreach (double[] detector in _probabilities)
        {
            probabilities[count] = detector[row];
            expected[count++] = Math.Min(1, detector[row] * _table.EventCount);
        }

        if (_rarity is not null)
        {
            probabilities[count] = RareProbability(row);
            expected[count++] = Math.Min(1, RarityOf(TemplateCount(row)) * _rarity.TemplateCount);
        }

        return Score.Of(Score.Combine(probabilities[..count]), Score.Combine(expected[..count]), _table.EventCount);
    }

    /// <summary>The detector whose say weighs most.</summary>
    /// <param name="row">Index of the row.</param>
    /// <returns>Its name.</returns>
    public string DetectorOf(int row)
    {
        double least = _rarity is null ? 2 : RareProbability(row);
        string name = nameof(RareTemplate);
        if (NewProbability(row) < least)
        {
            (least, name) = (NewProbability(row), ValueNovelty.Name);
        }

        for (int model = 0; model < _probabilities.Length; model++)
        {
            if (_probabilities[model][row] < least)
            {
                least = _probabilities[model][row];
                name = Models[model].Name;
            }
        }

        return name;
    }

    /// <summary>What a model says of a row.</summary>
    /// <param name="model">Index of the model.</param>
    /// <param name="row">Index of the row.</param>
    /// <returns>The tail probability.</returns>
    public double ProbabilityOf(int model, int row) => _probabilities[model][row];

    /// <summary>How rare the template of a row is.</summary>
    /// <param name="row">Index of the row.</param>
    /// <returns>The tail probability; 1 where rows have no template.</returns>
    public double RareProbability(int row) => _rarity is null
        ? 1
        : Math.Min(RarityOf(TemplateCount(row)), _rarity.ShareUpTo(TemplateCount(row)));

    /// <summary>How improbable the values of a row are that no other event has.</summary>
    /// <param name="row">Index of the row.</param>
    /// <returns>The probability; 1 where each value came more than once.</returns>
    public double NewProbability(int row)
    {
        Span<double> shares = stackalloc double[_newShares.Length];
        for (int column = 0; column < shares.Length; column++)
        {
            shares[column] = NewShare(row, column);
        }

        return ValueNovelty.Combine(_table.Matrix.Names, shares);
    }

    /// <summary>
    /// The share of events that bring a new value to a column, where the value of a row is new there.
    /// </summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="column">Index of the column.</param>
    /// <returns>The share; 1 where the value is not new.</returns>
    public double NewShare(int row, int column) => _table.Describe(row, column).Count == 1 ? _newShares[column] : 1;

    // The event itself is one of those that brought a new value; the template is judged by its rarity.
    private static double ShareOfNew(EventRowTable table, int column) =>
        table.Describe(0, column).Count < 0 || table.Matrix.Names[column] == RareTemplate.Column
            ? 1
            : ValueNovelty.ShareOf(
                Math.Max(0, table.CountsOf(column).LongCount(entry => entry.Count == 1) - 1), table.EventCount);

    private double RarityOf(int count)
    {
        if (!_rareByCount.TryGetValue(count, out double probability))
        {
            probability = _rarity!.ProbabilityOf(count);
            _rareByCount.Add(count, probability);
        }

        return probability;
    }

    private int TemplateCount(int row) => _table.Describe(row, _templateColumn).Count;

    // The tail is that of all events: what came a thousand times weighs a thousand times.
    private static double[] ProbabilitiesOf(
        ILogDetectorModel model, EventRowTable table, CancellationToken cancellation)
    {
        double[] scores = new double[table.Matrix.RowCount];
        model.ScoreAll(table.Matrix, scores, cancellation);
        int[] counts = new int[scores.Length];
        for (int row = 0; row < counts.Length; row++)
        {
            counts[row] = table.CountOf(row);
        }

        TailFit tail = TailFit.Of(scores, counts);
        return Array.ConvertAll(scores, tail.ProbabilityFrom);
    }
}
