namespace LogAnomaly.Analysis;

/// <summary>The rows of a table before its values have their last codes.</summary>
/// <param name="Fields">Fields of the columns.</param>
/// <param name="Facts">The rows in order of time; the keys hold nothing but the fields.</param>
/// <param name="HasBytes">Whether the table tells bytes.</param>
internal sealed record CubeRows(IReadOnlyList<CubeField> Fields, IReadOnlyList<CubeFact> Facts, bool HasBytes)
{
    /// <summary>Orders rows by time, then by what they are about.</summary>
    /// <param name="facts">The rows.</param>
    /// <param name="fields">Fields of the columns.</param>
    /// <param name="hasBytes">Whether the table tells bytes.</param>
    /// <returns>The table.</returns>
    public static CubeRows Of(CubeFacts facts, IReadOnlyList<CubeField> fields, bool hasBytes)
    {
        // Rows without a time have the least step.
        CubeFact[] rows = facts.All.ToArray();
        Array.Sort(rows, Compare);
        return new CubeRows(fields, rows, hasBytes);
    }

    private static int Compare(CubeFact left, CubeFact right)
    {
        int order = left.Step.CompareTo(right.Step);
        order = order != 0 ? order : left.Key.Rest.CompareTo(right.Key.Rest);
        order = order != 0 ? order : left.Key.Who.CompareTo(right.Key.Who);
        return order != 0 ? order : left.Key.What.CompareTo(right.Key.What);
    }
}
