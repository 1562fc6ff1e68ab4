using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// The greatest values of a series and how many there were: enough to say how probable a value beyond them is. A value
/// that is the greatest of n + 1 alike has probability 1 / (n + 1); beyond the record a Pareto tail is drawn whose
/// slope is Hill's estimate from the kept values (Hill, Annals of Statistics 3(5), 1975), drawn to 2 where they are
/// few, and 3 where of many values none was above 1. So regular series have steep tails and bursting ones heavy tails,
/// whatever model made the values. Two records of parts make the record of the whole.
/// </summary>
internal sealed class TailRecord
{
    private const int MostKept = 16;
    private const double PriorValues = 2;
    private const double PriorSum = 1;
    private const int Twentieth = 20;
    private const int LeastUsed = 3;
    private const long EnoughWithout = 100;
    private const double SlopeWithout = 3;
    private const double LeastSlope = 0.5;

    private readonly double[] _top = new double[MostKept];
    private int _kept;

    // The slope of so many of the greatest values as they were, -1 where they have changed since.
    private int _slopeOf = -1;
    private double _slope;

    /// <summary>How many values were taken.</summary>
    public long Count { get; private set; }

    /// <summary>The greatest value, at least 1, which is the least that a value may mean.</summary>
    public double Greatest => _kept == 0 ? 1 : Math.Max(_top[0], 1);

    /// <summary>Takes a value.</summary>
    /// <param name="value">The value; only those above 1 can become records.</param>
    public void Add(double value)
    {
        Count++;
        Keep(value);
    }

    /// <summary>Takes values that are no records.</summary>
    /// <param name="count">How many.</param>
    public void AddUsual(long count) => Count += count;

    /// <summary>How probable a value as great or greater is.</summary>
    /// <param name="value">The value.</param>
    /// <param name="steepest">The steepest slope that may be believed, such as 2 where values are small counts.</param>
    /// <returns>The probability, above 0 and at most 1.</returns>
    public double ProbabilityOf(double value, double steepest)
    {
        if (value <= 1)
        {
            return 1;
        }

        if (value <= Greatest)
        {
            int rank = 1;
            while (rank <= _kept && _top[rank - 1] >= value)
            {
                rank++;
            }

            return Math.Min(1, rank / (Count + 1.0));
        }

        double slope = Math.Clamp(SlopeOf(), LeastSlope, Math.Max(steepest, LeastSlope));
        return Math.Max(Math.Pow(Greatest / value, slope) / (Count + 1.0), 1e-30);
    }

    /// <summary>Writes it as an object on one line of text.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">Name of its property.</param>
    public void Write(Utf8JsonWriter writer, string name) =>
        writer.WriteString(name, BehaviourJson.Join(Count, _top.AsSpan(0, _kept)));

    /// <summary>Takes over what was written.</summary>
    /// <param name="owner">The object that holds it.</param>
    /// <param name="name">Name of its property.</param>
    public void Include(JsonElement owner, string name)
    {
        double[] values = BehaviourJson.Numbers(owner, name);
        if (values.Length == 0)
        {
            return;
        }

        Count += (long)values[0];
        foreach (double value in values.AsSpan(1))
        {
            Keep(value);
        }
    }

    private void Keep(double value)
    {
        if (value <= 1 || (_kept == MostKept && value <= _top[^1]))
        {
            return;
        }

        _slopeOf = -1;
        int at = _kept < MostKept ? _kept++ : MostKept - 1;
        for (; at > 0 && _top[at - 1] < value; at--)
        {
            _top[at] = _top[at - 1];
        }

        _top[at] = value;
    }

    private double SlopeOf()
    {
        if (_kept == 0 && Count >= EnoughWithout)
        {
            return SlopeWithout;
        }

        // Only what is among the greatest twentieth tells of the tail; below it lies another regime.
        int used = Math.Min(_kept, (int)Math.Clamp(Count / Twentieth, LeastUsed, MostKept));
        if (used == _slopeOf)
        {
            return _slope;
        }

        double sum = 0;
        for (int i = 0; i < used - 1; i++)
        {
            sum += Math.Log(_top[i] / _top[used - 1]);
        }

        _slopeOf = used;
        _slope = (Math.Max(used - 1, 0) + PriorValues) / (sum + PriorSum);
        return _slope;
    }
}
