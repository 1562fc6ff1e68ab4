using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>Makes the lines of one log with scenarios: days of traffic with the planned incidents among them.</summary>
internal sealed class ScenarioComposer
{
    // Sets the generators apart; any constants would do.
    private const ulong IncidentStream = 0x5CE7A810UL << 32;
    private const ulong TypeStream = 0x1_0000_0001UL;

    private readonly LineQueue _queue;
    private readonly ScenarioScene _scene;
    private readonly IReadOnlyList<PlannedIncident> _planned;
    private readonly Dictionary<string, PlannedIncident> _byId = new(StringComparer.Ordinal);
    private readonly long[] _due;
    private readonly long _endTicks;
    private int _nextPlanned;
    private long _number;

    /// <summary>Creates a composer; it makes its log once.</summary>
    /// <param name="options">Valid options with scenarios.</param>
    public ScenarioComposer(SyntheticLogOptions options)
    {
        long resolution = options.Type == SyntheticLogType.ApacheError
            ? TimeSpan.TicksPerMicrosecond
            : TimeSpan.TicksPerSecond;
        _queue = new LineQueue(options.Start.Offset, resolution);
        ulong seed = unchecked((ulong)options.Seed) + (TypeStream * (ulong)options.Type);
        SeededRandom incidentRandom = new(seed ^ IncidentStream);
        SceneStage stage = new(_queue, new SeededRandom(seed), incidentRandom, LinesPerDay(options.Type));
        _scene = options.Type switch
        {
            SyntheticLogType.Access => new AccessDays(stage, options.Difficulty),
            SyntheticLogType.Auth => new AuthDays(stage, options.Difficulty),
            SyntheticLogType.System => new SystemDays(stage, options.Difficulty),
            _ => new ApacheErrorDays(stage, options.Difficulty),
        };
        _planned = ScenarioPlan.Make(options, incidentRandom);
        foreach (PlannedIncident incident in _planned)
        {
            _byId.Add(incident.Id, incident);
            _scene.Prepare(incident);
        }

        _endTicks = options.Start.Ticks + (options.Days * TimeSpan.TicksPerDay);
        _due = [.. _scene.Activities.Select(activity => activity.Next(options.Start.Ticks))];
    }

    /// <summary>What is true of the incidents whose lines were made so far.</summary>
    /// <returns>The incidents by the time at which they begin.</returns>
    public IEnumerable<SyntheticIncident> Truth() => _planned.Select(incident => incident.ToTruth(_queue.Stamp));

    /// <summary>Makes the lines, one at a time.</summary>
    /// <returns>The lines in order of true time.</returns>
    public IEnumerable<SyntheticLine> Compose()
    {
        while (true)
        {
            PlayDue();
            long ticks = _queue.NextTicks;
            if (ticks >= _endTicks)
            {
                yield break;
            }

            SyntheticLine line = _queue.Take();
            if (line.IncidentId is null)
            {
                if (IsSilenced(ticks, line.Text))
                {
                    continue;
                }

                line = Claim(line, ticks);
            }

            _number++;
            if (line.IncidentId is { } id)
            {
                _byId[id].Take(_number, line.Timestamp);
            }

            yield return line;
        }
    }

    // About what hosts of a small company and its site write.
    private static double LinesPerDay(SyntheticLogType type) => type switch
    {
        SyntheticLogType.Access => 6000.0,
        SyntheticLogType.Auth => 1400.0,
        SyntheticLogType.System => 1800.0,
        _ => 800.0,
    };

    private bool IsSilenced(long ticks, string text)
    {
        foreach (PlannedIncident incident in _planned)
        {
            if (incident.Facts.Scenario == SyntheticScenario.Silence && ticks >= incident.Begin
                && ticks < incident.Begin + incident.Span
                && (incident.SilentHost is not { } host || text.Contains($" {host} ", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private SyntheticLine Claim(SyntheticLine line, long ticks)
    {
        foreach (PlannedIncident incident in _planned)
        {
            if (incident.TakesNextLine && ticks >= incident.Begin)
            {
                incident.TakesNextLine = false;
                return line with { Label = incident.Facts.Label, IncidentId = incident.Id };
            }
        }

        return line;
    }

    // Plays all that begins before the next line in the queue, so that no earlier line can come after it.
    private void PlayDue()
    {
        while (true)
        {
            int first = 0;
            for (int index = 1; index < _due.Length; index++)
            {
                first = _due[index] < _due[first] ? index : first;
            }

            long planned = _nextPlanned < _planned.Count ? _planned[_nextPlanned].Begin : long.MaxValue;
            if (Math.Min(_due[first], planned) > _queue.NextTicks)
            {
                return;
            }

            if (planned < _due[first])
            {
                PlayIncident(_planned[_nextPlanned++]);
                continue;
            }

            _scene.Activities[first].Play(_due[first]);
            _due[first] = _scene.Activities[first].Next(_due[first]);
        }
    }

    private void PlayIncident(PlannedIncident incident)
    {
        _queue.Label = incident.Facts.Label;
        _queue.IncidentId = incident.Id;
        _scene.Play(incident);
        _queue.Label = null;
        _queue.IncidentId = null;
    }
}
