using LogAnomaly.Detection;
using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>Runs the detectors over the events of one kind and makes the anomalies.</summary>
internal sealed class AnomalyFinder
{
    private const int LongestTitle = 160;

    private readonly AnalysisOptions _options;
    private readonly LogAnalysis _analysis;

    /// <summary>Creates a finder.</summary>
    /// <param name="options">How to analyse.</param>
    /// <param name="analysis">The analysis that the anomalies come from.</param>
    public AnomalyFinder(AnalysisOptions options, LogAnalysis analysis)
    {
        _options = options;
        _analysis = analysis;
    }

    /// <summary>Finds the anomalies among events of one kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="events">The events, their templates mined, in the order of the input.</param>
    /// <param name="minimumScore">Least score that is reported.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The anomalies, in the order of the input.</returns>
    public IEnumerable<Anomaly> Find(LogKind kind, IReadOnlyList<LogEvent> events, double minimumScore, CancellationToken cancellation)
    {
        EventTable table = EventTable.Build(kind, events, cancellation);
        ILogDetectorModel? rare = table.Matrix.Names.Contains(RareTemplate.Column)
            ? new RareTemplate().Train(table.Matrix, cancellation)
            : null;
        (IsolationForestModel forest, double[] scores) = new IsolationForest(new ForestOptions { Seed = _options.Seed })
            .Fit(table.Matrix, cancellation);
        Verdict[] verdicts = Judge(table, rare, forest, scores, cancellation);
        Explanation? explanation = null;
        for (int row = 0; row < verdicts.Length; row++)
        {
            if (verdicts[row].Score >= minimumScore)
            {
                cancellation.ThrowIfCancellationRequested();
                explanation ??= new Explanation(table, rare, forest);
                yield return Make(table.Events[row], verdicts[row], explanation.ReasonsFor(row, verdicts[row].Rare, verdicts[row].Forest));
            }
        }
    }

    private static Verdict[] Judge(
        EventTable table, ILogDetectorModel? rare, IsolationForestModel forest, double[] scores, CancellationToken cancellation)
    {
        const int BlockSize = 4_096;
        Verdict[] verdicts = new Verdict[table.Matrix.RowCount];
        ParallelOptions parallel = new() { CancellationToken = cancellation };
        Parallel.For(0, (verdicts.Length + BlockSize - 1) / BlockSize, parallel, block =>
        {
            Span<double> probabilities = stackalloc double[2];
            int end = Math.Min((block + 1) * BlockSize, verdicts.Length);
            for (int row = block * BlockSize; row < end; row++)
            {
                ReadOnlySpan<float> values = table.Matrix.Row(row);
                double forestProbability = forest.TailProbability(scores[row]);
                double rareProbability = rare is null ? 1 : rare.TailProbability(rare.Score(values));
                probabilities[0] = forestProbability;
                probabilities[1] = rareProbability;
                double combined = Score.Combine(rare is null ? probabilities[..1] : probabilities);
                verdicts[row] = new Verdict(Score.Of(combined), rareProbability, forestProbability);
            }
        });
        return verdicts;
    }

    private Anomaly Make(LogEvent logEvent, Verdict verdict, IReadOnlyList<Reason> reasons)
    {
        (string? entityType, string? entity) = EntityOf(logEvent);
        return new Anomaly(_analysis)
        {
            Timestamp = logEvent.Timestamp,
            LastSeen = logEvent.Timestamp,
            Score = verdict.Score,
            Severity = Score.SeverityOf(verdict.Score),
            Title = TitleOf(logEvent, reasons[0]),
            Detector = verdict.Rare <= verdict.Forest ? nameof(RareTemplate) : nameof(IsolationForest),
            Kind = logEvent.Kind,
            EntityType = entityType,
            Entity = entity,
            HostName = logEvent.HostName,
            Program = logEvent.Program,
            UserName = logEvent.GetValue(LogField.UserName) as string,
            SourceIP = logEvent.GetValue(LogField.SourceIP) as string,
            Level = logEvent.Level,
            TemplateId = logEvent.TemplateId,
            Template = logEvent.Mined?.Text,
            Reasons = reasons,
            Evidence = new[] { Evidence.Of(logEvent) },
            Label = logEvent.Label,
            Event = _options.Suppressions is null ? null : logEvent,
        };
    }

    private static (string? Type, string? Value) EntityOf(LogEvent logEvent)
    {
        ReadOnlySpan<LogField> fields =
        [
            LogField.SourceIP, LogField.SourceHost, LogField.UserName, LogField.Module, LogField.Program, LogField.HostName,
        ];
        foreach (LogField field in fields)
        {
            if (logEvent.GetValue(field) is string value)
            {
                return (field.ToString(), value);
            }
        }

        return (null, null);
    }

    private static string TitleOf(LogEvent logEvent, Reason reason)
    {
        string what = (reason.Code, logEvent.Kind) switch
        {
            ("RareTemplate", _) => "Rare message",
            (_, LogKind.Access) => "Unusual request",
            (_, LogKind.Unparsed) => "Unusual line",
            _ => "Unusual event",
        };
        string text = logEvent.Message;
        text = text.Length <= LongestTitle ? text : string.Concat(text.AsSpan(0, LongestTitle), "…");
        return $"{what}: {text}";
    }

    private readonly record struct Verdict(double Score, double Rare, double Forest);
}
