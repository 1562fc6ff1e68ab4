using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LogAnomaly.Cli.Output;

/// <summary>What was counted, as one JSON object or as lines for people.</summary>
internal static class CountOutput
{
    private const int MostHours = 24;

    private static readonly JsonSerializerOptions s_json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Writes the counts on standard output.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="asJson">Whether as JSON.</param>
    /// <param name="host">The run.</param>
    public static void Write(LogCounts counts, bool asJson, CliHost host)
    {
        if (asJson)
        {
            host.Text.WriteLine(JsonSerializer.Serialize(counts, s_json));
            host.Text.Flush();
            return;
        }

        WriteLine(host, $"events    {counts.EventCount:N0}");
        if (counts is { FirstSeen: { } first, LastSeen: { } last })
        {
            WriteLine(host, $"from      {first:yyyy-MM-dd HH:mm:ss} to {last:yyyy-MM-dd HH:mm:ss} UTC");
        }

        WriteLine(host, $"failures  {counts.FailureCount:N0}");
        if (counts.BytesSent > 0)
        {
            WriteLine(host, $"bytes     {counts.BytesSent:N0} sent");
        }

        WriteNames(host, "kinds", counts.Kinds);
        WriteNames(host, "levels", counts.Levels);
        WriteNames(host, "statuses", counts.StatusCodes);
        WriteNames(host, "methods", counts.Methods);
        WriteHours(host, counts.Hours);
        host.Text.Flush();
    }

    private static void WriteNames(CliHost host, string title, IReadOnlyList<NameCount> names)
    {
        if (names.Count > 0)
        {
            IEnumerable<string> parts = names.Select(
                entry =>
                    string.Create(CultureInfo.InvariantCulture, $"{VisibleText.Escape(entry.Name)} {entry.Count:N0}"));
            WriteLine(host, $"{title,-9} {string.Join(", ", parts)}");
        }
    }

    // The busiest hours tell more than the first ones; all of them are in the JSON.
    private static void WriteHours(CliHost host, IReadOnlyList<TimeCount> hours)
    {
        HashSet<TimeCount> busiest = [.. hours.OrderByDescending(hour => hour.Count).Take(MostHours)];
        foreach (TimeCount hour in hours.Where(busiest.Contains))
        {
            WriteLine(host, $"{hour.Start:yyyy-MM-dd HH}:00  {hour.Count:N0}");
        }

        if (hours.Count > MostHours)
        {
            WriteLine(host, $"and {hours.Count - MostHours:N0} quieter hours (--json has all)");
        }
    }

    private static void WriteLine(CliHost host, FormattableString text) =>
        host.Text.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
