using System.Globalization;
using System.Text.Json;
using LogAnomaly.Analysis;

namespace LogAnomaly.Cli.Output;

/// <summary>Measurements of detectors, as JSON or for people.</summary>
internal static class MeasurementList
{
    private static readonly (JsonEncodedText Name, Func<DetectorMeasurement, object?> Value)[] s_values =
    [
        (Name(nameof(DetectorMeasurement.Detector)), row => row.Detector),
        (Name(nameof(DetectorMeasurement.Unit)), row => row.Unit),
        (Name(nameof(DetectorMeasurement.IsSimple)), row => row.IsSimple),
        (Name(nameof(DetectorMeasurement.Runs)), row => row.Runs),
        (Name(nameof(DetectorMeasurement.Precision)), row => row.Precision),
        (Name(nameof(DetectorMeasurement.Recall)), row => row.Recall),
        (Name(nameof(DetectorMeasurement.F1)), row => row.F1),
        (Name(nameof(DetectorMeasurement.RocAuc)), row => row.RocAuc),
        (Name(nameof(DetectorMeasurement.AveragePrecision)), row => row.AveragePrecision),
        (Name(nameof(DetectorMeasurement.Threshold)), row => row.Threshold),
        (Name(nameof(DetectorMeasurement.TrainingCount)), row => row.TrainingCount),
        (Name(nameof(DetectorMeasurement.TruePositives)), row => row.TruePositives),
        (Name(nameof(DetectorMeasurement.FalsePositives)), row => row.FalsePositives),
        (Name(nameof(DetectorMeasurement.FalseNegatives)), row => row.FalseNegatives),
        (Name(nameof(DetectorMeasurement.TrueNegatives)), row => row.TrueNegatives),
        (Name(nameof(DetectorMeasurement.Incidents)), row => row.Incidents),
        (Name(nameof(DetectorMeasurement.IncidentsFound)), row => row.IncidentsFound),
        (Name(nameof(DetectorMeasurement.IncidentPrecision)), row => row.IncidentPrecision),
        (Name(nameof(DetectorMeasurement.IncidentRecall)), row => row.IncidentRecall),
        (Name(nameof(DetectorMeasurement.IncidentF1)), row => row.IncidentF1),
        (Name(nameof(DetectorMeasurement.TimeToDetect)), row => row.TimeToDetect),
        (Name(nameof(DetectorMeasurement.FalseAlarmsPerDay)), row => row.FalseAlarmsPerDay),
        (Name(nameof(DetectorMeasurement.PrecisionSpread)), row => row.PrecisionSpread),
        (Name(nameof(DetectorMeasurement.RecallSpread)), row => row.RecallSpread),
        (Name(nameof(DetectorMeasurement.F1Spread)), row => row.F1Spread),
        (Name(nameof(DetectorMeasurement.RocAucSpread)), row => row.RocAucSpread),
        (Name(nameof(DetectorMeasurement.AveragePrecisionSpread)), row => row.AveragePrecisionSpread),
        (Name(nameof(DetectorMeasurement.IncidentF1Spread)), row => row.IncidentF1Spread),
        (Name(nameof(DetectorMeasurement.Seconds)), row => row.Seconds),
    ];

    /// <summary>
    /// Writes one object a line, with the names of the properties of <see cref="DetectorMeasurement"/>.
    /// </summary>
    /// <param name="rows">The measurements.</param>
    /// <param name="host">The run.</param>
    public static void WriteJson(IReadOnlyList<DetectorMeasurement> rows, CliHost host)
    {
        using JsonLines lines = new(host.Output);
        foreach (DetectorMeasurement row in rows)
        {
            lines.StartLine();
            Array.ForEach(s_values, value => lines.Write(value.Name, value.Value(row)));
            lines.EndLine();
        }

        lines.Flush();
    }

    /// <summary>Writes a table.</summary>
    /// <param name="rows">The measurements, at least one.</param>
    /// <param name="host">The run.</param>
    public static void WriteText(IReadOnlyList<DetectorMeasurement> rows, CliHost host)
    {
        bool hasIncidents = rows.Any(row => row.Incidents is not null);
        host.Text.WriteLine(hasIncidents
            ? "Detector         Precision Recall F1              ROC-AUC     AP  Incidents   F1     to detect  "
                + "False/day"
            : "Detector         Precision Recall F1              ROC-AUC     AP  Threshold   Found  False     s");
        foreach (DetectorMeasurement row in rows)
        {
            string spread = row.Runs > 1 ? Invariant($" ±{row.F1Spread:0.0000}") : "";
            string start = Invariant(
                $"{row.Detector,-16} {row.Precision,9:0.0000} {row.Recall,6:0.000} {row.F1.ToString("0.0000", CultureInfo.InvariantCulture) + spread,-15} {row.RocAuc,7:0.0000} {row.AveragePrecision,6:0.0000}");
            string end = hasIncidents
                ? Invariant(
                    $" {row.IncidentsFound,5:0.#}/{row.Incidents,-5:0.#} {row.IncidentF1,6:0.000} {Time(row.TimeToDetect),9} {row.FalseAlarmsPerDay,10:0.0}")
                : Invariant(
                    $" {row.Threshold,10:0.000} {row.TruePositives,7:0} {row.FalsePositives,6:0.#} {row.Seconds,5:0.0}");
            host.Text.WriteLine(start + end);
        }

        host.Flush();
    }

    private static string Time(TimeSpan? time) =>
        time is { } known ? known.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture) : "-";

    private static JsonEncodedText Name(string name) => JsonEncodedText.Encode(name);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
