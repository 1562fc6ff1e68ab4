using System.Globalization;

namespace LogAnomaly.Analysis;

/// <summary>
/// Writes a measurement as a report for a terminal, at most 100 columns wide. Control characters are written out.
/// </summary>
public static class MeasurementReport
{
    private const int Columns = 100;
    private const int MostSpikes = 5;
    private const int MostLogins = 10;
    private const int MostBusiest = 4;
    private const int MostTop = 5;
    private const int MostRare = 3;
    private const int NameColumns = 12;

    /// <summary>Writes a measurement.</summary>
    /// <param name="measurement">The measurement.</param>
    /// <param name="style">Signs of the lines that stand for numbers.</param>
    /// <returns>The lines.</returns>
    public static IReadOnlyList<string> ToLines(LogMeasurement measurement, SparklineStyle style)
    {
        ArgumentNullException.ThrowIfNull(measurement);
        List<string> lines = [];
        AddTotals(lines, measurement);
        AddTimes(lines, measurement, style);
        AddSpikes(lines, measurement);
        AddLogins(lines, measurement);
        AddFields(lines, measurement);
        return [.. lines.Select(line => Cut(line, Columns))];
    }

    private static void AddTotals(List<string> lines, LogMeasurement measured)
    {
        lines.Add(Line("Events", $"{measured.EventCount:N0}{PerHour(measured.Rate)}"));
        if (measured is { FirstSeen: { } first, LastSeen: { } last })
        {
            lines.Add(
                Line("Time", $"{first:yyyy-MM-dd HH:mm:ss} to {last:yyyy-MM-dd HH:mm:ss zzz}, {Long(last - first)}"));
        }

        lines.Add(
            Line("Errors", $"{measured.ErrorCount:N0} ({Percent(measured.ErrorShare)}){PerHour(measured.ErrorRate)}"));
        lines.Add(Line("Failures", $"{measured.FailureCount:N0} ({Percent(measured.FailureShare)})"));
        AddMix(lines, "Kinds", measured.Kinds, measured.EventCount);
        AddMix(lines, "Levels", measured.Levels, measured.EventCount);
        AddMix(lines, "Outcomes", measured.Outcomes, measured.EventCount);
        AddMix(lines, "Status", measured.StatusClasses, measured.StatusClasses.Sum(entry => entry.Count));
    }

    private static void AddMix(List<string> lines, string title, IReadOnlyList<NameCount> counts, long of)
    {
        if (counts.Count > 0)
        {
            lines.Add(Line(title, string.Join(
                ", ",
                counts.Select(entry => Text($"{entry.Name} {entry.Count:N0} ({Percent((double)entry.Count / of)})")))));
        }
    }

    private static void AddTimes(List<string> lines, LogMeasurement measured, SparklineStyle style)
    {
        if (measured.Intervals.Count == 0)
        {
            return;
        }

        const int Width = Columns - NameColumns;
        lines.Add("");
        lines.Add(
            Line(
                "Over time",
                $"{Long(measured.Interval)} an interval, {measured.Busiest[0].Count:N0} in the busiest, of {At(measured.Busiest[0])}"));
        lines.Add(Line(
            "  events",
            Sparkline.Of([.. measured.Intervals.Select(interval => (double)interval.Count)], Width, style)));
        if (measured.ErrorCount > 0)
        {
            lines.Add(Line(
                "  errors",
                Sparkline.Of([.. measured.Intervals.Select(interval => (double)interval.Errors)], Width, style)));
        }

        if (measured.FailureCount > 0)
        {
            lines.Add(Line(
                "  failures",
                Sparkline.Of([.. measured.Intervals.Select(interval => (double)interval.Failures)], Width, style)));
        }

        LogPeriod hour = measured.Hours.MaxBy(period => period.Rate)!;
        LogPeriod day = measured.Days.MaxBy(period => period.Rate)!;
        string hours = Sparkline.Of([.. measured.Hours.Select(period => period.Rate)], measured.Hours.Count, style);
        string days = Sparkline.Of([.. measured.Days.Select(period => period.Rate)], measured.Days.Count, style);
        lines.Add(Line("Hours", $"00 {hours} 23   most at {hour.Name}:00, {Number(hour.Rate)} an hour"));
        lines.Add(Line("Days", $"Mo {days} Su   most on {day.Name}, {Number(day.Rate)} an hour"));
        IEnumerable<string> busiest = measured.Busiest.Where(interval => interval.Count > 0)
            .Take(MostBusiest)
            .Select(interval => Text($"{At(interval)} {interval.Count:N0}"));
        lines.Add(Line("Busiest", string.Join(", ", busiest)));
    }

