using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class SuppressionSetTests
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("SourceIP", "10.1.2.3", true)]
    [InlineData("source.ip", "10.0.0.0/8", true)]
    [InlineData("c-ip", "10.1.2.*", true)]
    [InlineData("Source", "10.1.0.0/16", true)]
    [InlineData("SourceIP", "10.9.9.9/8", true)]
    [InlineData("SourceIP", "::ffff:10.1.2.3", true)]
    [InlineData("SourceIP", "10.1.2.0/31", false)]
    [InlineData("SourceIP", "2001:db8::/32", false)]
    [InlineData("user.name", "deploy", true)]
    [InlineData("UserName", "Deploy", false)]
    [InlineData("UserName", "d?pl*", true)]
    [InlineData("host.name", "WEB1", true)]
    [InlineData("process.name", "sshd", true)]
    [InlineData("Program", "ssh", false)]
    [InlineData("Entity", "10.0.0.0/8", true)]
    [InlineData("EntityType", "sourceip", true)]
    [InlineData("Detector", "Rule", true)]
    [InlineData("TemplateId", "ab12", true)]
    [InlineData("Title", "*guess*", true)]
    [InlineData("Severity", "medium", true)]
    [InlineData("rule.id", "SSH-0?", true)]
    [InlineData("Technique", "T1110.*", true)]
    [InlineData("Path", "/var/log/auth.log*", true)]
    [InlineData("Path", "/var/log/auth.log", false)]
    [InlineData("Command", "*", false)]
    [InlineData("no such field", "*", false)]
    public void A_field_by_any_of_its_names_is_compared_with_a_text_wildcards_or_a_network(
        string field, string value, bool matches)
    {
        LogSuppression? found = Set(Of(field, value)).Find(Guessing(), s_now);
        Assert.Equal(matches, found is not null);
    }

    [Theory]
    [InlineData("SSH-01", true)]
    [InlineData("ssh-*", true)]
    [InlineData("SSH-0", false)]
    [InlineData("WEB-*", false)]
    public void The_rule_matches_with_wildcards(string rule, bool matches) =>
        Assert.Equal(matches, Set(Of("UserName", "deploy") with { RuleId = rule }).Find(Guessing(), s_now) is not null);

    [Fact]
    public void A_rule_matches_no_finding_that_is_of_no_rule() =>
        Assert.Null(Set(Of("Title", "*") with { RuleId = "*" }).Find(new Anomaly(null) { Title = "rare" }, s_now));

    [Fact]
    public void All_fields_must_match_each_with_one_of_its_values()
    {
        LogSuppression both = Of("SourceIP", "192.0.2.1") with
        {
            Fields = new Dictionary<string, IReadOnlyList<string>>
            {
                ["SourceIP"] = ["192.0.2.1", "10.0.0.0/8"],
                ["UserName"] = ["deploy"],
            },
        };
        Assert.Same(both, Set(both).Find(Guessing(), s_now));
        LogSuppression other = both with
        {
            Fields = new Dictionary<string, IReadOnlyList<string>>
            {
                ["SourceIP"] = ["10.0.0.0/8"],
                ["UserName"] = ["root"],
            },
        };
        Assert.Null(Set(other).Find(Guessing(), s_now));
    }

    [Fact]
    public void A_finding_about_an_account_is_not_hidden_for_one_of_the_files_that_prove_it()
    {
        Anomaly two = new(null)
        {
            RuleId = "X-1",
            Evidence = [new Evidence("/a.log", 1, null, "one"), new Evidence("/b.log", 1, null, "two")],
        };
        Assert.Null(Set(Of("Path", "/a.log")).Find(two, s_now));
        Assert.NotNull(Set(Of("Path", "/?.log")).Find(two, s_now));
    }

    [Fact]
    public void A_finding_about_many_sources_is_not_hidden_for_the_last_of_them()
    {
        Anomaly spread = new(null)
        {
            RuleId = "SSH-05", EntityType = "Account", Entity = "root", UserName = "root", SourceIP = "10.1.2.3",
            VaryingFields = [LogField.SourceIP],
        };
        Assert.Null(Set(Of("SourceIP", "10.0.0.0/8")).Find(spread, s_now));
        Assert.Null(Set(Of("Source", "10.0.0.0/8")).Find(spread, s_now));
        Assert.NotNull(Set(Of("UserName", "root")).Find(spread, s_now));
        Assert.NotNull(Set(LogSuppression.Like(spread, "known") with { Id = "S-1" }).Find(spread, s_now));
    }

    [Fact]
    public void What_has_expired_hides_nothing_and_the_time_of_the_log_does_not_matter()
    {
        LogSuppression ends = Of("UserName", "deploy") with { Until = s_now };
        Assert.NotNull(Set(ends).Find(Guessing(), s_now.AddTicks(-1)));
        Assert.Null(Set(ends).Find(Guessing(), s_now));
        Assert.NotNull(Set(ends with { Until = null }).Find(Guessing(), DateTimeOffset.MaxValue));
    }

    [Fact]
    public void The_first_that_matches_and_has_not_expired_is_the_one_that_hides()
    {
        LogSuppression expired = Of("UserName", "deploy") with { Id = "S-1", Until = s_now.AddDays(-1) };
        LogSuppression first = Of("UserName", "dep*") with { Id = "S-2" };
        LogSuppression second = Of("UserName", "deploy") with { Id = "S-3" };
        Assert.Same(first, Set(expired, first, second).Find(Guessing(), s_now));
    }

    [Fact]
    public void A_name_with_a_wildcard_in_it_can_be_meant_as_it_stands()
    {
        Anomaly star = new(null) { RuleId = "X-1", UserName = "*" };
        Anomaly root = new(null) { RuleId = "X-1", UserName = "root" };
        SuppressionSet set = Set(Of("UserName", LogSuppression.EscapeWildcards("*")));
        Assert.NotNull(set.Find(star, s_now));
        Assert.Null(set.Find(root, s_now));
        Assert.True(new ValuePattern(LogSuppression.EscapeWildcards("a`?*b"), false).IsMatch("a`?*b"));
    }

    [Fact]
    public void One_that_would_hide_everything_is_refused()
    {
        LogSuppression all = new() { Id = "S-1", Because = "I do not care" };
        Assert.Contains(
            "hide every finding", Assert.Throws<FormatException>(() => Set(all)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Set(all with { RuleId = "**" }));
        Assert.Throws<FormatException>(() => Set(all with { RuleId = "SSH-01", Because = " " }));
        Assert.Throws<FormatException>(() => Set(Of("SourceIP", "10.0.0.0/33")));
    }

    [Fact]
    public void Hidden_anomalies_are_counted_in_the_ledger_and_kept_beside_those_that_are_shown()
    {
        (int, string)[] planted =
        [
            (400, "[core:crit] [pid 77:tid 1] AH00052: child pid 812 exit signal Segmentation fault (11)"),
            (1_500,
                "[ssl:emerg] [pid 77:tid 1] AH02572: Failed to configure at least one certificate and key for www.example:443"),
        ];
        string log = Samples.ErrorLog(2_000, planted);
        LogSuppression crash = Of("ErrorCode", "AH00052");
        AnalysisOptions options =
            new() { Suppressions = Set(Of("UserName", "nobody"), crash), SuppressionTime = s_now };
        LogAnalysis plain = Samples.Analyse(log);
        LogAnalysis analysis = Samples.Analyse(log, options);
        Assert.Equal(2, plain.Anomalies.Count);
        Assert.Empty(plain.Suppressed);
        Assert.Equal(1_500, Assert.Single(analysis.Anomalies).Evidence[0].LineNumber);
        SuppressedAnomaly hidden = Assert.Single(analysis.Suppressed);
        Assert.Same(crash, hidden.Suppression);
        Assert.Equal(400, hidden.Anomaly.Evidence[0].LineNumber);
        Assert.Equal([new NameCount("S-9", 1)], analysis.Ledger.Suppressed);
        Assert.Equal(1, analysis.Summary.Timeline.Sum(bucket => bucket.Anomalies));
        Assert.Null(hidden.Anomaly.Event);
        Assert.Null(analysis.Anomalies[0].Event);
    }

    private static SuppressionSet Set(params LogSuppression[] suppressions) => new(suppressions);

    private static LogSuppression Of(string field, string value) => new()
    {
        Id = "S-9",
        Because = "our own",
        Until = s_now.AddDays(90),
        Fields = new Dictionary<string, IReadOnlyList<string>> { [field] = [value] },
    };

    private static Anomaly Guessing() => new(null)
    {
        RuleId = "SSH-01",
        RuleName = "SSH password guessing",
        Techniques = ["T1110.001"],
        Title = "SSH password guessing",
        Detector = "Rule",
        Severity = Severity.Medium,
        EntityType = "SourceIP",
        Entity = "10.1.2.3",
        SourceIP = "10.1.2.3",
        UserName = "deploy",
        HostName = "web1",
        Program = "sshd",
        TemplateId = "ab12",
        Evidence = [new Evidence("/var/log/auth.log.1", 7, null, "Failed password")],
    };
}
