namespace LogAnomaly.Analysis;

/// <summary>The values of one field.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Count">Events that have it.</param>
/// <param name="Distinct">Distinct values; a lower bound where there are more than are kept apart.</param>
/// <param name="Top">The most frequent values; those beyond the ones that are kept apart come last as
/// <c>(other)</c>.</param>
/// <param name="Rare">The least frequent values that are not among <paramref name="Top"/>, the rarest first.</param>
public sealed record LogFieldMeasurement(
    string Field, long Count, long Distinct, IReadOnlyList<NameCount> Top, IReadOnlyList<NameCount> Rare);
