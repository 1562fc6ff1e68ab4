using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Tests;

/// <summary>Reads rules of tests, and writes conditions so that a test can say what it expects in a line.</summary>
internal static class Rule
{
    /// <summary>The only rule of a text that has no fault.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The rule.</returns>
    public static LogRule One(string text)
    {
        SigmaRules rules = SigmaReader.ReadText(text, "rules/ssh/test.yml");
        Assert.Empty(rules.Faults);
        return Assert.Single(rules.Rules);
    }

    /// <summary>The only fault of a text that gives no rule.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The fault.</returns>
    public static RuleFault Fault(string text)
    {
        SigmaRules rules = SigmaReader.ReadText(text, "test.yml");
        Assert.Empty(rules.Rules);
        return Assert.Single(rules.Faults);
    }

    /// <summary>A rule with a detection.</summary>
    /// <param name="detection">Lines of the detection, without indentation.</param>
    /// <param name="options">How it is read.</param>
    /// <returns>What was read.</returns>
    public static SigmaRules Detection(string detection, SigmaOptions? options = null) =>
        SigmaReader.ReadText(
            "title: t\nid: i\nlogsource: { product: linux }\ndetection:\n  " + detection.ReplaceLineEndings("\n  "),
            "test.yml",
            options);

    /// <summary>The condition of a selection, in words.</summary>
    /// <param name="selection">The selection in YAML, in one line.</param>
    /// <param name="options">How it is read.</param>
    /// <returns>The condition.</returns>
    public static string Selection(string selection, SigmaOptions? options = null)
    {
        SigmaRules rules = Detection($"sel: {selection}\ncondition: sel", options);
        Assert.Empty(rules.Faults);
        return Text(Assert.Single(rules.Rules).Condition!);
    }

    /// <summary>A condition in words.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>The words.</returns>
    public static string Text(RuleCondition condition) => condition switch
    {
        AllOf all => $"({string.Join(" & ", all.Parts.Select(Text))})",
        AnyOf any => $"({string.Join(" | ", any.Parts.Select(Text))})",
        NotOf not => "!" + Text(not.Part),
        RuleReference rule => "@" + rule.Rule,
        FieldTest test => $"{test.Field ?? "line"}{(test.TimePart is { } part ? $".{part}" : "")} {test.Operator}"
            + $"{(test.IsCaseSensitive ? "!" : "")} '{test.Value}'",
        _ => throw new ArgumentException("Unknown condition.", nameof(condition)),
    };
}
