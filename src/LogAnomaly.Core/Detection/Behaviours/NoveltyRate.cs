using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// How often something new comes among events of late: what Good and Turing read from things seen once (Biometrika 40,
/// 1953), counted instead over the last two of periods that double, because new things come in clusters and ever less
/// often as a log goes on.
/// </summary>
internal sealed class NoveltyRate
{
    private const long FirstPeriod = 1_000;
    private const double Prior = 0.5;

    private readonly long[] _events = new long[2];
    private readonly long[] _novel = new long[2];
    private long _period = FirstPeriod;

    /// <summary>The probability that the next event brings something new.</summary>
    public double Probability => Math.Min(1, (_novel[0] + _novel[1] + Prior) / (_events[0] + _events[1] + 1));

    /// <summary>Events of the two periods.</summary>
    public long Events => _events[0] + _events[1];

    /// <summary>Takes an event.</summary>
    public void Add()
    {
        if (++_events[1] >= _period)
        {
            _period *= 2;
            (_events[0], _novel[0]) = (_events[1], _novel[1]);
            (_events[1], _novel[1]) = (0, 0);
        }
    }

    /// <summary>Takes note that the last event brought something new.</summary>
    public void AddNovel() => _novel[1]++;

    /// <summary>Writes it.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">Name of its property.</param>
    public void Write(Utf8JsonWriter writer, string name) =>
        writer.WriteString(name, BehaviourJson.Join(_period, [_novel[0], _events[0], _novel[1], _events[1]]));

    /// <summary>Takes over what was written.</summary>
    /// <param name="owner">The object that holds it.</param>
    /// <param name="name">Name of its property.</param>
    public void Include(JsonElement owner, string name)
    {
        double[] values = BehaviourJson.Numbers(owner, name);
        if (values.Length != 5)
        {
            return;
        }

        _period = Math.Max(_period, (long)values[0]);
        _novel[0] += (long)values[1];
        _events[0] += (long)values[2];
        _novel[1] += (long)values[3];
        _events[1] += (long)values[4];
    }
}
