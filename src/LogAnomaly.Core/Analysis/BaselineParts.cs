namespace LogAnomaly.Analysis;

/// <summary>The parts that a baseline is made of.</summary>
internal static class BaselineParts
{
    /// <summary>Makes parts that know nothing yet.</summary>
    /// <returns>A new part of each kind, in the order of the file.</returns>
    public static IReadOnlyList<IBaselinePart> Create() =>
        [new AlertsPart(), new BehavioursPart(), new EventsPart(), new ProfilePart(), new TemplatesPart()];
}
