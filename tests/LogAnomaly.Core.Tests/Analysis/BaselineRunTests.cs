using System.Globalization;
using System.Text;
using LogAnomaly.Analysis;
using LogAnomaly.Tests.Parsing;

namespace LogAnomaly.Tests.Analysis;

public sealed class BaselineRunTests
{
    private static readonly string[] s_paths =
        ["/", "/shop", "/shop/cart", "/about", "/news", "/style.css", "/logo.png"];

    private static readonly Lazy<LogBaseline> s_baseline = new(() => Learn(Requests(1, 8, (_, _) => null)));

    [Fact]
    public void An_event_that_the_baseline_does_not_know_is_told_of_as_it_comes()
    {
        LogAnalyzer analyzer = new(new AnalysisOptions { Baseline = s_baseline.Value });
        int whenFound = -1;
        int count = 0;
        foreach (LogEvent logEvent in Samples.Read(Requests(2, 1, Planted), out _))
        {
            analyzer.Add(logEvent);
            count++;
            whenFound = whenFound < 0 && analyzer.FoundSoFar.Count > 0 ? count : whenFound;
        }

        Assert.Equal(701, whenFound);
        Anomaly found = Assert.Single(
            analyzer.Complete(TestContext.Current.CancellationToken).Anomalies,
            anomaly => anomaly.Evidence[0].LineNumber == 701);
        Assert.InRange(found.Score, 25, 100);
        Assert.Equal("NewValue", found.Detector);
        Assert.Contains(
            found.Reasons,
            reason => reason.Code == "UnknownValue" && reason.Feature is "Method" or "UserAgent" or "UrlPath");
        Assert.Contains("It would be usual with", found.NormalIf, StringComparison.Ordinal);
    }

    [Fact]
    public void Further_days_of_the_same_traffic_are_quiet()
    {
        for (int seed = 3; seed < 8; seed++)
        {
            Assert.Empty(Analyse(
                Requests(seed, 2, (_, _) => null), new AnalysisOptions { Baseline = s_baseline.Value }).Anomalies);
        }
    }

    [Fact]
    public void A_baseline_that_was_written_judges_as_the_one_that_was_learned()
    {
        string log = Requests(2, 1, Planted);
        LogBaseline read = LogBaseline.Parse(s_baseline.Value.Json);
        Assert.Equal(Told(s_baseline.Value), Told(read));

        List<(long, double, string)> Told(LogBaseline baseline) =>
        [
            .. Analyse(log, new AnalysisOptions { Baseline = baseline }).Anomalies
                .Select(anomaly => (anomaly.Evidence[0].LineNumber, anomaly.Score, anomaly.Reasons[0].Sentence)),
        ];
    }

    [Fact]
    public void What_one_of_two_merged_hosts_does_every_day_is_normal()
    {
        LogBaseline other = Learn(
            Requests(5, 8, (minute, _) => minute % 40 == 0 ? ("PURGE", "/cache", "CacheTool/3.1", 200) : null));
        string log = Requests(6, 1, (minute, _) => minute == 700 ? ("PURGE", "/cache", "CacheTool/3.1", 200) : null);
        Assert.NotEmpty(Analyse(log, new AnalysisOptions { Baseline = s_baseline.Value }).Anomalies);
        Assert.Empty(
            Analyse(log, new AnalysisOptions { Baseline = LogBaseline.Merge([s_baseline.Value, other]) }).Anomalies);
    }

    [Fact]
    public void A_kind_that_was_not_learned_is_not_judged_event_by_event()
    {
        LogAnalysis analysis = Analyse(Samples.ErrorLog(500), new AnalysisOptions { Baseline = s_baseline.Value });
        Assert.DoesNotContain(analysis.Anomalies, anomaly => anomaly.Detector == "IsolationForest");
    }

    [Fact]
    public void Too_few_events_are_no_profile()
    {
        LogBaseline baseline = Learn(Samples.ErrorLog(150));
        Assert.DoesNotContain("\"model\"", baseline.Json, StringComparison.Ordinal);
        Assert.Empty(Analyse(Samples.ErrorLog(150), new AnalysisOptions { Baseline = baseline }).Anomalies);
    }

