using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>Makes the lines of one log: plays the activities of its scene in order of time and plants incidents among
/// them.</summary>
internal sealed class LineComposer
{
    private const double MostLinesPerDay = 500_000.0;
    private const double MostDays = 14.0;

    // Sets the generator of incidents apart from that of normal lines; any constant would do.
    private const ulong IncidentStream = 0x5DEECE66DUL << 32;

    private readonly LineQueue _queue;
    private readonly IReadOnlyList<Activity> _activities;
    private readonly IncidentPlanner _planner;
    private readonly long[] _due;
    private readonly long _startTicks;
    private int _normalLeft;
    private int _anomalousLeft;

    /// <summary>Creates a composer; it makes its log once.</summary>
    /// <param name="options">Valid options.</param>
    public LineComposer(SyntheticLogOptions options)
    {
        _anomalousLeft = options.AnomalyCount;
        _normalLeft = options.Count - _anomalousLeft;
        _startTicks = options.Start.Ticks;
        long resolution = options.Type == SyntheticLogType.ApacheError
            ? TimeSpan.TicksPerMicrosecond
            : TimeSpan.TicksPerSecond;
        _queue = new LineQueue(options.Start.Offset, resolution);
        ulong seed = unchecked((ulong)options.Seed);
        SeededRandom incidentRandom = new(seed ^ IncidentStream ^ ((ulong)options.Type << 32));
        SceneStage stage = new(_queue, new SeededRandom(seed), incidentRandom, LinesPerDay(options));
        Scene scene = options.Type switch
        {
            SyntheticLogType.Access => new AccessScene(stage),
            SyntheticLogType.Auth => new AuthScene(stage),
            _ => new ApacheErrorScene(stage),
        };
        _activities = scene.Activities;
        _planner = new IncidentPlanner(scene.Incidents, _queue, incidentRandom, _anomalousLeft, _normalLeft);
        _due = _activities.Select(activity => activity.Next(_startTicks)).ToArray();
    }

    /// <summary>Makes the lines, one at a time.</summary>
    /// <returns>The lines, in order of time.</returns>
    public IEnumerable<SyntheticLine> Compose()
    {
        if (_normalLeft == 0)
        {
            _planner.Pass(_startTicks, 0);
        }

        while (_normalLeft > 0 || _anomalousLeft > 0)
        {
            PlayDue();
            long ticks = _queue.NextTicks;
            SyntheticLine line = _queue.Take();
            if (line.Label is not null)
            {
                _anomalousLeft--;
                yield return line;
            }
            else if (_normalLeft > 0)
            {
                _normalLeft--;
                yield return line;
                _planner.Pass(ticks, _normalLeft);
            }
        }
    }

    private static double LinesPerDay(SyntheticLogOptions options)
    {
        double usual = options.Type == SyntheticLogType.Auth ? 500.0 : 300.0;
        double days = Math.Clamp(options.Count / usual, 1.0, MostDays);
        return Math.Min(options.Count / days, MostLinesPerDay) * (1.0 - options.AnomalyRate);
    }

    // Plays all that begins before the next line in the queue, so that no earlier line can come after it.
    private void PlayDue()
    {
        while (true)
        {
            int first = 0;
            for (int index = 1; index < _due.Length; index++)
            {
                if (_due[index] < _due[first])
                {
                    first = index;
                }
            }

            if (_due[first] > _queue.NextTicks)
            {
                return;
            }

            _activities[first].Play(_due[first]);
            _due[first] = _activities[first].Next(_due[first]);
        }
    }
}
