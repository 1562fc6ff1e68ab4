using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;
using LogAnomaly.Synthesis;
using LogAnomaly.Tests.Parsing;

namespace LogAnomaly.Tests.Analysis;

public sealed class LogAnalyzerTests
{
    private static readonly (int, string)[] s_planted =
    [
        (400, "[core:crit] [pid 77:tid 1] AH00052: child pid 812 exit signal Segmentation fault (11)"),
        (900, "[core:crit] [pid 77:tid 1] AH00052: child pid 977 exit signal Segmentation fault (11)"),
        (1_500,
            "[ssl:emerg] [pid 77:tid 1] AH02572: Failed to configure at least one certificate and key for www.example:443"),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Planted_lines_are_found_and_nothing_else_whatever_the_seed(int seed)
    {
        LogAnalysis analysis = Samples.Analyse(Samples.ErrorLog(2_000, s_planted), new AnalysisOptions { Seed = seed });
        Assert.Equal([400L, 900, 1_500], analysis.Anomalies.Select(a => a.Evidence[0].LineNumber).Order());
    }

    [Fact]
    public void The_labelled_lines_of_the_seed_log_are_found_and_nothing_else_for_twenty_seeds()
    {
        string path = Corpora.Require("seed-toolkit/error.log");
        string[] lines = File.ReadAllLines(path);
        List<long> labelled =
        [
            .. Enumerable.Range(0, lines.Length)
                .Where(i => new[] { "AH01234", "AH02545", "AH09999" }.Any(code =>
                    lines[i].Contains(code, StringComparison.Ordinal)))
                .Select(i => i + 1L),
        ];
        Assert.Equal(31, labelled.Count);
        for (int seed = 1; seed <= 20; seed++)
        {
            LogAnalysis analysis = Samples.Analyse(File.ReadAllText(path), new AnalysisOptions { Seed = seed });
            Assert.Equal(labelled, analysis.Anomalies.Select(a => a.Evidence[0].LineNumber).Order());
        }
    }

    [Fact]
    public void An_analysis_with_chosen_anomalies_keeps_its_events_and_counts_the_chosen_ones_in_its_timeline()
    {
        LogAnalysis analysis = Samples.Analyse(Samples.ErrorLog(2_000, s_planted));
        Anomaly chosen = analysis.Anomalies[^1];
        LogAnalysis smaller = analysis.WithAnomalies([chosen]);
        Assert.Equal(3, analysis.Summary.Timeline.Sum(bucket => bucket.Anomalies));
        TimelineBucket marked = Assert.Single(smaller.Summary.Timeline, bucket => bucket.Anomalies > 0);
        Assert.Equal(1, marked.Anomalies);
        Assert.InRange(chosen.Timestamp!.Value, marked.Start, marked.Start + smaller.Summary.TimelineStep);
        Assert.Equal(
            analysis.Summary.Timeline.Select(bucket => bucket.Counts),
            smaller.Summary.Timeline.Select(bucket => bucket.Counts));
        Assert.Equal(analysis.Summary.EventCount, smaller.Summary.EventCount);
        Assert.Equal([chosen], smaller.Anomalies);
    }

    [Fact]
    public void Every_anomaly_has_reasons_that_add_up_and_evidence_and_knows_its_analysis()
    {
        LogAnalysis analysis = Samples.Analyse(Samples.ErrorLog(2_000, s_planted));
        Assert.All(analysis.Anomalies, anomaly =>
        {
            Assert.Equal(1, anomaly.Reasons.Sum(reason => reason.Contribution), 9);
            Assert.All(anomaly.Reasons, reason => Assert.False(string.IsNullOrWhiteSpace(reason.Sentence)));
            Assert.Equal(anomaly.Reasons.OrderByDescending(reason => reason.Contribution), anomaly.Reasons);
            Assert.Contains(anomaly.Template!.Split('<')[0], anomaly.Evidence[0].Raw, StringComparison.Ordinal);
            Assert.Same(analysis, anomaly.GetAnalysis());
            Assert.InRange(anomaly.Score, analysis.MinimumScore, 100);
        });
        Anomaly segfault = analysis.Anomalies.First(a => a.Evidence[0].LineNumber == 400);
        Assert.Equal("RareTemplate", segfault.Reasons[0].Code);
        Assert.Contains("2 of 2,000", segfault.Reasons[0].Sentence, StringComparison.Ordinal);
        Assert.Equal(("Module", "core"), (segfault.EntityType, segfault.Entity));
    }

    [Fact]
    public void A_log_in_which_all_is_usual_gives_none() =>
        Assert.Empty(Samples.Analyse(Samples.ErrorLog(2_000)).Anomalies);

    [Fact]
    public void A_reason_never_calls_rare_what_is_not()
    {
        LogAnalysis analysis = Samples.Analyse(
            Samples.ErrorLog(600, s_planted), new AnalysisOptions { MinimumScore = 0 });
        Assert.Equal(600, analysis.Anomalies.Count);
        foreach (Reason reason in analysis.Anomalies.SelectMany(anomaly => anomaly.Reasons))
        {
            Match only = Regex.Match(reason.Sentence, "[Oo]nly ([0-9,]+) of ([0-9,]+)");
            if (only.Success)
            {
                Assert.True(Number(only.Groups[1]) <= 0.1 * Number(only.Groups[2]), reason.Sentence);
            }
        }

        static double Number(Group group) =>
            double.Parse(group.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Lines_that_are_all_alike_have_reasons_that_are_true()
    {
        LogAnalysis analysis = Samples.Analyse(
            string.Concat(Enumerable.Repeat("same thing\n", 31)), new AnalysisOptions { MinimumScore = 0 });
        Assert.Equal(31, analysis.Anomalies.Count);
        Assert.All(
            analysis.Anomalies, anomaly => Assert.Equal("UnusualCombination", Assert.Single(anomaly.Reasons).Code));
    }

    [Fact]
    public void An_empty_input_gives_an_empty_analysis()
    {
        LogAnalysis analysis = Samples.Analyse("");
        Assert.Empty(analysis.Anomalies);
        Assert.Empty(analysis.Templates);
        Assert.Equal(0, analysis.Summary.EventCount);
        Assert.Null(analysis.Summary.FirstSeen);
    }

    [Fact]
    public void A_lower_minimum_gives_more_and_the_worst_come_first()
    {
        string log = Samples.ErrorLog(2_000, s_planted);
        LogAnalysis wide = Samples.Analyse(log, new AnalysisOptions { MinimumScore = 0.5 });
        Assert.True(wide.Anomalies.Count > 3);
        Assert.Equal(wide.Anomalies.Select(a => a.Score).OrderDescending(), wide.Anomalies.Select(a => a.Score));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(20_000)]
    public void What_chance_puts_into_a_log_is_not_reported_unless_asked_for(int lines)
    {
        Assert.Equal(25, Samples.Analyse(Samples.ErrorLog(lines)).MinimumScore);
        Assert.Equal(
            7, Samples.Analyse(Samples.ErrorLog(lines), new AnalysisOptions { MinimumScore = 7 }).MinimumScore);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_log_with_a_long_tail_of_rare_messages_has_no_rare_ones(int seed)
    {
        Random random = new(seed);
        StringBuilder log = new();
        for (int line = 0; line < 6_000; line++)
        {
            int statement = (int)(1 / (0.02 + (0.98 * random.NextDouble())));
            log.Append(
                CultureInfo.InvariantCulture,
                $"[Mon Jan 05 {line / 3600:00}:{line / 60 % 60:00}:{line % 60:00} 2026] [core:notice] [pid 7] {Word(statement)} is done\n");
        }

        Assert.Empty(Samples.Analyse(log.ToString()).Anomalies);

        static string Word(int number) => string.Concat(
            number.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + digit - '0'))) + "ing";
    }

    [Fact]
    public void A_long_log_gives_the_findings_of_its_rows_in_bounded_memory()
    {
        LogAnalyzer analyzer = new(new AnalysisOptions { Detectors = DetectorKinds.Learned });
        foreach (LogEvent logEvent in Samples.Read(Samples.ErrorLog(20_000, s_planted), out _))
        {
            analyzer.Add(logEvent);
        }

        LogAnalysis analysis = analyzer.Complete(TestContext.Current.CancellationToken);
        Assert.Equal([400L, 900, 1_500], analysis.Anomalies.Select(a => a.Evidence[0].LineNumber).Order());
    }

    [Fact]
    public void The_summary_is_exact()
    {
        LogSummary summary = Samples.Analyse(Samples.ErrorLog(600, s_planted[0])).Summary;
        Assert.Equal(600, summary.EventCount);
        Assert.Equal(600, summary.Timeline.Sum(bucket => bucket.Counts.Sum()));
        Assert.Equal(1, summary.Timeline.Sum(bucket => bucket.Anomalies));
        Assert.Equal(
            [new NameCount("Critical", 1), new NameCount("Notice", 399), new NameCount("Informational", 200)],
            summary.Levels);
        Assert.Equal(600, summary.Programs.Sum(program => program.Count));
        Assert.Equal(new NameCount("192.0.2.1", 200), Assert.Single(summary.Sources));
        Assert.InRange(summary.Timeline.Count, 1, 400);
    }

    [Fact]
    public void Events_without_a_reader_are_accounted_for_by_the_analyzer()
    {
        LogAnalyzer analyzer = new();
        foreach (LogEvent logEvent in LogSynthesizer.GenerateEvents(new SyntheticLogOptions { Count = 200 }))
        {
            analyzer.Add(logEvent);
        }

        ParseLedger ledger = analyzer.Complete(TestContext.Current.CancellationToken).Ledger;
        Assert.Equal((200, 200, 0), (ledger.LinesRead, ledger.Parsed, ledger.Unparsed));
    }

    [Fact]
    public void Events_of_a_reader_bring_its_account_with_them()
    {
        LogAnalyzer analyzer = new();
        foreach (LogEvent logEvent in Samples.Read(Samples.ErrorLog(10) + "\ngarbage\n", out _)
            .Where(e => e.LineNumber > 5))
        {
            analyzer.Add(logEvent);
        }

        LogAnalysis analysis = analyzer.Complete(TestContext.Current.CancellationToken);
        LedgerEntry entry = Assert.Single(analysis.Ledger.Entries);
        Assert.Equal((12, 10, 1, 1), (entry.LinesRead, entry.Parsed, entry.Unparsed, entry.Skipped));
        Assert.Equal(6, analysis.Summary.EventCount);
    }

    [Fact]
    public void An_analysis_ends_once()
    {
        LogAnalyzer analyzer = new();
        analyzer.Complete(TestContext.Current.CancellationToken);
        Assert.Throws<InvalidOperationException>(() => analyzer.Complete(TestContext.Current.CancellationToken));
    }
}
