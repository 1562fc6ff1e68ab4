namespace LogAnomaly.Rules;

/// <summary>Atoms of which one must be found where a condition holds.</summary>
/// <param name="Atoms">The atoms.</param>
/// <param name="Score">How rarely one is found, by guess: that of the commonest of them.</param>
internal sealed record AtomSet(IReadOnlyList<Atom> Atoms, double Score)
{
    // Each further atom makes a hit likelier.
    private const double ForEachAtom = 0.01;

    /// <summary>A set of one.</summary>
    /// <param name="atom">The atom.</param>
    /// <param name="score">How rarely it is found.</param>
    /// <returns>The set.</returns>
    public static AtomSet Of(Atom atom, double score) => new([atom], score);

    /// <summary>The set of what several conditions need, of which one holds.</summary>
    /// <param name="sets">The set of each, or null for one that needs nothing.</param>
    /// <returns>The set, or null where one needs nothing.</returns>
    public static AtomSet? Any(IEnumerable<AtomSet?> sets)
    {
        List<Atom> atoms = [];
        double score = double.MaxValue;
        foreach (AtomSet? set in sets)
        {
            if (set is null)
            {
                return null;
            }

            atoms.AddRange(set.Atoms);
            score = Math.Min(score, set.Score - ForEachAtom);
        }

        return atoms.Count == 0 ? null : new AtomSet(atoms, score);
    }

    /// <summary>The best set of conditions that must all hold.</summary>
    /// <param name="sets">The set of each, or null for one that needs nothing.</param>
    /// <returns>The set, or null where none needs anything.</returns>
    public static AtomSet? Best(IEnumerable<AtomSet?> sets)
    {
        AtomSet? best = null;
        foreach (AtomSet? set in sets)
        {
            best = set is not null && (best is null || set.Score > best.Score) ? set : best;
        }

        return best;
    }
}
