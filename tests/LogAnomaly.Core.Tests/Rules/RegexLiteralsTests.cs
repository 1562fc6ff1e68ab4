using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

public class RegexLiteralsTests
{
    [Theory]
    [InlineData("union", "union")]
    [InlineData(@"(?i)union\s+select", "select")]
    [InlineData("(?:alpha|beta)", "alpha,beta")]
    [InlineData("(?:alpha|beta)?gamma", "gamma")]
    [InlineData("(?:alpha|b*)", null)]
    [InlineData("alph(?!beta)a", "alph")]
    [InlineData("colou?r", "colo")]
    [InlineData("go+gle", "gle")]
    [InlineData("x{0,2}yz", "yz")]
    [InlineData("[a-z]+", null)]
    [InlineData(@"\.\./", "../")]
    [InlineData(@"\x41BC", "ABC")]
    [InlineData(@"(a)\1", null)]
    [InlineData("(?x) a b c", null)]
    [InlineData("[a-z-[aeiou]]x", null)]
    [InlineData("(?<word>needle)", "needle")]
    [InlineData("a{b", "a{b")]
    public void Every_match_contains_one_of_the_literals(string pattern, string? literals) =>
        Assert.Equal(literals, RegexLiterals.Of(pattern) is { } found ? string.Join(',', found) : null);
}
