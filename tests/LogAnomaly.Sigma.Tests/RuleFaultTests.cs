namespace LogAnomaly.Sigma.Tests;

/// <summary>How a fault reads.</summary>
public sealed class RuleFaultTests
{
    [Fact]
    public void A_fault_reads_like_a_compilers() =>
        Assert.Equal("a.yml:3: no title", new RuleFault("a.yml", 3, null, "no title").ToString());
}
