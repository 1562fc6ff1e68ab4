namespace LogAnomaly.Rules;

/// <summary>
/// A correlation made ready. What its hits carry: where hits are counted their weight; where values are, 48 bits of a
/// hash of the value and 16 of weight; where numbers are, the number; of a temporal one the bits of the rules that have
/// hit above 32 bits of weight.
/// </summary>
internal sealed class CompiledCorrelation : RuleNode
{
    /// <summary>Bits of weight below the hash of a value.</summary>
    public const int ValueShift = 16;

    /// <summary>Bits of weight below the bits of the rules.</summary>
    public const int PartShift = 32;

    /// <summary>Most rules of a temporal correlation.</summary>
    public const int MostParts = 32;

    private const int MostOfOthers = 1_000;
    private const int MostOfNumbers = 10_000;

    /// <summary>Creates a correlation.</summary>
    /// <param name="rule">Its rule.</param>
    /// <param name="index">Its number in the set.</param>
    /// <param name="lateness">Ticks by which a line may be late.</param>
    public CompiledCorrelation(LogRule rule, int index, long lateness)
        : base(rule)
    {
        RuleCorrelation correlation = rule.Correlation!;
        Correlation = correlation;
        Index = index;
        Span = correlation.Timespan.Ticks;
        Horizon = Span + lateness;
        Values = [.. correlation.Fields.Select(GroupField.Of)];
        LeastCount = LowerBoundOf(correlation.Bounds);
        MostHits = MostHitsOf();
    }

    /// <summary>Its rule's correlation.</summary>
    public RuleCorrelation Correlation { get; }

    /// <summary>Its number in the set.</summary>
    public int Index { get; }

    /// <summary>Type of the correlation.</summary>
    public LogRuleType Type => Rule.Type;

    /// <summary>Length of its window in ticks.</summary>
    public long Span { get; }

    /// <summary>
    /// Ticks for which a hit may still matter, lines that come late and parts that lie farther back included.
    /// </summary>
    public long Horizon { get; set; }

    /// <summary>Ticks before the window in which the hits of its own parts may lie.</summary>
    public long Reach { get; set; }

    /// <summary>Fields whose values are counted.</summary>
    public GroupField[] Values { get; }

    /// <summary>
    /// Number of its list of fields whose values are counted, which correlations with the same share.
    /// </summary>
    public int ValueList { get; set; }

    /// <summary>Least count that keeps the bounds; 0 where they set none.</summary>
    public int LeastCount { get; }

    /// <summary>Most hits that a group keeps.</summary>
    public int MostHits { get; }

    /// <summary>Which rules of a temporal correlation must have hit.</summary>
    public PartTest? Parts { get; set; }

    /// <summary>Number of the rules of a temporal correlation.</summary>
    public int PartCount { get; set; }

    /// <summary>Whether a single hit can never satisfy it, so that a first one needs no window.</summary>
    public bool NeedsSeveral { get; set; }

    /// <summary>Whether it is of a temporal type.</summary>
    public bool IsTemporal => Type is LogRuleType.Temporal or LogRuleType.TemporalOrdered;

    /// <summary>Whether it judges numbers.</summary>
    public bool IsNumeric => Type is LogRuleType.ValueSum or LogRuleType.ValueAverage or LogRuleType.ValuePercentile;

    /// <summary>Bits of a hit's load that are its weight.</summary>
    public ulong WeightMask => Type == LogRuleType.ValueCount ? ushort.MaxValue : IsNumeric ? 0 : uint.MaxValue;

    /// <summary>The bits of the rules that have hit.</summary>
    /// <param name="hit">A hit of a temporal correlation.</param>
    /// <returns>The bits.</returns>
    public static uint PartsOf(in SeenHit hit) => (uint)(hit.Load >> PartShift);

    /// <summary>How many events a hit stands for.</summary>
    /// <param name="hit">A hit of this correlation.</param>
    /// <returns>The number, at least 1, or 0 for a hit that must not have been.</returns>
    public uint WeightOf(in SeenHit hit) => hit.IsBarrier ? 0 : IsNumeric ? 1 : (uint)(hit.Load & WeightMask);

    private static int LowerBoundOf(IReadOnlyList<CorrelationBound> bounds)
    {
        double least = 0;
        foreach (CorrelationBound bound in bounds)
        {
            double from = bound.Comparison switch
            {
                BoundComparison.GreaterOrEqual or BoundComparison.Equal => Math.Ceiling(bound.Value),
                BoundComparison.Greater => Math.Floor(bound.Value) + 1,
                _ => 0,
            };
            least = Math.Max(least, from);
        }

        return (int)Math.Min(least, int.MaxValue);
    }

    // A count needs but the last so many hits, and some more for lines that come late; beyond its greatest bound all
    // counts are alike. Where gaps or numbers are judged, more is better.
    private int MostHitsOf()
    {
        double greatest = 1;
        foreach (CorrelationBound bound in Correlation.Bounds)
        {
            greatest = Math.Max(greatest, bound.Value);
        }

        int needed = (int)Math.Min((4 * greatest) + 60, 1 << 20);
        bool isPlain = Correlation is { LeastMedianGap.Ticks: <= 0, PerValue.Count: 0 };
        return Type switch
        {
            LogRuleType.EventCount or LogRuleType.ValueCount => isPlain ? needed : Math.Max(needed, MostOfOthers),
            LogRuleType.Temporal or LogRuleType.TemporalOrdered => MostOfOthers,
            _ => MostOfNumbers,
        };
    }
}
