using LogAnomaly.Rules;
using LogAnomaly.Sigma.Detection;
using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Reading;

/// <summary>Reads the <c>correlation</c> of a rule.</summary>
internal static class CorrelationReader
{
    private static readonly Dictionary<string, LogRuleType> s_types = new(StringComparer.Ordinal)
    {
        ["event_count"] = LogRuleType.EventCount,
        ["value_count"] = LogRuleType.ValueCount,
        ["value_sum"] = LogRuleType.ValueSum,
        ["value_avg"] = LogRuleType.ValueAverage,
        ["value_percentile"] = LogRuleType.ValuePercentile,
        ["temporal"] = LogRuleType.Temporal,
        ["temporal_ordered"] = LogRuleType.TemporalOrdered,
    };

    /// <summary>Reads it.</summary>
    /// <param name="map">The map.</param>
    /// <param name="rules">The rules that it names, with ids in place of those that it has within it.</param>
    /// <param name="extension">What our block adds.</param>
    /// <returns>The correlation and its type.</returns>
    /// <exception cref="RuleFormatException">It has a fault.</exception>
    public static (RuleCorrelation Correlation, LogRuleType Type) Read(
        YamlMap map, IReadOnlyList<string> rules, RuleExtension extension)
    {
        LogRuleType type = TypeOf(map);
        bool isTemporal = type is LogRuleType.Temporal or LogRuleType.TemporalOrdered;
        YamlNode? condition = map.Find("condition");
        if (isTemporal && condition is YamlText text && rules.Count == 0)
        {
            rules = NamesIn(text.Value);
        }

        if (rules.Count == 0)
        {
            throw new RuleFormatException(map.LineOf("rules"), "The correlation names no rules.");
        }

        RuleCorrelation correlation = new()
        {
            Rules = rules,
            GroupBy = map.TextsOf("group-by"),
            Timespan = TimespanOf(map),
            Aliases = AliasesOf(map),
            Generates = Switches.Read(map, "generate"),
            PerValue = extension.PerValue,
            LeastMedianGap = extension.MedianGap,
            Unless = extension.Unless,
        };
        return (isTemporal ? WithTemporal(correlation, type, condition) : WithBounds(correlation, type, map), type);
    }

    /// <summary>Key of the time span, which old documents call by another name.</summary>
    /// <param name="map">The correlation.</param>
    /// <returns>The key.</returns>
    public static string TimespanKey(YamlMap map) =>
        map.Find("timespan") is null && map.Find("timeframe") is not null ? "timeframe" : "timespan";

    private static LogRuleType TypeOf(YamlMap map)
    {
        string? name = map.TextOf("type");
        return s_types.TryGetValue(name ?? "", out LogRuleType type)
            ? type
            : throw new RuleFormatException(
                map.LineOf("type"),
                $"The type '{name}' of the correlation is not known; known are {string.Join(", ", s_types.Keys)}.");
    }

    private static TimeSpan TimespanOf(YamlMap map)
    {
        string key = TimespanKey(map);
        return Timespans.Parse(
            map.TextOf(key) ?? throw new RuleFormatException(map.Line, "The correlation has no timespan."),
            map.LineOf(key));
    }

    private static RuleCorrelation WithBounds(RuleCorrelation correlation, LogRuleType type, YamlMap map)
    {
        YamlMap condition = map.MapOf("condition")
            ?? throw new RuleFormatException(map.Line, "The correlation has no condition, such as gte: 5.");
        IReadOnlyList<CorrelationBound> bounds = Bounds.Read(condition, "field", "percentile");
        if (bounds.Count == 0)
        {
            throw new RuleFormatException(
                condition.Line, "The condition of the correlation has no bound, such as gte: 5.");
        }

        IReadOnlyList<string> fields = condition.TextsOf("field");
        if (type != LogRuleType.EventCount && fields.Count == 0)
        {
            throw new RuleFormatException(
                condition.Line, "The condition of the correlation has no field whose values are judged.");
        }

        double percentile = condition.Find("percentile") is { } node
            ? Bounds.NumberOf("percentile", node)
            : correlation.Percentile;
        return percentile is >= 0 and <= 100
            ? correlation with { Bounds = bounds, Fields = fields, Percentile = percentile }
            : throw new RuleFormatException(condition.LineOf("percentile"), "'percentile' goes from 0 to 100.");
    }

    private static RuleCorrelation WithTemporal(RuleCorrelation correlation, LogRuleType type, YamlNode? condition)
    {
        KeyValuePair<string, RuleCondition>[] named =
            [.. correlation.Rules.Select(rule => KeyValuePair.Create(rule, (RuleCondition)new RuleReference(rule)))];
        switch (condition)
        {
            case null:
                return correlation;
            case YamlText text:
                return correlation with
                {
                    Condition = ConditionParser.Parse(
                        text.Value, text.Line, new ConditionNames("rule of the correlation", named)),
                };
            case YamlMap map:
                int least = LeastOf(Bounds.Read(map), named.Length, map.Line);
                if (least == named.Length)
                {
                    return correlation;
                }

                if (type == LogRuleType.Temporal
                    && Conditions.AtLeast(least, [.. named.Select(one => one.Value)]) is { } choices)
                {
                    return correlation with { Condition = choices };
                }

                throw new RuleFormatException(
                    map.Line, "This many of the rules cannot be asked for; name them in a condition.");
            default:
                throw new RuleFormatException(
                    condition.Line, "The condition of the correlation is a list; it takes a map or a text.");
        }
    }

    // For the temporal types a bound is of the number of different rules that have hit.
    private static int LeastOf(IReadOnlyList<CorrelationBound> bounds, int count, int line)
    {
        bool Admits(int number) => bounds.All(bound => bound.Admits(number));
        int least = Enumerable.Range(1, count).FirstOrDefault(Admits);
        return least > 0 && Enumerable.Range(least, count - least + 1).All(Admits)
            ? least
            : throw new RuleFormatException(
                line, $"The bounds do not fit {count} rules: they have to be least numbers, such as gte: 2.");
    }

    private static string[] NamesIn(string condition) =>
    [
        .. condition.Split([' ', '\t', '\r', '\n', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.ToUpperInvariant() is not ("AND" or "OR" or "NOT" or "OF" or "ALL" or "ANY" or "THEM"))
            .Distinct(StringComparer.Ordinal),
    ];

    private static Dictionary<string, IReadOnlyDictionary<string, string>> AliasesOf(YamlMap map)
    {
        Dictionary<string, IReadOnlyDictionary<string, string>> aliases = new(StringComparer.Ordinal);
        foreach (YamlEntry alias in map.MapOf("aliases")?.Entries ?? [])
        {
            YamlMap fields = alias.Value as YamlMap
                ?? throw new RuleFormatException(
                    alias.Line, $"The alias '{alias.Key}' takes a map of rules to fields.");
            aliases[alias.Key] = fields.Entries.ToDictionary(
                entry => entry.Key,
                entry =>
                    fields.TextOf(entry.Key) ?? throw new RuleFormatException(entry.Line, "A field is missing here."),
                StringComparer.Ordinal);
        }

        return aliases;
    }
}
