using System.Text;
using LogAnomaly.Parsing;

namespace LogAnomaly.Synthesis;

/// <summary>
/// Makes labelled synthetic logs: a stream of normal lines in the rhythm of days and weeks, with anomalies planted in
/// known places. All addresses are of ranges that nobody has on the internet: for documentation, private use or, in
/// logs with scenarios, shared use and benchmarks; all names are under <c>example</c>.
/// </summary>
public static class LogSynthesizer
{
    // A stamp without a year is read as the latest time before the clock's reference; no log spans this many days.
    private const int DaysToReference = 360;

    /// <summary>Makes the lines of a log, one at a time and in memory that does not grow with their number.</summary>
    /// <param name="options">What log to make.</param>
    /// <returns>Exactly as many lines as asked for, in order of time, exactly
    /// <see cref="SyntheticLogOptions.AnomalyCount"/> with a label; with scenarios the lines of as many days as asked
    /// for.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the exception names it.</exception>
    public static IEnumerable<SyntheticLine> Generate(SyntheticLogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return options.Scenarios is null ? Compose(options) : ComposeScenarios(options, null);
    }

    /// <summary>Makes the lines of a log with scenarios, and says what is true of its incidents.</summary>
    /// <param name="options">What log to make; without scenarios there are no incidents to tell of.</param>
    /// <param name="onIncident">Takes each incident, by the time at which it begins, once the last line was
    /// taken.</param>
    /// <returns>The lines, in order of true time: where a clock is set back, stamps are not in order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the exception names it.</exception>
    public static IEnumerable<SyntheticLine> Generate(SyntheticLogOptions options, Action<SyntheticIncident> onIncident)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(onIncident);
        options.Validate();
        return options.Scenarios is null ? Compose(options) : ComposeScenarios(options, onIncident);
    }

    /// <summary>
    /// Writes a log (UTF-8, lines end with LF) and beside it, as <c>path.labels.json</c>, which of its lines are
    /// anomalous. Both are written beside their targets first and then moved into place.
    /// </summary>
    /// <param name="options">What log to make.</param>
    /// <param name="path">File to write.</param>
    /// <param name="existing">What to do where one of the files exists.</param>
    /// <param name="cancellationToken">Stops the writing; nothing is left of it then.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the exception names it.</exception>
    /// <exception cref="IOException">A file exists and must not be replaced, or cannot be written.</exception>
    public static void Write(
        SyntheticLogOptions options, string path, ExistingFile existing = ExistingFile.Refuse,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SyntheticLogFile.Write(options, path, existing, cancellationToken);
    }

    /// <summary>The file that holds the labels of a log.</summary>
    /// <param name="path">File of the log.</param>
    /// <returns>The same with <c>.labels.json</c> after it.</returns>
    public static string LabelsPath(string path) => path + ".labels.json";

    /// <summary>Makes the lines of a log as events, each with its label.</summary>
    /// <param name="options">What log to make.</param>
    /// <returns>The events, in order of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the exception names it.</exception>
    public static IEnumerable<LogEvent> GenerateEvents(SyntheticLogOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return GenerateEvents(options, options.Type switch
        {
            SyntheticLogType.ApacheError => new ApacheErrorFormat(),
            SyntheticLogType.Access => new AccessFormat(),
            SyntheticLogType.System => new SyslogFormat(),
            _ => new AuthFormat(),
        });
    }

    /// <summary>Makes the lines of a log as events of a format, each with its label.</summary>
    /// <param name="options">What log to make.</param>
    /// <param name="format">Reads the lines; one that it does not know becomes an event of the kind
    /// <see cref="LogKind.Unparsed"/>.</param>
    /// <returns>The events, in order of time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the exception names it.</exception>
    internal static IEnumerable<LogEvent> GenerateEvents(SyntheticLogOptions options, LogFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        return Parse(Generate(options), options, format);
    }

    // A sequence may be read twice, a composer makes its log once; so each reading has its own.
    private static IEnumerable<SyntheticLine> Compose(SyntheticLogOptions options)
    {
        foreach (SyntheticLine line in new LineComposer(options).Compose())
        {
            yield return line;
        }
    }

    private static IEnumerable<SyntheticLine> ComposeScenarios(
        SyntheticLogOptions options, Action<SyntheticIncident>? onIncident)
    {
        ScenarioComposer composer = new(options);
        foreach (SyntheticLine line in composer.Compose())
        {
            yield return line;
        }

        if (onIncident is null)
        {
            yield break;
        }

        foreach (SyntheticIncident incident in composer.Truth())
        {
            onIncident(incident);
        }
    }

    private static IEnumerable<LogEvent> Parse(IEnumerable<SyntheticLine> lines, SyntheticLogOptions options,
        LogFormat format)
    {
        LogSource source = new("(synthetic)");
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("synthetic", options.Start.Offset, null, null);
        ParseContext context = new(source, new LogClock(zone, options.Start.AddDays(DaysToReference)));
        long number = 0;
        long offset = 0;
        foreach (SyntheticLine line in lines)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line.Text);
            LogLine parsed = new(bytes, 0, bytes.Length, ++number, offset);
            offset += bytes.Length + 1;
            LogEvent made = format.Parse(parsed, context) ?? new LineEvent(LogKind.Unparsed, parsed, source);
            if (line.Label is { } label)
            {
                made.Label = label;
            }

            yield return made;
        }
    }
}
