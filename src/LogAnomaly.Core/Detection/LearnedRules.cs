using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// The learned rules of a run, grouped by the kinds of events that they want, so that an event costs little.
/// </summary>
internal sealed class LearnedRules
{
    private readonly LearnedRule[] _rules;
    private readonly LearnedRule[][] _byKind;
    private readonly bool[] _readsTemplates;

    /// <summary>Makes the detectors of rules.</summary>
    /// <param name="rules">The rules, all with a <see cref="LogRule.Detector"/>.</param>
    /// <param name="sink">Takes what they find.</param>
    /// <exception cref="ArgumentException">A rule names no known detector, or a parameter is no number.</exception>
    public LearnedRules(IEnumerable<LogRule> rules, IRuleSink sink)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = [.. rules.Select(rule => LearnedRule.Create(rule, sink)).OfType<LearnedRule>()];
        _byKind =
            [.. Enum.GetValues<LogKind>().Select(kind => Array.FindAll(_rules, rule => rule.Kinds.Contains(kind)))];
        _readsTemplates = Array.ConvertAll(_byKind, rules => Array.Exists(rules, rule => rule.ReadsTemplates));
    }

    /// <summary>Whether a rule asks events of a kind for their templates.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether one does; the events must then be mined before they are added.</returns>
    public bool ReadsTemplates(LogKind kind) => _readsTemplates[(int)kind];

    /// <summary>Takes an event.</summary>
    /// <param name="logEvent">The event.</param>
    public void Add(LogEvent logEvent)
    {
        foreach (LearnedRule rule in _byKind[(int)logEvent.Kind])
        {
            rule.Add(logEvent);
        }
    }

    /// <summary>Ends the input; what is known only then is reported.</summary>
    public void Complete()
    {
        foreach (LearnedRule rule in _rules)
        {
            rule.Complete();
        }
    }
}
