using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>A trained model of <see cref="OneClassSvm"/>: the rows that support it.</summary>
internal sealed class OneClassSvmModel : RowModel
{
    private readonly ReferenceRows _support;
    private readonly double[] _alpha;
    private readonly double[] _logAlpha;
    private readonly double _rho;
    private readonly double _gamma;

    /// <summary>Creates a model of training rows.</summary>
    /// <param name="support">The rows that support it.</param>
    /// <param name="alpha">Weight of each, above 0.</param>
    /// <param name="rho">The paper's rho, above 0.</param>
    /// <param name="gamma">Width of the kernel.</param>
    /// <param name="training">The training rows, finite.</param>
    /// <param name="seed">Seed of random choices.</param>
    public OneClassSvmModel(
        ReferenceRows support, double[] alpha, double rho, double gamma, FeatureMatrix training, int seed)
        : base(nameof(OneClassSvm), training, seed)
    {
        (_support, _alpha, _rho, _gamma) = (support, alpha, rho, gamma);
        _logAlpha = Array.ConvertAll(alpha, Math.Log);
    }

    /// <summary>Reads a model.</summary>
    /// <param name="element">What was written.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="calibration">What the training rows' scores were like.</param>
    public OneClassSvmModel(JsonElement element, IReadOnlyList<string> columns, Calibration calibration)
        : base(nameof(OneClassSvm), columns, calibration)
    {
        JsonElement learned = ModelArrays.Property(element, "support", JsonValueKind.Object);
        _support = ReferenceRows.Read(learned, columns.Count);
        _alpha = ModelArrays.ReadPlain(learned, "alpha", _support.Count);
        _rho = ModelArrays.ReadDouble(learned, "rho");
        _gamma = ModelArrays.ReadDouble(learned, "gamma");
        if (_rho <= 0 || _gamma <= 0 || !Array.TrueForAll(_alpha, alpha => alpha > 0))
        {
            throw new FormatException("A model's alpha, rho or gamma is not above 0.");
        }

        _logAlpha = Array.ConvertAll(_alpha, Math.Log);
    }

    // The logarithm of a sum of exponentials, the greatest of which is taken out so that none is lost.
    /// <inheritdoc/>
    protected override double ScoreFinite(ReadOnlySpan<float> row)
    {
        float[] scaled = _support.Scale(row);
        Span<double> terms = new double[_logAlpha.Length];
        double greatest = double.NegativeInfinity;
        for (int i = 0; i < terms.Length; i++)
        {
            terms[i] = _logAlpha[i] - (_gamma * ReferenceRows.SquaredDistance(scaled, _support.Row(i)));
            greatest = Math.Max(greatest, terms[i]);
        }

        double sum = 0;
        foreach (double term in terms)
        {
            // What is less than the last digit of the sum is not worth its exponential.
            sum += term > greatest - 40 ? Math.Exp(term - greatest) : 0;
        }

        return Math.Log(_rho) - greatest - Math.Log(sum);
    }

    /// <inheritdoc/>
    protected override double[] ExplainFinite(ReadOnlySpan<float> row) =>
        ColumnReplacement.Explain(row, _support.Scaling.Center, ScoreFinite);

    /// <inheritdoc/>
    protected override void WriteLearned(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("support");
        writer.WriteNumber("rho", _rho);
        writer.WriteNumber("gamma", _gamma);
        ModelArrays.WritePlain(writer, "alpha", _alpha);
        _support.Write(writer);
        writer.WriteEndObject();
    }
}
