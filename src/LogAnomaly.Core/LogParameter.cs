namespace LogAnomaly;

/// <summary>
/// What stands in one variable place of a template. It is told by a sample of the template's events: the first ones,
/// and later ones ever more seldom.
/// </summary>
/// <param name="Position">Index of the place among the variable places of the template, from 0.</param>
/// <param name="Type">What the values are.</param>
/// <param name="DistinctCount">Distinct values of the sample: there are at least so many.</param>
/// <param name="Examples">Up to five of the values, in the order in which they were met.</param>
/// <param name="Minimum">Least number of the sample where the values are numbers, durations or sizes (without their
/// unit), else null.</param>
/// <param name="Maximum">Greatest number of the sample, else null.</param>
public sealed record LogParameter(
    int Position,
    LogParameterType Type,
    int DistinctCount,
    IReadOnlyList<string> Examples,
    double? Minimum,
    double? Maximum)
{
    /// <summary>The parameter in short, such as <c>1 Number, 3 distinct from 22 to 8080: 22, 443, 8080</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        string range = Minimum < Maximum ? FormattableString.Invariant($" from {Minimum} to {Maximum}") : "";
        return FormattableString.Invariant(
            $"{Position} {Type}, {DistinctCount} distinct{range}: {string.Join(", ", Examples)}");
    }
}
