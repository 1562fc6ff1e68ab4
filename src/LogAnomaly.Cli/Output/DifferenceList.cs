using System.Text.Json;

namespace LogAnomaly.Cli.Output;

/// <summary>Differences of logs, as JSON or for people.</summary>
internal static class DifferenceList
{
    private static readonly (JsonEncodedText Name, Func<LogDifference, object?> Value)[] s_values =
    [
        (Name(nameof(LogDifference.Kind)), row => row.Kind),
        (Name(nameof(LogDifference.Field)), row => row.Field),
        (Name(nameof(LogDifference.Value)), row => row.Value),
        (Name(nameof(LogDifference.Reference)), row => row.Reference),
        (Name(nameof(LogDifference.Difference)), row => row.Difference),
        (Name(nameof(LogDifference.Unit)), row => row.Unit),
        (Name(nameof(LogDifference.ReferenceCount)), row => row.ReferenceCount),
        (Name(nameof(LogDifference.DifferenceCount)), row => row.DifferenceCount),
        (Name(nameof(LogDifference.Ratio)), row => Finite(row.Ratio)),
        (Name(nameof(LogDifference.Low)), row => Finite(row.Low)),
        (Name(nameof(LogDifference.High)), row => Finite(row.High)),
        (Name(nameof(LogDifference.Probability)), row => row.Probability),
        (Name(nameof(LogDifference.IsCertain)), row => row.IsCertain),
        (Name(nameof(LogDifference.Sentence)), row => row.Sentence),
        (Name(nameof(LogDifference.Example)), row => row.Example),
    ];

    /// <summary>
    /// Writes one object a line, with the names of the properties of <see cref="LogDifference"/>; what is no finite
    /// number is left out.
    /// </summary>
    /// <param name="rows">The differences.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson(IReadOnlyList<LogDifference> rows, CliHost host)
    {
        using JsonLines lines = new(host.Output);
        foreach (LogDifference row in rows)
        {
            lines.StartLine();
            Array.ForEach(s_values, value => lines.Write(value.Name, value.Value(row)));
            lines.EndLine();
        }

        lines.Flush();
    }

    /// <summary>Writes a line for each.</summary>
    /// <param name="rows">The differences.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(IReadOnlyList<LogDifference> rows, CliHost host)
    {
        foreach (LogDifference row in rows)
        {
            host.Text.WriteLine(
                VisibleText.Escape($"{row.Kind,-12}  {row.Sentence}{(row.IsCertain ? "" : " This may be chance.")}"));
        }

        host.Flush();
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);
}
