using LogAnomaly.Analysis;
using LogAnomaly.Rules;
using LogAnomaly.Synthesis;
using Xunit;

namespace LogAnomaly.Sigma.Tests;

public sealed class SyntheticScenarioTests
{
    private static readonly RuleSet s_rules = RuleSet.Compile(BuiltInRules.Load().Rules);

    [Theory]
    [InlineData(SyntheticLogType.ApacheError)]
    [InlineData(SyntheticLogType.Access)]
    [InlineData(SyntheticLogType.Auth)]
    [InlineData(SyntheticLogType.System)]
    public void Every_rule_that_an_easy_incident_expects_fires_about_it(SyntheticLogType type)
    {
        List<SyntheticIncident> incidents = [];
        SyntheticLogOptions options = new()
        {
            Type = type, Scenarios = [SyntheticScenario.All], Difficulty = SyntheticDifficulty.Easy, Seed = 3,
        };
        foreach (SyntheticLine line in LogSynthesizer.Generate(options, incidents.Add))
        {
            Assert.NotEmpty(line.Text);
        }

        Assert.NotEmpty(incidents);
        LogAnalyzer analyzer = new(new AnalysisOptions { Rules = s_rules, Detectors = DetectorKinds.Rules });
        foreach (LogEvent logEvent in LogSynthesizer.GenerateEvents(options))
        {
            analyzer.Add(logEvent);
        }

        IReadOnlyList<Anomaly> findings = analyzer.Complete(TestContext.Current.CancellationToken).Anomalies;
        foreach (SyntheticIncident incident in incidents)
        {
            HashSet<long> lines = [.. incident.Lines];
            foreach (string rule in incident.Rules)
            {
                Assert.Contains(findings, finding => finding.RuleId == rule
                    && (lines.Count == 0
                        ? finding.Entity == incident.Entities[0].Value && finding.Timestamp >= incident.End
                        : finding.Evidence.Any(evidence => lines.Contains(evidence.LineNumber))));
            }
        }
    }

    [Fact]
    public void Every_rule_that_an_incident_expects_is_a_built_in_rule()
    {
        HashSet<string> known = [.. s_rules.Rules.Select(rule => rule.Id)];
        Assert.All(
            ScenarioFacts.All,
            facts => Assert.All(facts.Rules.SelectMany(ids => ids), id => Assert.Contains(id, known)));
    }
}
