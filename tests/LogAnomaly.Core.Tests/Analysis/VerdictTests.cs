using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class VerdictTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("verdict").FullName;

    private string FilePath => Path.Combine(_folder, "v.jsonl");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void What_was_marked_benign_falls_to_informational_and_says_so()
    {
        VerdictSet set = new(
            [LogVerdict.On(Finding(62, "10.1.2.3"), VerdictKind.Benign, "our scanner", s_now, "anna")]);
        VerdictChange change = set.Judge(Finding(62, "10.1.2.3"), s_now)!;
        Assert.Equal(
            (12.4, Severity.Informational, 1.0), (change.After.Score, change.After.Severity, change.Similarity));
        Assert.Equal(62, change.Before.Score);
        Reason reason = Assert.Single(change.After.Reasons, reason => reason.Code == "Verdict");
        Assert.Equal("Marked benign on 2026-06-01 by anna because our scanner; score 62 -> 12.4", reason.Sentence);
        Assert.Equal(1, change.After.Reasons.Sum(other => other.Contribution), 9);
        Assert.Equal("guess", change.After.Title);
        Assert.Equal("10.1.2.3", change.After.SourceIP);
    }

    [Theory]
    [InlineData("10.1.2.99", 60, 36)]
    [InlineData("10.9.9.9", 60, 48)]
    [InlineData("2001:db8::1", 60, 48)]
    public void What_is_partly_like_it_falls_less(string source, double before, double after) =>
        Assert.Equal(
            after, new VerdictSet([Verdict(VerdictKind.Benign)]).Judge(Finding(before, source), s_now)!.After.Score);

    [Theory]
    [InlineData("10.1.2.3", 40, 75)]
    [InlineData("10.1.2.3", 80, 90)]
    [InlineData("10.1.2.99", 40, 55)]
    [InlineData("10.9.9.9", 40, 47.5)]
    public void What_is_like_something_malicious_rises(string source, double before, double after)
    {
        VerdictChange change = new VerdictSet([Verdict(VerdictKind.Malicious)]).Judge(Finding(before, source), s_now)!;
        Assert.Equal(after, change.After.Score);
        Assert.True(change.After.Severity >= change.Before.Severity);
    }

    [Fact]
    public void Another_rule_kind_or_template_is_not_like_it()
    {
        VerdictSet set = new(
            [Verdict(VerdictKind.Benign), LogVerdict.On(Learned("t1"), VerdictKind.Benign, "known", s_now)]);
        Assert.Null(set.Judge(new Anomaly(null)
        {
            RuleId = "SSH-02",
            Score = 60,
            EntityType = "SourceIP",
            Entity = "10.1.2.3",
            Kind = LogKind.Authentication,
        }, s_now));
        Assert.Null(set.Judge(new Anomaly(null)
        {
            RuleId = "SSH-01",
            Score = 60,
            EntityType = "SourceIP",
            Entity = "10.1.2.3",
            Kind = LogKind.Windows,
        }, s_now));
        Assert.Null(set.Judge(Learned("t2"), s_now));
        Assert.NotNull(set.Judge(Learned("t1"), s_now));
    }

    [Fact]
    public void The_most_similar_decides_then_the_newest_and_none_that_has_expired()
    {
        LogVerdict wide = LogVerdict.On(Finding(60, "10.1.2.9"), VerdictKind.Malicious, "wide", s_now.AddDays(2));
        LogVerdict old = Verdict(VerdictKind.Malicious);
        LogVerdict late = LogVerdict.On(
            Finding(60, "10.1.2.3"), VerdictKind.Benign, "late", s_now.AddDays(1)) with { Until = s_now.AddDays(9) };
        VerdictSet set = new([wide, late, old]);
        Assert.Equal("late", set.Find(Finding(60, "10.1.2.3"), s_now, out _)!.Because);
        Assert.Same(old, set.Find(Finding(60, "10.1.2.3"), s_now.AddDays(10), out _));
    }

    [Fact]
    public void An_analysis_is_ranked_again_and_notes_what_changed()
    {
        Anomaly low = Finding(40, "192.0.2.1");
        LogAnalysis analysis = new() { Anomalies = [Finding(62, "10.1.2.3"), low] };
        new VerdictSet([Verdict(VerdictKind.Benign)]).Apply(analysis, s_now);
        Assert.Equal(["192.0.2.1", "10.1.2.3"], analysis.Anomalies.Select(anomaly => anomaly.Entity!));
        Assert.Equal(2, analysis.Changed.Count);
        Assert.Equal(2, analysis.WithAnomalies([]).Changed.Count);
    }

    [Fact]
    public void A_run_with_verdicts_ranks_the_finding_that_was_marked_in_an_earlier_one()
    {
        string log = Samples.ErrorLog(
            2_000, (400, "[core:crit] [pid 77:tid 1] AH00052: child pid 812 exit signal Segmentation fault (11)"));
        Anomaly found = Assert.Single(Samples.Analyse(log).Anomalies);
        VerdictFile.Add(FilePath, [LogVerdict.On(found, VerdictKind.Benign, "known crash", s_now)]);
        LogAnalysis again = Samples.Analyse(
            log,
            new AnalysisOptions { Verdicts = new VerdictSet(VerdictFile.Read(FilePath)), SuppressionTime = s_now });
        Anomaly ranked = Assert.Single(again.Anomalies);
        Assert.Equal(Severity.Informational, ranked.Severity);
        Assert.Equal(found.Score, Assert.Single(again.Changed).Before.Score);
        Assert.Empty(Samples.Analyse(log, new AnalysisOptions
        {
            Verdicts = new VerdictSet(VerdictFile.Read(FilePath)),
            MinimumSeverity = Severity.Low,
        }).Anomalies);
    }

    [Fact]
    public void A_file_keeps_what_it_holds_one_verdict_a_line()
    {
        LogVerdict first = Verdict(VerdictKind.Benign) with { Until = s_now.AddDays(1) };
        VerdictFile.Add(FilePath, [first]);
        File.WriteAllText(FilePath, File.ReadAllText(FilePath)
            .Replace("\"Because\"", "\"Ticket\":\"T-1\",\"Because\"", StringComparison.Ordinal) + "\n");
        VerdictFile.Add(FilePath, [LogVerdict.On(Learned("t1"), VerdictKind.Malicious, "second", s_now)]);
        IReadOnlyList<LogVerdict> read = VerdictFile.Read(FilePath);
        Assert.Equal(2, File.ReadAllLines(FilePath).Length);
        Assert.Equal(first, read[0] with { Others = first.Others });
        Assert.Contains("\"Ticket\":\"T-1\"", File.ReadAllText(FilePath), StringComparison.Ordinal);
        Assert.Matches("^V-[0-9a-f]{8}$", read[1].Id);
        Assert.Equal(
            ("RareTemplate", "t1", VerdictKind.Malicious), (read[1].Detector, read[1].TemplateId, read[1].Kind));
    }

    [Theory]
    [InlineData("{", "no JSON")]
    [InlineData("[]", "no JSON object")]
    [InlineData("{\"Id\":\"V-1\",\"Because\":\" \"}", "empty")]
    [InlineData(
        "{\"Id\":\"V-1\",\"Because\":\"x\",\"Kind\":\"Odd\",\"EventKind\":\"Access\",\"MarkedAt\":\"2026-01-01\"}",
        "Kind is 'Odd'")]
    [InlineData(
        "{\"Id\":\"V-1\",\"Because\":\"x\",\"Kind\":\"7\",\"EventKind\":\"Access\",\"MarkedAt\":\"2026-01-01\"}",
        "Kind is '7'")]
    [InlineData("{\"Id\":\"V-1\",\"Because\":\"x\",\"Kind\":\"Benign\",\"EventKind\":\"Access\",\"MarkedAt\":\"soon\"}",
        "MarkedAt is 'soon'")]
    [InlineData("{\"Id\":\"V-1\",\"Id\":\"V-2\"}", "second time")]
    [InlineData("{\"\\ud800\":\"V-2\"}", "")]
    public void A_file_with_a_fault_is_refused_with_its_line_and_stays_as_it_is(string line, string cause)
    {
        VerdictFile.Add(FilePath, [Verdict(VerdictKind.Benign)]);
        File.AppendAllText(FilePath, line + "\n");
        string before = File.ReadAllText(FilePath);
        InvalidDataException error =
            Assert.Throws<InvalidDataException>(() => VerdictFile.Add(FilePath, [Verdict(VerdictKind.Benign)]));
        Assert.Contains("line 2: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(FilePath));
    }

    private static LogVerdict Verdict(VerdictKind kind) =>
        LogVerdict.On(Finding(60, "10.1.2.3"), kind, "because", s_now);

    private static Anomaly Finding(double score, string source) => new(null)
    {
        RuleId = "SSH-01",
        Score = score,
        Severity = LogAnomaly.Detection.Score.SeverityOf(score),
        Title = "guess",
        Detector = "Rule",
        Kind = LogKind.Authentication,
        EntityType = "SourceIP",
        Entity = source,
        SourceIP = source,
        Reasons = [new Reason("Rule", "Rule", "", "", 1, "Many failures.")],
    };

    private static Anomaly Learned(string template) => new(null)
    {
        Score = 55, Severity = Severity.Medium, Title = "rare", Detector = "RareTemplate", TemplateId = template,
        Kind = LogKind.System,
        Reasons = [new Reason("RareTemplate", "Template", "", "", 1, "Rare.")],
    };
}
