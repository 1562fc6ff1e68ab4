using LogAnomaly.Analysis;
using LogAnomaly.Tests.Parsing;

namespace LogAnomaly.Tests.Analysis;

public sealed class AnomalyFeedTests
{
    private static readonly Lazy<LogBaseline> s_baseline = new(() =>
    {
        BaselineLearner learner = new(new BaselineOptions { Name = "usual" });
        foreach (LogEvent logEvent in Samples.Read(Samples.ErrorLog(500), out _))
        {
            learner.Add(logEvent);
        }

        return learner.Complete(TestContext.Current.CancellationToken);
    });

    [Fact]
    public void Each_anomaly_comes_once_and_what_a_baseline_finds_comes_before_the_end()
    {
        (List<Anomaly> early, List<Anomaly> rest, LogAnalysis analysis) = Run(
            Options() with { Baseline = s_baseline.Value });
        Assert.NotEmpty(early);
        Assert.Equal(early.Count + rest.Count, analysis.Anomalies.Count);
        Assert.Equal(analysis.Anomalies.ToHashSet(), early.Concat(rest).ToHashSet());
        Assert.Equal(rest.OrderByDescending(anomaly => anomaly.Score), rest);
    }

    [Fact]
    public void Without_a_baseline_or_with_what_changes_the_ranks_all_comes_at_the_end()
    {
        AnalysisOptions[] all =
        [
            Options(),
            Options() with { Baseline = s_baseline.Value, Suppressions = new SuppressionSet([]) },
            Options() with { Baseline = s_baseline.Value, Verdicts = new VerdictSet([]) },
        ];
        foreach (AnalysisOptions options in all)
        {
            (List<Anomaly> early, List<Anomaly> rest, LogAnalysis analysis) = Run(options);
            Assert.Empty(early);
            Assert.NotEmpty(rest);
            Assert.Equal(analysis.Anomalies, rest);
        }
    }

    [Fact]
    public void What_is_less_severe_than_asked_for_does_not_come_early_either()
    {
        (List<Anomaly> early, _, LogAnalysis analysis) =
            Run(Options() with { Baseline = s_baseline.Value, MinimumSeverity = Severity.Critical });
        Assert.Empty(early);
        Assert.Empty(analysis.Anomalies);
    }

    private static AnalysisOptions Options() => new() { MinimumScore = 1 };

    private static (List<Anomaly> Early, List<Anomaly> Later, LogAnalysis Analysis) Run(AnalysisOptions options)
    {
        LogAnalyzer analyzer = new(options);
        AnomalyFeed feed = new(analyzer, options);
        List<Anomaly> early = [];
        foreach (LogEvent logEvent in Samples.Read(Samples.ErrorLog(500), out _))
        {
            analyzer.Add(logEvent);
            early.AddRange(feed.TakeFound());
        }

        LogAnalysis analysis = analyzer.Complete(TestContext.Current.CancellationToken);
        return (early, [.. feed.Rest(analysis)], analysis);
    }
}
