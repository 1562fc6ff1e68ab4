using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using LogAnomaly.Analysis;

namespace LogAnomaly.Cli.Output;

/// <summary>Measurements of logs, as JSON or for people.</summary>
internal static class MeasurementOutput
{
    private const int MostBar = 40;

    // The default encoder escapes what a terminal or a page could take for its own.
    private static readonly JsonSerializerOptions s_json = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes a measurement as one object on a line.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson(LogMeasurement measurement, CliHost host) => WriteJson([measurement], host);

    /// <summary>Writes one object a line, with the names of its properties.</summary>
    /// <typeparam name="T">Type of the objects.</typeparam>
    /// <param name="items">The objects.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson<T>(IReadOnlyList<T> items, CliHost host)
    {
        foreach (T item in items)
        {
            host.Text.WriteLine(JsonSerializer.Serialize(item, s_json));
        }

        host.Flush();
    }

    /// <summary>Writes a measurement as a report.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(LogMeasurement measurement, CliHost host)
    {
        foreach (string line in MeasurementReport.ToLines(measurement, SparklineStyle.Blocks))
        {
            host.Text.WriteLine(line);
        }

        host.Flush();
    }

    /// <summary>Writes a line for each interval, with a bar.</summary>
    /// <param name="intervals">The intervals.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(IReadOnlyList<LogInterval> intervals, CliHost host)
    {
        long most = intervals.Select(interval => interval.Count).DefaultIfEmpty().Max();
        WriteLine(host, $"Start                     Count    Errors  Failures");
        foreach (LogInterval interval in intervals)
        {
            string bar = new('#', most == 0 ? 0 : (int)Math.Ceiling((double)interval.Count * MostBar / most));
            string mark = interval.IsSpike ? "  spike" : "";
            WriteLine(
                host,
                $"{interval.Start:yyyy-MM-dd HH:mm:ss} {interval.Count,11:N0} {interval.Errors,9:N0} {interval.Failures,9:N0}  {bar}{mark}");
        }

        host.Flush();
    }

    /// <summary>Writes a line for each group.</summary>
    /// <param name="groups">The groups that are printed.</param>
    /// <param name="all">How many there are.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(IReadOnlyList<LogGroup> groups, int all, CliHost host)
    {
        bool hasStart = groups.Any(group => group.Start is not null);
        WriteLine(
            host,
            $"{(hasStart ? "Start               " : "")}     Count   Share    Errors  Failures  Sources  Users  Group");
        foreach (LogGroup group in groups)
        {
            string start = hasStart
                ? string.Create(CultureInfo.InvariantCulture, $"{group.Start,-19:yyyy-MM-dd HH:mm:ss} ")
                : "";
            WriteLine(
                host,
                $"{start}{group.Count,10:N0} {group.Share * 100,6:0.00}% {group.Errors,9:N0} {group.Failures,9:N0} {group.Sources,8:N0} {group.Users,6:N0}  {VisibleText.Escape(group.Name)}");
        }

        if (groups.Count < all)
        {
            WriteLine(host, $"{all - groups.Count:N0} more; --top tells how many are printed.");
        }

        host.Flush();
    }

    private static void WriteLine(CliHost host, FormattableString text) =>
        host.Text.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
