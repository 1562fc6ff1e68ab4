namespace LogAnomaly.Detection;

/// <summary>
/// What would have to be different for a row to be normal: the few columns that, given the values of the nearest usual
/// row, bring the tail probability to what is wanted (after Wachter, Mittelstadt and Russell, "Counterfactual
/// Explanations without Opening the Black Box", Harvard Journal of Law and Technology 31(2), 2018). Columns are taken
/// one by one, each time the one that helps most, until the row is normal; then those that turn out not to be needed
/// are given back.
/// </summary>
public sealed record Counterfactual
{
    // Beyond so many columns only those with the greatest contributions are tried.
    private const int MostTried = 64;

    /// <summary>The changes, the most helpful first; none where the row is normal as it is.</summary>
    public required IReadOnlyList<CounterfactualChange> Changes { get; init; }

    /// <summary>Tail probability of the row as it is.</summary>
    public required double Observed { get; init; }

    /// <summary>Tail probability of the row with the changes.</summary>
    public required double Reached { get; init; }

    /// <summary>Finds the changes.</summary>
    /// <param name="model">The model that judges.</param>
    /// <param name="row">A value for each column.</param>
    /// <param name="wanted">Least tail probability of a row that counts as normal, above 0 and below 1; one in twenty
    /// by default.</param>
    /// <returns>The changes, or null where the model keeps no usual rows or none of its columns' values help.</returns>
    public static Counterfactual? Find(ILogDetectorModel model, ReadOnlySpan<float> row, double wanted = 0.05)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wanted, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(wanted, 1);
        float[] changed = row.ToArray();
        double observed = model.TailProbability(model.Score(changed));
        if (observed >= wanted)
        {
            return new Counterfactual { Changes = [], Observed = observed, Reached = observed };
        }

        if (model.NearestNormal(row) is not { } usual)
        {
            return null;
        }

        List<int> taken = Take(model, changed, usual, Candidates(model, row, usual), wanted);
        GiveBack(model, changed, row, taken, wanted);
        double reached = model.TailProbability(model.Score(changed));
        if (reached < wanted)
        {
            return null;
        }

        List<CounterfactualChange> changes = [];
        foreach (int column in taken)
        {
            changes.Add(new CounterfactualChange(model.Columns[column], column, row[column], usual[column]));
        }

        return new Counterfactual { Changes = changes, Observed = observed, Reached = reached };
    }

    private static List<int> Candidates(ILogDetectorModel model, ReadOnlySpan<float> row, IReadOnlyList<float> usual)
    {
        IReadOnlyList<double> contributions = model.Explain(row);
        List<int> differing = [];
        for (int column = 0; column < row.Length; column++)
        {
            if (!row[column].Equals(usual[column]))
            {
                differing.Add(column);
            }
        }

        return [.. differing.OrderByDescending(column => contributions[column]).ThenBy(column => column)];
    }

    // Of the columns left, the one whose value lowers the score most is given the usual value.
    private static List<int> Take(
        ILogDetectorModel model, float[] changed, IReadOnlyList<float> usual, List<int> candidates, double wanted)
    {
        List<int> taken = [];
        double score = model.Score(changed);
        while (candidates.Count > 0 && model.TailProbability(score) < wanted)
        {
            int best = 0;
            double least = double.PositiveInfinity;
            for (int i = 0; i < Math.Min(candidates.Count, MostTried); i++)
            {
                int column = candidates[i];
                float before = changed[column];
                changed[column] = usual[column];
                double tried = model.Score(changed);
                changed[column] = before;
                if (tried < least)
                {
                    (least, best) = (tried, i);
                }
            }

            changed[candidates[best]] = usual[candidates[best]];
            taken.Add(candidates[best]);
            candidates.RemoveAt(best);
            score = least;
        }

        return taken;
    }

    private static void GiveBack(
        ILogDetectorModel model, float[] changed, ReadOnlySpan<float> row, List<int> taken, double wanted)
    {
        for (int i = taken.Count - 1; i >= 0; i--)
        {
            float needed = changed[taken[i]];
            changed[taken[i]] = row[taken[i]];
            if (model.TailProbability(model.Score(changed)) >= wanted)
            {
                taken.RemoveAt(i);
            }
            else
            {
                changed[taken[i]] = needed;
            }
        }
    }
}