    [Fact]
    public void A_budget_holds_back_what_the_history_had_more_often()
    {
        string log = Requests(
            2, 4, (minute, _) => minute % 300 == 0 ? ("BREW", $"/pot/{minute}", $"Kettle/{minute}", 418) : null);
        LogAnalysis all = Analyse(log, new AnalysisOptions { Baseline = s_baseline.Value });
        LogAnalysis few = Analyse(log, new AnalysisOptions
        {
            Baseline = s_baseline.Value,
            AlertBudget = new AlertBudget(1, TimeSpan.FromDays(1)),
        });
        Assert.True(all.Anomalies.Count > 4, $"{all.Anomalies.Count} findings");

        // The history is quiet, so the budget of its own days is not touched: the run's findings are all news.
        Assert.Equal(all.Anomalies.Count, few.Anomalies.Count + few.HeldBack);
        Assert.Equal(25, all.MinimumScore);
        Assert.InRange(all.ExpectedFalseAlarmsPerDay, 1e-6, 0.1);
    }

    [Fact]
    public void Without_a_history_the_run_is_its_own()
    {
        string log = Samples.ErrorLog(
            20_000,
            [
                .. Enumerable.Range(0, 5)
                    .Select(i => (100 + (150 * i), "[core:crit] [pid 77] AH00107: the accept lock has failed")),
                .. Enumerable.Range(0, 2).Select(i =>
                    (9_000 + i, "[core:crit] [pid 77] AH00052: child pid 812 exit signal Segmentation fault (11)")),
            ]);
        LogAnalysis all = Samples.Analyse(log);
        LogAnalysis few = Samples.Analyse(
            log, new AnalysisOptions { AlertBudget = new AlertBudget(3, TimeSpan.FromDays(1)) });
        Assert.True(all.Anomalies.Count > 6, $"{all.Anomalies.Count} findings");
        Assert.InRange(few.Anomalies.Count, 0, 3);
        Assert.Equal(all.Anomalies.Count, few.Anomalies.Count + few.HeldBack);
        Assert.True(few.MinimumScore > all.MinimumScore);
        Assert.True(few.ExpectedFalseAlarmsPerDay <= all.ExpectedFalseAlarmsPerDay);
    }

    [Fact]
    public void Equal_runs_give_equal_findings()
    {
        string log = Requests(2, 1, Planted);
        Assert.Equal(
            Analyse(log, new AnalysisOptions { Baseline = s_baseline.Value }).Anomalies
                .Select(anomaly => (anomaly.Score, anomaly.Title)),
            Analyse(log, new AnalysisOptions { Baseline = s_baseline.Value }).Anomalies
                .Select(anomaly => (anomaly.Score, anomaly.Title)));
    }

    private static (string, string, string, int)? Planted(int minute, Random random) =>
        minute == 700 ? ("DEBUG", "/.hidden/x.php", "odd-agent/0.1", 200) : null;

    private static LogAnalysis Analyse(string log, AnalysisOptions options) => Samples.Analyse(log, options);

    private static LogBaseline Learn(string log)
    {
        BaselineLearner learner = new(new BaselineOptions { Name = "test", Created = DateTimeOffset.UnixEpoch });
        foreach (LogEvent logEvent in Samples.Read(log, out _))
        {
            learner.Add(logEvent);
        }

        return learner.Complete(TestContext.Current.CancellationToken);
    }

    // A request a minute from twenty clients; now and then something else.
    private static string Requests(
        int seed, int days, Func<int, Random, (string Method, string Path, string Agent, int Status)?> other)
    {
        Random random = new(seed);
        DateTime start = new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc).AddDays(10 * seed);
        StringBuilder log = new();
        for (int minute = 0; minute < days * 1_440; minute++)
        {
            int client = random.Next(20);
            string path = s_paths[random.Next(s_paths.Length)];
            int status = random.Next(20) == 0 ? 304 : 200;
            (string method, string target, string agent, int code) =
                other(minute, random)
                    ?? ("GET", path, client % 3 == 0 ? "Mozilla/5.0 (X11)" : "Mozilla/5.0 (Windows)", status);
            string stamp = start.AddMinutes(minute)
                .ToString("dd'/'MMM'/'yyyy':'HH':'mm':'ss", CultureInfo.InvariantCulture);
            int size = 500 + random.Next(2_000);
            log.Append(
                CultureInfo.InvariantCulture,
                $"192.0.2.{client} - - [{stamp} +0000] \"{method} {target} HTTP/1.1\" {code} {size} \"-\" \"{agent}\"\n");
        }

        return log.ToString();
    }
}
