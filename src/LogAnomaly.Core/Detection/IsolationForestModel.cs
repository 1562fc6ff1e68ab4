namespace LogAnomaly.Detection;

/// <summary>A trained isolation forest.</summary>
internal sealed class IsolationForestModel : ILogDetectorModel
{
    private readonly IsolationTree[] _trees;
    private readonly double _normal;
    private readonly TailFit _tail;
    private readonly int _columnCount;

    /// <summary>Creates a model.</summary>
    /// <param name="trees">Its trees.</param>
    /// <param name="normal">The paper's c(psi).</param>
    /// <param name="tail">Tail of the training rows' scores.</param>
    /// <param name="columnCount">Columns of the training rows.</param>
    public IsolationForestModel(IsolationTree[] trees, double normal, TailFit tail, int columnCount)
    {
        _trees = trees;
        _normal = normal;
        _tail = tail;
        _columnCount = columnCount;
    }

    /// <inheritdoc/>
    public string Name => nameof(IsolationForest);

    /// <summary>The paper's s(x, psi) = 2^(-E(h(x)) / c(psi)).</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="normal">The paper's c(psi).</param>
    /// <param name="row">The row.</param>
    /// <returns>The score, above 0 and below 1; about 0.5 for usual rows.</returns>
    public static double Score(IsolationTree[] trees, double normal, ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (IsolationTree tree in trees)
        {
            sum += tree.PathLength(row);
        }

        return normal > 0 ? Math.Pow(2, -sum / trees.Length / normal) : 0.5;
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<float> row) => Score(_trees, _normal, row);

    /// <inheritdoc/>
    public double TailProbability(double score) => _tail.ProbabilityFrom(score);

    /// <inheritdoc/>
    public IReadOnlyList<double> Explain(ReadOnlySpan<float> row)
    {
        double[] contributions = new double[_columnCount];
        foreach (IsolationTree tree in _trees)
        {
            tree.Attribute(row, contributions);
        }

        for (int i = 0; i < contributions.Length; i++)
        {
            contributions[i] /= _trees.Length;
        }

        return contributions;
    }
}
