using LogAnomaly.Numerics;

namespace LogAnomaly.Analysis;

/// <summary>
/// The values of a field that one side alone has. Each by itself may come too seldom to say anything; but where many
/// are new and hardly any is gone, that is no chance. Values that first came at the same time count as one, for they
/// may have one cause.
/// </summary>
internal sealed class OneSidedField
{
    private const double MostFalse = 0.05;

    private readonly string _name;
    private readonly double _share;
    private readonly int[] _windows;
    private readonly List<(LogDifference Row, ProfileEntry Entry)> _first = [];
    private readonly List<(LogDifference Row, ProfileEntry Entry)> _second = [];

    /// <summary>Creates a field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="share">Share of the second side in the time of both.</param>
    /// <param name="firstWindows">Windows of the reference.</param>
    /// <param name="secondWindows">Windows of the second side.</param>
    public OneSidedField(string name, double share, int firstWindows, int secondWindows)
    {
        _name = name;
        _share = share;
        _windows = [firstWindows, secondWindows];
    }

    /// <summary>The test of all together, or null where there is nothing to test.</summary>
    public LogDifference? Group { get; private set; }

    /// <summary>The rows that the test tells of: those of the side that has more than chance gives it.</summary>
    public IReadOnlyList<LogDifference> Rows { get; private set; } = [];

    /// <summary>Takes a value.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="entry">What is known of it.</param>
    public void Add(LogDifference row, ProfileEntry entry) =>
        (row.ReferenceCount > 0 ? _first : _second).Add((row, entry));

    /// <summary>Makes the test.</summary>
    public void Test()
    {
        double gone = Occasions(_first, _windows[0]);
        double added = Occasions(_second, _windows[1]);
        if (gone + added < 2)
        {
            return;
        }

        bool isNew = added / _share > gone / (1 - _share);
        (double more, double fewer, double share) = isNew ? (added, gone, _share) : (gone, added, 1 - _share);
        double probability = Math.Min(1, 2 * BetaFunction.Regularized(share, more, fewer + 1));

        // As many as the other side has are expected by chance on this one; where that is more than a few, none of them
        // is certain.
        bool isClean = fewer * share / (1 - share) <= MostFalse * more;
        Rows = isClean ? [.. (isNew ? _second : _first).Select(entry => entry.Row)] : [];
        Group = new LogDifference
        {
            Kind = isNew ? LogDifferenceKind.NewValue : LogDifferenceKind.GoneValue,
            Field = _name,
            Value = "(all)",
            Probability = probability,
        };
    }

    private static double Occasions(List<(LogDifference Row, ProfileEntry Entry)> values, int windows)
    {
        long first = values.Select(value => value.Entry.FirstTicks).Where(ticks => ticks >= 0).DefaultIfEmpty(0).Min();
        long last = values.Max(value => (long?)value.Entry.FirstTicks) ?? 0;
        long width = Math.Max((last - first) / Math.Max(windows, 1), TimeSpan.TicksPerSecond);
        int untimed = values.Count(value => value.Entry.FirstTicks < 0);
        return untimed + values.Where(value => value.Entry.FirstTicks >= 0)
            .Select(value => (value.Entry.FirstTicks - first) / width).Distinct().Count();
    }
}
