namespace LogAnomaly.Rules;

/// <summary>
/// Rules of one event, made ready for matching; the plan of a kind of events when it is first asked for. What it tells
/// never changes, and any number of matchers may share it.
/// </summary>
internal sealed class CompiledRules
{
    private readonly CompiledDetection[] _rules;
    private readonly KindPlan?[] _plans = new KindPlan?[Enum.GetValues<LogKind>().Length];

    /// <summary>Makes rules ready.</summary>
    /// <param name="detections">The rules.</param>
    /// <exception cref="ArgumentException">A regular expression of a rule is none.</exception>
    public CompiledRules(IReadOnlyList<LogRule> detections) =>
        _rules = [.. detections.Select(rule => new CompiledDetection(rule))];

    /// <summary>How many rules there are.</summary>
    public int Count => _rules.Length;

    /// <summary>A rule.</summary>
    /// <param name="index">Its index.</param>
    public CompiledDetection this[int index] => _rules[index];

    /// <summary>The plan of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The plan.</returns>
    public KindPlan PlanOf(LogKind kind) => Volatile.Read(ref _plans[(int)kind]) ?? MakePlan(kind);

    // Two threads may both make it; one of the two equal plans is kept.
    private KindPlan MakePlan(LogKind kind)
    {
        KindPlan made = KindPlan.Of(kind, _rules);
        return Interlocked.CompareExchange(ref _plans[(int)kind], made, null) ?? made;
    }
}
