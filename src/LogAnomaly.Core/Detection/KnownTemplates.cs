namespace LogAnomaly.Detection;

/// <summary>
/// The templates of what an entity ran, and how likely the next one is new: by Good and Turing the share of those that
/// came once. Whoever runs something new every day is not reported for it.
/// </summary>
internal sealed class KnownTemplates : EntityState
{
    private const int MostTemplates = 2000;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _single;

    /// <summary>Commands so far.</summary>
    public long Total { get; private set; }

    /// <summary>Distinct templates.</summary>
    public int Distinct => _counts.Count;

    /// <summary>Chance that a command is of a new template, 0 to 1.</summary>
    public double Novelty => Total == 0 ? 1 : (double)_single / Total;

    /// <summary>Takes a template.</summary>
    /// <param name="template">The template.</param>
    /// <returns>Whether it is new. Where too many are known none is, for then nothing is learned any more.</returns>
    public bool Take(string template)
    {
        Total++;
        int count = _counts.GetValueOrDefault(template);
        if (count == 0 && _counts.Count >= MostTemplates)
        {
            return false;
        }

        _counts[template] = Math.Min(count, int.MaxValue - 1) + 1;
        _single += count switch { 0 => 1, 1 => -1, _ => 0 };
        return count == 0;
    }
}
