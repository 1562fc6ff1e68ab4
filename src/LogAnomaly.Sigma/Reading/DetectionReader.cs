using LogAnomaly.Rules;
using LogAnomaly.Sigma.Detection;
using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Reading;

/// <summary>Reads the <c>detection</c> of a rule.</summary>
internal static class DetectionReader
{
    /// <summary>Reads it.</summary>
    /// <param name="detection">The map.</param>
    /// <param name="options">How rules are read.</param>
    /// <returns>The condition that one event must satisfy, and the aggregation of old Sigma where there is
    /// one.</returns>
    /// <exception cref="RuleFormatException">It has a fault.</exception>
    public static (RuleCondition Condition, OldAggregation? Aggregation) Read(YamlMap detection, SigmaOptions options)
    {
        KeyValuePair<string, RuleCondition>[] selections =
        [
            .. detection.Entries.Where(entry => entry.Key is not ("condition" or "timeframe"))
                .Select(entry => KeyValuePair.Create(entry.Key, Selection.Read(entry.Value, options))),
        ];
        int line = detection.LineOf("condition");
        IReadOnlyList<string> texts = detection.TextsOf("condition");
        if (texts.Count == 0)
        {
            throw new RuleFormatException(line, "The detection has no condition.");
        }

        ConditionNames names = new("selection", selections);
        if (texts.Count == 1 && texts[0].IndexOf('|', StringComparison.Ordinal) is > 0 and int pipe)
        {
            return (ConditionParser.Parse(texts[0][..pipe], line, names),
                OldAggregation.Parse(texts[0][(pipe + 1)..], line));
        }

        return (Conditions.Any([.. texts.Select(text => ConditionParser.Parse(text, line, names))]), null);
    }
}
