namespace LogAnomaly.Detection.Behaviours;

/// <summary>How often one template comes in one stream, in the open windows and in the past.</summary>
internal sealed class RateSeries
{
    private const int MostEvidence = 18;

    /// <summary>Number of its template.</summary>
    public required int Template { get; set; }

    /// <summary>Kind of its events.</summary>
    public required LogKind Kind { get; set; }

    /// <summary>Events in the two windows that are open, by whether their number is even or odd.</summary>
    public int[] Counts { get; } = new int[2];

    /// <summary>First event of each open window.</summary>
    public LogEvent?[] Firsts { get; } = new LogEvent?[2];

    /// <summary>The last event that came, or null.</summary>
    public LogEvent? Last { get; set; }

    /// <summary>
    /// The count of a window beyond which its events are kept as evidence: only few windows come so far.
    /// </summary>
    public int EvidenceFrom { get; set; } = int.MaxValue - MostEvidence;

    /// <summary>Events beyond <see cref="EvidenceFrom"/> in each open window, made when there are some.</summary>
    public List<LogEvent>?[] Evidence { get; } = new List<LogEvent>?[2];

    /// <summary>Events in the windows of the hour that are closed.</summary>
    public long HourCount { get; set; }

    /// <summary>Events in all closed windows.</summary>
    public long Total { get; set; }

    /// <summary>Days of the stream on which it was known.</summary>
    public int Days { get; set; }

    /// <summary>UTC ticks of the last window in which it came.</summary>
    public long LastTicks { get; set; } = -1;

    /// <summary>Its rhythm.</summary>
    public Season Season { get; } = new();

    /// <summary>Counts of windows against what was to be expected.</summary>
    public TailRecord Bursts { get; } = new();

    /// <summary>Expected counts against those of poor hours.</summary>
    public TailRecord Lulls { get; } = new();

    /// <summary>Events that were to be expected in the gaps between hours with events.</summary>
    public TailRecord Gaps { get; } = new();

    /// <summary>Events that were to be expected since the last one.</summary>
    public double Missed { get; set; }

    /// <summary>UTC ticks from which <see cref="Missed"/> counts.</summary>
    public long MissedSince { get; set; } = -1;

    /// <summary>Whether the gap that is open was reported.</summary>
    public bool IsGapReported { get; set; }

    /// <summary>UTC ticks until which another burst belongs to the one that was reported.</summary>
    public long QuietUntil { get; set; } = -1;

    /// <summary>Hours above the usual in a row.</summary>
    public DriftSum Up { get; } = new();

    /// <summary>Hours below the usual in a row.</summary>
    public DriftSum Down { get; } = new();

    /// <summary>UTC ticks until which no further shift is reported.</summary>
    public long ShiftedUntil { get; set; } = -1;

    /// <summary>Whether each day of the week was seen.</summary>
    public bool IsWeekKnown => Days >= Season.Week;

    /// <summary>Counts an event into an open window.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="open">Whether the window's number is odd.</param>
    /// <returns>Whether it is the first of the window.</returns>
    public bool Count(LogEvent logEvent, int open)
    {
        Last = logEvent;
        int count = ++Counts[open];
        if (count == 1)
        {
            Firsts[open] = logEvent;
            return true;
        }

        if (count > EvidenceFrom && count <= EvidenceFrom + MostEvidence)
        {
            (Evidence[open] ??= new List<LogEvent>(4)).Add(logEvent);
        }

        return false;
    }

    /// <summary>Empties a window that was closed.</summary>
    /// <param name="open">Whether its number is odd.</param>
    public void Empty(int open)
    {
        Counts[open] = 0;
        Firsts[open] = null;
        Evidence[open]?.Clear();
    }

    /// <summary>Takes over the past of another series that is the same from now on.</summary>
    /// <param name="other">The other.</param>
    public void Include(RateSeries other)
    {
        Total += other.Total;
        HourCount += other.HourCount;
        Days = Math.Max(Days, other.Days);
        LastTicks = Math.Max(LastTicks, other.LastTicks);
        Season.Include(other.Season, withHours: false);
        Missed = Math.Min(Missed, other.Missed);
    }
}
