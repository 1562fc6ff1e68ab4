using LogAnomaly.Analysis;
using LogAnomaly.Rules;
using LogAnomaly.Tests.Parsing;

namespace LogAnomaly.Tests.Analysis;

public sealed class RuleRunTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(1_024)]
    [InlineData(50_000)]
    public void Every_event_is_judged_once_and_in_order(int lines)
    {
        RuleRun run = new(RuleSet.Compile([Everything()]));
        foreach (LogEvent logEvent in Samples.Read(Samples.ErrorLog(lines), out _))
        {
            run.Add(logEvent);
        }

        IReadOnlyList<RuleFinding> findings = run.Complete();
        Assert.Equal(lines, findings.Sum(finding => finding.Count));
        Assert.Equal(findings.OrderBy(finding => finding.FirstSeen), findings);
    }

    [Fact]
    public void After_waiting_nothing_is_outstanding()
    {
        RuleRun run = new(RuleSet.Compile([Everything()]));
        List<LogEvent> events = Samples.Read(Samples.ErrorLog(5_000), out _);
        events.ForEach(run.Add);
        run.Wait();
        events.ForEach(run.Add);
        Assert.Equal(10_000, run.Complete().Sum(finding => finding.Count));
    }

    private static LogRule Everything() => new()
    {
        Id = "TEST-01",
        Title = "Any message",
        Severity = Severity.Low,
        Condition = new FieldTest("Message", TestOperator.Exists, ""),
    };
}
