namespace LogAnomaly.Detection.Behaviours;

/// <summary>The clock of one stream of lines (a host in a log) and the series of its templates.</summary>
internal sealed class RateStream : EntityState
{
    private RateSeries?[] _byTemplate = new RateSeries?[64];

    /// <summary>Its name.</summary>
    public string Name { get; set; } = "";

    /// <summary>The latest window that is open; the one before it is open too. -1 before the first event.</summary>
    public long Newest { get; set; } = -1;

    /// <summary>The hour on the clock of the log to which closed windows belong, or -1.</summary>
    public long Hour { get; set; } = -1;

    /// <summary>Whether <see cref="Hour"/> was not watched from its start.</summary>
    public bool IsHourPartial { get; set; } = true;

    /// <summary>The day on the clock of the log, or -1.</summary>
    public long Day { get; set; } = -1;

    /// <summary>Windows by which the clock of the log is ahead of UTC.</summary>
    public long Ahead { get; set; }

    /// <summary>Lines in a row that were too late for the open windows.</summary>
    public int Late { get; set; }

    /// <summary>Series with events in each open window.</summary>
    public List<RateSeries>[] Touched { get; } = [[], []];

    /// <summary>All series, in the order in which they came up.</summary>
    public List<RateSeries> All { get; } = [];

    /// <summary>The series of a template.</summary>
    /// <param name="template">Number of the template.</param>
    /// <returns>The series, or null.</returns>
    public RateSeries? Find(int template) => template < _byTemplate.Length ? _byTemplate[template] : null;

    /// <summary>Takes a series.</summary>
    /// <param name="series">The series, the first of its template.</param>
    public void Add(RateSeries series)
    {
        if (series.Template >= _byTemplate.Length)
        {
            Array.Resize(ref _byTemplate, Math.Max(series.Template + 1, _byTemplate.Length * 2));
        }

        _byTemplate[series.Template] = series;
        All.Add(series);
    }

    /// <summary>Lets a series have another number, or joins it with the one that has it.</summary>
    /// <param name="from">Number of its template.</param>
    /// <param name="to">Number of the template that took it in.</param>
    public void Merge(int from, int to)
    {
        if (Find(from) is not { } part)
        {
            return;
        }

        _byTemplate[from] = null;
        if (Find(to) is { } whole)
        {
            whole.Include(part);
            All.Remove(part);
            Touched[0].Remove(part);
            Touched[1].Remove(part);
            return;
        }

        All.Remove(part);
        part.Template = to;
        Add(part);
    }

    /// <summary>Forgets series.</summary>
    /// <param name="isForgotten">Says which.</param>
    public void Forget(Predicate<RateSeries> isForgotten)
    {
        foreach (RateSeries series in All.Where(series => isForgotten(series)))
        {
            _byTemplate[series.Template] = null;
        }

        All.RemoveAll(isForgotten);
    }
}
