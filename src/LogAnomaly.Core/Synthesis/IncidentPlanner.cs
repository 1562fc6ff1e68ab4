using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// Spreads incidents over a log so that in the end exactly the wanted number of lines is anomalous. It counts normal
/// lines, not time, so incidents come when there is traffic, and it needs no plan of the whole log.
/// </summary>
internal sealed class IncidentPlanner
{
    // However few lines are wanted, one incident does not take more than this where a quarter of them is less.
    private const int SmallIncident = 6;

    private readonly IReadOnlyList<Incident> _incidents;
    private readonly LineQueue _queue;
    private readonly SeededRandom _random;
    private readonly int _mostLines;
    private readonly List<Incident> _deck = [];
    private int _left;
    private long _gap;

    /// <summary>Creates a planner.</summary>
    /// <param name="incidents">Kinds of incidents.</param>
    /// <param name="queue">Takes their lines.</param>
    /// <param name="random">The generator.</param>
    /// <param name="lines">Anomalous lines to plant.</param>
    /// <param name="normalLines">Normal lines that the log will have.</param>
    public IncidentPlanner(
        IReadOnlyList<Incident> incidents, LineQueue queue, SeededRandom random, int lines, int normalLines)
    {
        _incidents = incidents;
        _queue = queue;
        _random = random;
        _left = lines;
        _mostLines = Math.Max(SmallIncident, lines / 4);
        _gap = lines == 0 ? long.MaxValue : NextGap(Math.Min(SmallIncident, lines), normalLines);
    }

    /// <summary>Counts a normal line and begins an incident where one is due; several where no normal line is left to
    /// wait for.</summary>
    /// <param name="ticks">Local ticks of the line.</param>
    /// <param name="normalLeft">Normal lines still to come.</param>
    public void Pass(long ticks, int normalLeft)
    {
        _gap--;
        while (_left > 0 && (_gap <= 0 || normalLeft == 0))
        {
            ticks += (long)(_random.NextDouble() * 20.0 * TimeSpan.TicksPerSecond);
            int lines = Begin(ticks);
            _gap = _left == 0 ? long.MaxValue : NextGap(lines, normalLeft);
        }
    }

    // As many normal lines as the incident's part of the anomalous lines that are left, give or take, with a part for
    // the end of the log; never so many that the log ends first.
    private long NextGap(int lines, int normalLeft)
    {
        double share = (double)lines / (lines + _left);
        double gap = normalLeft * share * (0.4 + (1.2 * _random.NextDouble()));
        return Math.Max(1, (long)Math.Min(gap, 0.9 * normalLeft));
    }

    private int Begin(long ticks)
    {
        Incident incident = Draw(ticks);
        int most = Math.Min(Math.Min(incident.MostLines, _mostLines), _left);
        int lines = _random.NextInt(incident.LeastLines, most);
        long before = _queue.Added;
        _queue.Label = incident.Label;
        incident.Play(ticks, lines);
        _queue.Label = null;
        if (_queue.Added - before != lines)
        {
            throw new InvalidOperationException(
                $"The incident {incident.Label} did not add the {lines} lines asked for.");
        }

        _left -= lines;
        return lines;
    }

    // Each kind comes once before any comes again, as far as the hour and the lines that are left allow.
    private Incident Draw(long ticks)
    {
        int at = FindInDeck(ticks);
        if (at < 0)
        {
            Incident[] fresh = _incidents.Where(kind => !_deck.Contains(kind)).ToArray();
            _random.Shuffle<Incident>(fresh);
            _deck.AddRange(fresh);
            at = FindInDeck(ticks);
        }

        Incident drawn = _deck[at];
        _deck.RemoveAt(at);
        return drawn;
    }

    private int FindInDeck(long ticks)
    {
        int most = Math.Min(_mostLines, _left);
        return _deck.FindIndex(kind => kind.LeastLines <= most && kind.MayBeginAt(ticks));
    }
}
