namespace LogAnomaly;

/// <summary>
/// What stands in one variable place of a template. It is told by a sample of the template's events: the first ones, and later ones ever more
/// seldom.
/// </summary>
/// <param name="Position">Index of the place among the variable places of the template, from 0.</param>
/// <param name="Type">What the values are.</param>
/// <param name="DistinctCount">Distinct values of the sample: there are at least so many.</param>
/// <param name="Examples">Up to five of the values, in the order in which they were met.</param>
/// <param name="Minimum">Least number of the sample where the values are numbers, durations or sizes (without their unit), else null.</param>
/// <param name="Maximum">Greatest number of the sample, else null.</param>
public sealed record LogParameter(
    int Position,
    LogParameterType Type,
    int DistinctCount,
    IReadOnlyList<string> Examples,
    double? Minimum,
    double? Maximum)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Position}: {Type}";
}
