using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// Turns a model's probabilities into honest ones by how they fell out for all that the model has judged: however wrong
/// a model is about the bursts of a log, the improbable that keeps coming in it is not reported as improbable. Where a
/// model is right, one in n judgements has a probability of 1/n, and nothing changes.
/// </summary>
internal sealed class Calibration
{
    // What is reported is not taken for usual, unless it comes again and again.
    private const double LearnedFrom = 0.2;
    private const double Sure = 0.005;
    private const int MostHeldBack = 3;
    private const double Slope = 1;

    private readonly TailRecord _record = new();
    private int _heldBack;

    /// <summary>Judgements of this run.</summary>
    public long Judgements { get; private set; }

    /// <summary>Judgements known, those of a baseline too.</summary>
    public long Known => _record.Count;

    /// <summary>The honest probability of a judgement that is not over yet.</summary>
    /// <param name="modelled">What the model says.</param>
    /// <returns>The probability.</returns>
    public double Probe(double modelled) =>
        Math.Max(modelled, _record.ProbabilityOf(1 / Math.Max(modelled, 1e-30), Slope));

    /// <summary>The honest probability of a judgement, which is learned from.</summary>
    /// <param name="modelled">What the model says.</param>
    /// <returns>The probability.</returns>
    public double Judge(double modelled)
    {
        double probability = Probe(modelled);
        Learn(modelled, probability);
        return probability;
    }

    /// <summary>Learns from a judgement that was probed before.</summary>
    /// <param name="modelled">What the model says of it.</param>
    /// <param name="probability">What <see cref="Probe"/> said.</param>
    public void Learn(double modelled, double probability)
    {
        Judgements++;
        if (probability * Math.Max(Judgements, Known) < LearnedFrom && _heldBack < MostHeldBack)
        {
            _heldBack++;
            return;
        }

        _record.Add(1 / Math.Max(modelled, 1e-30));
    }

    /// <summary>Counts judgements from here on.</summary>
    public void Restart() => Judgements = 0;

    /// <summary>Whether a probability that may yet fall is low enough not to wait for that.</summary>
    /// <param name="probability">The honest probability.</param>
    /// <returns>Whether it is worth to be handed on by far, and would be among as many judgements as were ever
    /// made.</returns>
    public bool IsSure(double probability) =>
        probability < MostReported && probability * Math.Max(Judgements, Known) < Sure;

    /// <summary>Takes judgements in which nothing can have been found.</summary>
    /// <param name="count">How many.</param>
    public void Pass(long count)
    {
        Judgements += count;
        _record.AddUsual(count);
    }

    /// <summary>Whether a probability is worth to be handed on, given how many judgements there were.</summary>
    /// <param name="probability">The honest probability.</param>
    /// <returns>Whether less than one is expected among the judgements of this run.</returns>
    public bool IsWorth(double probability) => probability < MostReported && probability * Judgements < 1;

    /// <summary>The greatest probability that is handed on.</summary>
    public const double MostReported = 0.01;

    /// <summary>Writes what is known.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">Name of the property.</param>
    public void Write(Utf8JsonWriter writer, string name) => _record.Write(writer, name);

    /// <summary>Takes over what was written.</summary>
    /// <param name="owner">The object that holds it.</param>
    /// <param name="name">Name of the property.</param>
    public void Include(JsonElement owner, string name) => _record.Include(owner, name);
}
