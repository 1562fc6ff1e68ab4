using System.Globalization;

namespace LogAnomaly.Fuzz;

/// <summary>What to run.</summary>
/// <param name="Seconds">How long each format is fed.</param>
/// <param name="Seed">Seed of all changes.</param>
/// <param name="Format">Name of the one format, or null for all.</param>
internal sealed record FuzzOptions(double Seconds, int Seed, string? Format)
{
    /// <summary>Reads the arguments.</summary>
    /// <param name="args">The arguments.</param>
    /// <returns>The options.</returns>
    public static FuzzOptions Parse(string[] args) => new(
        double.Parse(Value(args, "--seconds") ?? "60", CultureInfo.InvariantCulture),
        int.Parse(Value(args, "--seed") ?? "1", CultureInfo.InvariantCulture),
        Value(args, "--format"));

    private static string? Value(string[] args, string name)
    {
        int at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
