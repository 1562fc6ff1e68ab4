using System.Text.Json;

namespace LogAnomaly.Detection;

/// <summary>What a model knows of its training rows besides what it learned from them.</summary>
/// <param name="Tail">Tail of their scores.</param>
/// <param name="Usual">A sample of usual ones.</param>
internal sealed record Calibration(TailFit Tail, NormalSample Usual)
{
    /// <summary>Reads it.</summary>
    /// <param name="model">The object of a model.</param>
    /// <param name="names">Names of the columns.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="FormatException">It is damaged.</exception>
    public static Calibration Read(JsonElement model, IReadOnlyList<string> names) => new(
        TailFit.Read(ModelArrays.Property(model, "tail", JsonValueKind.Object)),
        NormalSample.Read(ModelArrays.Property(model, "usual", JsonValueKind.Object), names));

    /// <summary>Writes it.</summary>
    /// <param name="writer">Takes properties.</param>
    public void Write(Utf8JsonWriter writer)
    {
        Tail.Write(writer);
        Usual.Write(writer);
    }
}
