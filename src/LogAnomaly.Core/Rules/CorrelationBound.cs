namespace LogAnomaly.Rules;

/// <summary>A bound of a number.</summary>
/// <param name="Comparison">How the number is compared with the bound.</param>
/// <param name="Value">The bound.</param>
internal readonly record struct CorrelationBound(BoundComparison Comparison, double Value)
{
    /// <summary>Whether a number keeps the bound.</summary>
    /// <param name="number">The number.</param>
    /// <returns>Whether it does.</returns>
    public bool Admits(double number) => Comparison switch
    {
        BoundComparison.Less => number < Value,
        BoundComparison.LessOrEqual => number <= Value,
        BoundComparison.Greater => number > Value,
        BoundComparison.GreaterOrEqual => number >= Value,
        BoundComparison.NotEqual => !number.Equals(Value),
        _ => number.Equals(Value),
    };
}
