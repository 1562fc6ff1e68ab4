using LogAnomaly.Rules;
using LogAnomaly.Sigma.Detection;
using LogAnomaly.Sigma.Yaml;

namespace LogAnomaly.Sigma.Reading;

/// <summary>Reads the rule of one document, and those that it has within it.</summary>
/// <param name="path">The file.</param>
/// <param name="options">How rules are read.</param>
internal sealed class DraftReader(string path, SigmaOptions options)
{
    /// <summary>Reads a document.</summary>
    /// <param name="map">The document.</param>
    /// <param name="id">Id where it is not to be that of the document, or null.</param>
    /// <returns>The rules, those first that serve the others.</returns>
    /// <exception cref="RuleFormatException">It has a fault.</exception>
    public IReadOnlyList<RuleDraft> Read(YamlMap map, string? id)
    {
        RuleExtension extension = RuleExtension.Read(map);
        string? name = map.TextOf("name");
        RuleDraft draft = new()
        {
            Path = path,
            Line = map.Line,
            Id = id ?? IdOf(map, name, extension),
            Name = name,
            Header = RuleHeader.Read(map, extension.IsPart ? name : null),
            Extension = extension,
            Type = LogRuleType.Detection,
            IsPart = extension.IsPart,
        };
        if (map.MapOf("correlation") is { } correlation)
        {
            return ReadCorrelation(draft, correlation);
        }

        if (map.MapOf("detection") is { } detection)
        {
            return ReadDetection(draft, detection);
        }

        if (extension.Detector is null)
        {
            throw new RuleFormatException(map.Line, map.Find("filter") is null
                ? "The rule has neither a detection nor a correlation."
                : "This is a filter of Sigma, which changes other rules; write a suppression in its place.");
        }

        return [draft with { Type = LogRuleType.Learned, Parameters = ParametersOf(draft, []) }];
    }

    private string IdOf(YamlMap map, string? name, RuleExtension extension)
    {
        if (map.TextOf("id")?.Trim() is { Length: > 0 } id)
        {
            return id;
        }

        return name is not null && !extension.IsPart && extension.Finding is null
            ? name
            : $"{path}#{name ?? $"{map.Line}"}";
    }

    private List<RuleDraft> ReadDetection(RuleDraft draft, YamlMap detection)
    {
        (RuleCondition condition, OldAggregation? aggregation) = DetectionReader.Read(detection, options);
        if (aggregation is null)
        {
            return [draft with { Condition = condition, Parameters = ParametersOf(draft, []) }];
        }

        string span = detection.TextOf("timeframe")
            ?? throw new RuleFormatException(
                detection.LineOf("condition"), "The aggregation has no timeframe, such as 10m.");
        RuleDraft events = draft with
        {
            Id = $"{draft.Id}#events",
            Name = null,
            Condition = condition,
            IsPart = true,
            Extension = new RuleExtension(),
        };
        RuleCorrelation correlation = new()
        {
            Rules = [events.Id],
            GroupBy = aggregation.GroupBy,
            Timespan = Timespans.Parse(span, detection.LineOf("timeframe")),
            Bounds = [aggregation.Bound],
            Fields = aggregation.Fields,
        };
        return
        [
            events,
            draft with
            {
                Type = aggregation.Type,
                Correlation = correlation,
                Parameters = ParametersOf(
                    draft, [("threshold", Bounds.TextOf(correlation.Bounds)), ("timespan", span)]),
            },
        ];
    }

    private List<RuleDraft> ReadCorrelation(RuleDraft draft, YamlMap map)
    {
        List<RuleDraft> drafts = [];
        List<string> rules = [];
        foreach (YamlNode node in map.Find("rules") is YamlList list ? list.Items : [])
        {
            if (node is YamlMap inner)
            {
                IReadOnlyList<RuleDraft> within = ReadInner(draft, inner, rules.Count + 1);
                drafts.AddRange(within);
                rules.Add(within[^1].Id);
            }
            else if (node is YamlText { IsNull: false } text)
            {
                rules.Add(text.Value);
            }
            else
            {
                throw new RuleFormatException(node.Line, "'rules' takes ids or names of rules, or rules.");
            }
        }

        if (map.Find("rules") is YamlText one)
        {
            rules.Add(one.Value);
        }

        (RuleCorrelation correlation, LogRuleType type) = CorrelationReader.Read(map, rules, draft.Extension);
        List<(string Name, string Value)> numbers = correlation.Bounds.Count > 0
            ? [("threshold", Bounds.TextOf(correlation.Bounds))]
            : [];
        numbers.Add(("timespan", map.TextOf(CorrelationReader.TimespanKey(map))!));
        drafts.Add(draft with { Type = type, Correlation = correlation, Parameters = ParametersOf(draft, numbers) });
        return drafts;
    }

    private IReadOnlyList<RuleDraft> ReadInner(RuleDraft outer, YamlMap map, int number)
    {
        YamlMap titled = map.Find("title") is null
            ? new YamlMap(
                map.Line,
                [new YamlEntry("title", map.Line, new YamlText(map.Line, outer.Header.Title, false)), .. map.Entries])
            : map;
        string id = map.TextOf("id") ?? $"{outer.Id}#{number}";
        IReadOnlyList<RuleDraft> drafts = Read(titled, id);
        return [.. drafts.Select(draft => draft with { IsPart = true })];
    }

    private static Dictionary<string, string> ParametersOf(
        RuleDraft draft, IReadOnlyList<(string Name, string Value)> numbers)
    {
        Dictionary<string, string> parameters = numbers.ToDictionary(
            one => one.Name, one => one.Value, StringComparer.OrdinalIgnoreCase);
        RuleExtension extension = draft.Extension;
        if (extension.PerValue.Count > 0)
        {
            parameters["per-value"] = Bounds.TextOf(extension.PerValue);
        }

        if (extension.MedianGapText is { } gap)
        {
            parameters["median-gap"] = gap;
        }

        foreach (KeyValuePair<string, string> one in extension.Parameters)
        {
            parameters[one.Key] = one.Value;
        }

        return parameters;
    }
}
