namespace LogAnomaly.Analysis;

/// <summary>
/// A labelled log, parted by time: what comes first is learned from, the rest is tested. Positions count the events in
/// the order of time.
/// </summary>
internal sealed class LabelledLog
{
    private static readonly long s_gapTicks = TimeSpan.FromMinutes(10).Ticks;
    private const int GapEvents = 100;

    private readonly Dictionary<(string Path, long Line), int> _positions = [];
    private readonly long[] _ticks;

    /// <summary>Creates the log.</summary>
    /// <param name="events">The events in the order of the input.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="trainingShare">Share of the events that is learned from.</param>
    public LabelledLog(IReadOnlyList<LogEvent> events, LogLabelSource labels, double trainingShare)
    {
        Events = InOrder(events);
        _ticks = TicksOf(Events);
        Labels = new string?[Events.Count];
        for (int i = 0; i < Events.Count; i++)
        {
            Labels[i] = labels.LabelOf(Events[i]);
            for (int line = 0; line <= Events[i].FurtherLines; line++)
            {
                _positions[(Events[i].Path, Events[i].LineNumber + line)] = i;
            }
        }

        TestStart = Math.Clamp((int)(Events.Count * trainingShare), 0, Events.Count);
        ILookup<bool, IncidentSpan> incidents = FindIncidents(labels).ToLookup(IsInTest);
        Incidents = [.. incidents[true]];
        EarlierIncidents = [.. incidents[false]];
        Anomalous = [.. Labels.Skip(TestStart).Select(label => label is not null)];
    }

    /// <summary>The events.</summary>
    public IReadOnlyList<LogEvent> Events { get; }

    /// <summary>The label of each event, or null where it is normal.</summary>
    public string?[] Labels { get; }

    /// <summary>Position of the first event that is tested.</summary>
    public int TestStart { get; }

    /// <summary>Whether each event that is tested is anomalous.</summary>
    public bool[] Anomalous { get; }

    /// <summary>The incidents that begin among the events that are tested.</summary>
    public IReadOnlyList<IncidentSpan> Incidents { get; }

    /// <summary>
    /// The incidents that begin among the events that are learned from; reports of what goes on of them are not
    /// counted.
    /// </summary>
    public IReadOnlyList<IncidentSpan> EarlierIncidents { get; }

    /// <summary>Days of log time that are tested, or null where that is not known.</summary>
    public double? TestDays => TestStart < Events.Count && _ticks[TestStart] >= 0 && _ticks[^1] > _ticks[TestStart]
        ? new TimeSpan(_ticks[^1] - _ticks[TestStart]).TotalDays
        : null;

    /// <summary>Time of an event in UTC ticks, or of the one before it where it has none.</summary>
    /// <param name="position">Its position.</param>
    /// <returns>The ticks, or -1.</returns>
    public long TicksAt(int position) => _ticks[position];

    /// <summary>The position of the event that a line belongs to.</summary>
    /// <param name="path">The log.</param>
    /// <param name="line">Number of the line.</param>
    /// <returns>The position, or -1.</returns>
    public int PositionOf(string path, long line) => _positions.GetValueOrDefault((path, line), -1);

    /// <summary>Whether an event follows another one so closely that both are taken as parts of one thing.</summary>
    /// <param name="earlier">Position of the earlier.</param>
    /// <param name="later">Position of the later.</param>
    /// <returns>Whether it does.</returns>
    public bool IsClose(int earlier, int later) => _ticks[earlier] >= 0
        ? _ticks[later] - _ticks[earlier] <= s_gapTicks
        : later - earlier <= GapEvents;

    // The order of one file is that of time, whatever its clock says; several are merged by time.
    private static IReadOnlyList<LogEvent> InOrder(IReadOnlyList<LogEvent> events)
    {
        if (events.Select(logEvent => logEvent.Path).Distinct(StringComparer.Ordinal).Take(2).Count() < 2)
        {
            return events;
        }

        long[] ticks = TicksOf(events);
        return [.. Enumerable.Range(0, events.Count).OrderBy(i => ticks[i]).Select(i => events[i])];
    }

    private static long[] TicksOf(IReadOnlyList<LogEvent> events)
    {
        long[] ticks = new long[events.Count];
        long last = -1;
        for (int i = 0; i < ticks.Length; i++)
        {
            last = events[i].Timestamp?.UtcTicks ?? last;
            ticks[i] = last;
        }

        return ticks;
    }

    private bool IsInTest(IncidentSpan incident) => incident.Positions.Count > 0
        ? incident.Positions.Min() >= TestStart
        : TestStart < Events.Count && incident.FirstTicks >= _ticks[TestStart];

    private List<IncidentSpan> FindIncidents(LogLabelSource labels)
    {
        List<IncidentSpan> known =
        [
            .. Events.Select(logEvent => logEvent.Path).Distinct(StringComparer.Ordinal)
                .SelectMany(path => labels.IncidentsOf(path).Select(incident => ToSpan(path, incident))),
        ];
        return known.Count > 0 ? known : Group();
    }

    private IncidentSpan ToSpan(string path, LabelledIncident incident)
    {
        HashSet<int> positions =
            [.. incident.Lines.Select(line => PositionOf(path, line)).Where(position => position >= 0)];
        return new IncidentSpan(
            incident.Id,
            positions,
            incident.Start?.UtcTicks ?? (positions.Count > 0 ? _ticks[positions.Min()] : -1),
            incident.End?.UtcTicks ?? (positions.Count > 0 ? _ticks[positions.Max()] : -1),
            incident.Entities);
    }

    // Where only lines are labelled, those of one label that follow each other closely are one incident; what is tested
    // has its own.
    private List<IncidentSpan> Group()
    {
        List<IncidentSpan> incidents = [];
        Dictionary<string, List<int>> open = new(StringComparer.Ordinal);
        for (int i = 0; i < Labels.Length; i++)
        {
            if (Labels[i] is not { } label)
            {
                continue;
            }

            if (open.TryGetValue(label, out List<int>? positions)
                && (!IsClose(positions[^1], i) || (positions[^1] < TestStart && i >= TestStart)))
            {
                incidents.Add(ToSpan(label, positions));
                positions = null;
            }

            if (positions is null)
            {
                positions = [];
                open[label] = positions;
            }

            positions.Add(i);
        }

        incidents.AddRange(open.Select(pair => ToSpan(pair.Key, pair.Value)));
        return incidents;
    }

    private IncidentSpan ToSpan(string label, List<int> positions) =>
        new(label, [.. positions], _ticks[positions[0]], _ticks[positions[^1]], []);
}
