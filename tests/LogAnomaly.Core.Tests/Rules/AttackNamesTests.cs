using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>Names of ATT&amp;CK techniques.</summary>
public sealed class AttackNamesTests
{
    [Theory]
    [InlineData("T1110", "Brute Force")]
    [InlineData("T1110.001", "Brute Force: Password Guessing")]
    [InlineData("t1110.003", "Brute Force: Password Spraying")]
    [InlineData("T1190", "Exploit Public-Facing Application")]
    [InlineData("T1685", "Disable or Modify Tools")]
    [InlineData("T1685.006", "Disable or Modify Tools: Clear Linux or Mac System Logs")]
    [InlineData("T1690", "Prevent Command History Logging")]
    [InlineData("T1562.001", "Impair Defenses: Disable or Modify Tools")]
    [InlineData("T1070.001", "Indicator Removal: Clear Windows Event Logs")]
    [InlineData("T1086", "PowerShell")]
    public void A_technique_has_its_name_and_a_part_of_one_both(string id, string name) =>
        Assert.Equal(name, AttackNames.Of(id));

    [Theory]
    [InlineData("")]
    [InlineData("T9999")]
    [InlineData("T1110.999")]
    [InlineData("attack.t1110")]
    [InlineData("#")]
    public void What_is_unknown_has_no_name(string id) => Assert.Null(AttackNames.Of(id));

    [Fact]
    public void All_names_of_the_table_are_read() => Assert.Equal(858, AttackNames.Count);
}
