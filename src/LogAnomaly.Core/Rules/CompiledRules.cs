namespace LogAnomaly.Rules;

/// <summary>Rules of one event, made ready for matching. It never changes once made, and any number of matchers may share it.</summary>
internal sealed class CompiledRules
{
    private readonly CompiledDetection[] _rules;
    private readonly KindPlan[] _plans;

    /// <summary>Makes rules ready.</summary>
    /// <param name="detections">The rules.</param>
    /// <exception cref="ArgumentException">A regular expression of a rule is none.</exception>
    public CompiledRules(IReadOnlyList<LogRule> detections)
    {
        _rules = [.. detections.Select(rule => new CompiledDetection(rule))];
        _plans = [.. Enum.GetValues<LogKind>().Select(kind => KindPlan.Of(kind, _rules))];
    }

    /// <summary>How many rules there are.</summary>
    public int Count => _rules.Length;

    /// <summary>A rule.</summary>
    /// <param name="index">Its index.</param>
    public CompiledDetection this[int index] => _rules[index];

    /// <summary>The plan of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The plan.</returns>
    public KindPlan PlanOf(LogKind kind) => _plans[(int)kind];
}
