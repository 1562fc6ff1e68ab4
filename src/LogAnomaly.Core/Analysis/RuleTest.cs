using System.Diagnostics;
using LogAnomaly.Detection;
using LogAnomaly.Rules;

namespace LogAnomaly.Analysis;

/// <summary>
/// Tries rules on a log: how many lines they match, how many findings a day they make, about whom, and what they cost.
/// The rules are tried together, so those that build on others work; the time is that of all of them.
/// </summary>
public sealed class RuleTest
{
    private const int MostEntities = 10;
    private const int MostExamples = 5;

    private readonly LogRule[] _rules;
    private readonly LogRule[] _detections;
    private readonly RuleEngine _engine;
    private readonly LearnedRules _learned;
    private readonly EventMatcher _matcher;
    private readonly List<int> _matched = [];
    private readonly long[] _lines;
    private readonly List<Evidence>[] _examples;
    private long _count;
    private long _ticks;
    private DateTimeOffset? _first;
    private DateTimeOffset? _last;

    /// <summary>Creates a test.</summary>
    /// <param name="rules">The rules, with all that they refer to.</param>
    /// <exception cref="ArgumentException">A rule refers to one that is not there.</exception>
    public RuleTest(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = [.. rules.Rules];
        _detections = [.. _rules.Where(rule => rule.Condition is not null)];
        _engine = new RuleEngine(rules);
        _learned = new LearnedRules(_rules.Where(rule => rule.Type == LogRuleType.Learned), _engine);
        _matcher = new EventMatcher(_detections);
        _lines = new long[_detections.Length];
        _examples = [.. _detections.Select(_ => new List<Evidence>())];
    }

    /// <summary>Takes one event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        _count++;
        if (logEvent.Timestamp is { } time)
        {
            _first = _first is null || time < _first ? time : _first;
            _last = _last is null || time > _last ? time : _last;
        }

        long start = Stopwatch.GetTimestamp();
        _engine.Add(logEvent);
        _learned.Add(logEvent);
        _ticks += Stopwatch.GetTimestamp() - start;
        _matcher.Match(logEvent, _matched);
        foreach (int index in _matched)
        {
            if (_lines[index]++ < MostExamples)
            {
                _examples[index].Add(Evidence.Of(logEvent));
            }
        }
    }

    /// <summary>Ends the log.</summary>
    /// <returns>A result for each rule that makes findings, in the order of the rules.</returns>
    public IReadOnlyList<RuleTestResult> Complete()
    {
        _learned.Complete();
        _engine.Complete();
        ILookup<string, Anomaly> findings = _engine.Findings
            .Select(finding => RuleAnomaly.Of(finding, analysis: null))
            .ToLookup(anomaly => anomaly.RuleId!, StringComparer.Ordinal);
        return [.. _rules.Where(rule => !rule.IsPart && rule.FindingId == rule.Id)
            .Select(rule => ResultOf(rule, [.. findings[rule.Id]]))];
    }

    private RuleTestResult ResultOf(LogRule rule, IReadOnlyList<Anomaly> findings)
    {
        HashSet<LogRule> parts = [];
        Collect(rule, parts);
        int[] indexes = [.. Enumerable.Range(0, _detections.Length).Where(index => parts.Contains(_detections[index]))];
        TimeSpan span = _first is { } first && _last is { } last ? last - first : TimeSpan.Zero;
        return new RuleTestResult
        {
            Rule = rule,
            LineCount = _count,
            MatchedLineCount = indexes.Sum(index => _lines[index]),
            FindingCount = findings.Count,
            FindingsPerDay = findings.Count / Math.Max(span.TotalDays, 1),
            LogSpan = span,
            Duration = Stopwatch.GetElapsedTime(0, _ticks),
            TopEntities = TopOf(findings),
            Findings = findings,
            Examples = [.. indexes.SelectMany(index => _examples[index]).Take(MostExamples)],
        };
    }

    // A list and no array of the compiler's own, into which PowerShell cannot index.
    private static List<NameCount> TopOf(IReadOnlyList<Anomaly> findings) =>
    [
        .. findings.Where(anomaly => anomaly.Entity is not null)
            .GroupBy(anomaly => anomaly.Entity!, StringComparer.Ordinal)
            .Select(group => new NameCount(group.Key, group.Sum(anomaly => anomaly.Count)))
            .OrderByDescending(entry => entry.Count)
            .ThenBy(entry => entry.Name, StringComparer.Ordinal)
            .Take(MostEntities),
    ];

    // The rule, the documents of its file that join its findings, and all that they build on.
    private void Collect(LogRule rule, HashSet<LogRule> parts)
    {
        if (!parts.Add(rule))
        {
            return;
        }

        foreach (LogRule other in _rules)
        {
            bool isUsed = rule.Correlation is { } correlation
                && correlation.Rules.Any(name =>
                    IsNamed(other, name) && (other.Path == rule.Path || !HasOwn(rule, name)));
            if (isUsed || (other.FindingId == rule.Id && other.Id != rule.Id))
            {
                Collect(other, parts);
            }
        }
    }

    private bool HasOwn(LogRule rule, string name) =>
        _rules.Any(other => other.Path == rule.Path && IsNamed(other, name));

    private static bool IsNamed(LogRule rule, string name) => rule.Id == name || rule.Name == name;
}
