namespace LogAnomaly.Sigma.Reading;

/// <summary>
/// The ATT&amp;CK techniques of tags, with what version 19 (April 2026) put in place of earlier ones.
/// </summary>
internal static class AttackTechniques
{
    private const string Prefix = "attack.t";

    // Where two were replaced by one, the later line is the one that is given for the new id.
    private static readonly (string Former, string Present)[] s_replaced =
    [
        ("T1562", "T1685"),
        ("T1562.001", "T1685"),
        ("T1562.002", "T1685.001"),
        ("T1562.008", "T1685.002"),
        ("T1562.012", "T1685.004"),
        ("T1070.001", "T1685.005"),
        ("T1070.002", "T1685.006"),
        ("T1562.004", "T1686"),
        ("T1562.007", "T1686.001"),
        ("T1562.010", "T1689"),
    ];

    /// <summary>The techniques of a rule.</summary>
    /// <param name="tags">Its tags.</param>
    /// <returns>The ids of version 19, and those that they had before where they were replaced.</returns>
    public static (IReadOnlyList<string> Present, IReadOnlyList<string> Former) Of(IReadOnlyList<string> tags)
    {
        List<string> present = [];
        List<string> former = [];
        foreach (string tag in tags.Where(IsTechnique))
        {
            string id = tag[(Prefix.Length - 1)..].ToUpperInvariant();
            int replaced = Array.FindIndex(s_replaced, one => one.Former == id);
            int replacing = Array.FindLastIndex(s_replaced, one => one.Present == id);
            AddOnce(present, replaced < 0 ? id : s_replaced[replaced].Present);
            if (replaced >= 0)
            {
                AddOnce(former, id);
            }
            else if (replacing >= 0)
            {
                AddOnce(former, s_replaced[replacing].Former);
            }
        }

        return (present, former);
    }

    private static bool IsTechnique(string tag) =>
        tag.Length >= Prefix.Length + 4 && tag.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        && tag.Skip(Prefix.Length).All(character => char.IsAsciiDigit(character) || character == '.');

    private static void AddOnce(List<string> ids, string id)
    {
        if (!ids.Contains(id))
        {
            ids.Add(id);
        }
    }
}
