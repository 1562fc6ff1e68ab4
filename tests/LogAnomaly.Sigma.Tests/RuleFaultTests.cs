namespace LogAnomaly.Sigma.Tests;

/// <summary>How a fault reads.</summary>
public sealed class RuleFaultTests
{
    [Fact]
    public void A_fault_reads_like_a_compilers() =>
        Assert.Equal("a.yml:3: no title", new RuleFault("a.yml", 3, null, "no title").ToString());

    [Theory]
    [InlineData("detector: Oracle", "Rule OWN-01: there is no detector 'Oracle'.")]
    [InlineData("detector: Flood, parameters: { requests: many }",
        "Rule OWN-01: the parameter 'requests' is 'many'; it must be ")]
    [InlineData("detector: ImpossibleTravel, parameters: { geo: /nowhere/geo.csv }",
        "Rule OWN-01: the parameter 'geo' names no table of places: ")]
    public void A_learned_rule_that_cannot_be_made_is_told_with_its_line_and_the_others_run(
        string extension, string message)
    {
        string text = $$"""
            title: Whatever is common
            id: OWN-02
            logsource: { product: linux }
            detection:
              any: { Message: '*' }
              condition: any
            ---
            title: Something learned
            id: OWN-01
            loganomaly: { {{extension}} }
            """;

        SigmaRules read = SigmaReader.ReadText(text, "own.yml");

        RuleFault fault = Assert.Single(read.Faults);
        Assert.Equal(("own.yml", 8, "OWN-01"), (fault.Path, fault.LineNumber, fault.RuleId));
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
        Assert.Equal("OWN-02", Assert.Single(read.Rules).Id);
    }
}