    private static void AddSpikes(List<string> lines, LogMeasurement measured)
    {
        if (measured.Spikes.Count == 0)
        {
            return;
        }

        lines.Add("");
        lines.Add(More("Spikes", measured.Spikes.Count, MostSpikes));
        foreach (LogSpike spike in measured.Spikes.Take(MostSpikes))
        {
            string times = spike.Ratio is { } ratio ? Text($", {ratio:0.#} times as many") : "";
            lines.Add(Text(
                $"  {spike.Start:yyyy-MM-dd HH:mm:ss}  {spike.Count,9:N0} {spike.Of.ToLowerInvariant()} in {Long(spike.End - spike.Start)} where {Number(spike.Typical)} are usual{times}"));
        }
    }

    private static void AddLogins(List<string> lines, LogMeasurement measured)
    {
        if (measured.Logins.Count == 0)
        {
            return;
        }

        lines.Add("");
        lines.Add(More("Logins", measured.Logins.Count, MostLogins));
        lines.Add("  Source                      Failed Accepted  Users  First           Last");
        foreach (LogLoginSource source in measured.Logins.Take(MostLogins))
        {
            string note = source.FailedThenAccepted ? Text($"  in after {source.FailuresBefore:N0}") : "";
            lines.Add(Text(
                $"  {Cut(source.SourceIP, 24),-24} {source.Failed,9:N0} {source.Accepted,8:N0} {source.Users,6:N0}  {source.FirstSeen,-14:MM-dd HH:mm:ss}  {source.LastSeen,-14:MM-dd HH:mm:ss}{note}"));
        }
    }

    private static void AddFields(List<string> lines, LogMeasurement measured)
    {
        foreach (LogFieldMeasurement field in measured.Fields)
        {
            lines.Add("");
            lines.Add(Line(
                field.Field,
                $"{field.Distinct:N0} {(field.Distinct == 1 ? "value" : "values")} in {field.Count:N0} events"));
            foreach (NameCount entry in field.Top.Take(MostTop))
            {
                lines.Add(
                    Text(
                        $"  {entry.Count,10:N0} {Percent((double)entry.Count / field.Count),7}  {Cut(entry.Name, Columns - 22)}"));
            }

            if (field.Rare.Count > 0)
            {
                string rare = string.Join(
                    ", ", field.Rare.Take(MostRare).Select(entry => Text($"{Cut(entry.Name, 24)} {entry.Count:N0}")));
                lines.Add("  rare: " + rare);
            }
        }
    }

    private static string More(string title, int all, int shown) =>
        all > shown ? Text($"{title} (the first {shown} of {all})") : title;

    private static string At(LogInterval interval) => Text($"{interval.Start:MM-dd HH:mm:ss}");

    private static string Cut(string text, int most) => VisibleText.Escape(text) is { } safe && safe.Length > most
        ? VisibleText.Start(safe, most - 1)
        : VisibleText.Escape(text);

    private static string PerHour(double? rate) => rate is { } known ? $", {Number(known)} an hour" : "";

    private static string Percent(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture);

    private static string Long(TimeSpan time) => time switch
    {
        { TotalDays: >= 2 } => Number(time.TotalDays) + " days",
        { TotalHours: >= 2 } => Number(time.TotalHours) + " hours",
        { TotalMinutes: >= 2 } => Number(time.TotalMinutes) + " minutes",
        _ => Number(time.TotalSeconds) + (time.TotalSeconds == 1 ? " second" : " seconds"),
    };

    private static string Line(string title, FormattableString text) => Line(title, Text(text));

    private static string Line(string title, string text) => title.PadRight(NameColumns) + text;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
