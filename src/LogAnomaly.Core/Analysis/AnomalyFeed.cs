namespace LogAnomaly.Analysis;

/// <summary>
/// The anomalies of a run in the order in which they can be told: those that a baseline finds as their events come,
/// then the rest. Each comes once.
/// </summary>
public sealed class AnomalyFeed
{
    private readonly LogAnalyzer _analyzer;
    private readonly AnalysisOptions _options;
    private readonly HashSet<Anomaly> _told = new(ReferenceEqualityComparer.Instance);
    private readonly bool _streams;
    private int _seen;

    /// <summary>Creates a feed.</summary>
    /// <param name="analyzer">The analyzer that finds them.</param>
    /// <param name="options">The options that the analyzer was made with.</param>
    public AnomalyFeed(LogAnalyzer analyzer, AnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(analyzer);
        ArgumentNullException.ThrowIfNull(options);
        _analyzer = analyzer;
        _options = options;

        // Suppressions and verdicts change what is told, and both are applied when all is known.
        _streams = options is { Baseline: not null, Suppressions: null, Verdicts: null };
    }

    /// <summary>What was found since the last call and will stand in the analysis as it is.</summary>
    /// <returns>The anomalies in the order of the input; none where only the end tells what is reported.</returns>
    public IReadOnlyList<Anomaly> TakeFound()
    {
        IReadOnlyList<Anomaly> found = _analyzer.FoundSoFar;
        if (!_streams || found.Count == _seen)
        {
            return [];
        }

        List<Anomaly> fresh = [];
        for (; _seen < found.Count; _seen++)
        {
            if (found[_seen].Severity >= _options.MinimumSeverity && _told.Add(found[_seen]))
            {
                fresh.Add(found[_seen]);
            }
        }

        return fresh;
    }

    /// <summary>The anomalies of the complete analysis that were not taken before.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <returns>The anomalies, the highest score first.</returns>
    public IEnumerable<Anomaly> Rest(LogAnalysis analysis)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        return analysis.Anomalies.Where(anomaly => !_told.Contains(anomaly));
    }
}
