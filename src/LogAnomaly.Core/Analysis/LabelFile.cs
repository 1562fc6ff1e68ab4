using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// The labels of a log as JSON, in the form that New-SyntheticLog writes:
/// <code>
/// {"anomalies":[{"lineNumber":1,"label":"x"}...],
///  "incidents":[{"id":"x-1","label":"x","start":...,"end":...,"lines":[1...],
///                "entities":[{"type":"SourceIP","value":"..."}]}...]}
/// </code>
/// The incidents are only in some.
/// </summary>
internal sealed class LabelFile
{
    private readonly Dictionary<long, string> _labels = [];

    private LabelFile(JsonElement root)
    {
        foreach (JsonElement anomaly in root.GetProperty("anomalies").EnumerateArray())
        {
            _labels[anomaly.GetProperty("lineNumber").GetInt64()] = anomaly.GetProperty("label").GetString()
                ?? "anomaly";
        }

        if (root.TryGetProperty("incidents", out JsonElement incidents))
        {
            Incidents = [.. incidents.EnumerateArray().Select(ToIncident)];
        }
    }

    /// <summary>The incidents; none where only lines are labelled.</summary>
    public IReadOnlyList<LabelledIncident> Incidents { get; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The labels.</returns>
    /// <exception cref="InvalidDataException">The file is not there, cannot be read or has another form.</exception>
    public static LabelFile Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return new LabelFile(document.RootElement);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The labels '{path}' cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException
            or FormatException)
        {
            throw new InvalidDataException(
                $"'{path}' has not the form of labels, which is "
                    + $"{{\"anomalies\":[{{\"lineNumber\":1,\"label\":\"x\"}}]}}: {error.Message}",
                error);
        }
    }

    /// <summary>The label of a line.</summary>
    /// <param name="line">Its number, from 1.</param>
    /// <returns>The label, or null where the line is normal.</returns>
    public string? LabelOf(long line) => _labels.GetValueOrDefault(line);

    private static LabelledIncident ToIncident(JsonElement incident) => new()
    {
        Id = incident.GetProperty("id").GetString() ?? "",
        Label = incident.GetProperty("label").GetString() ?? "anomaly",
        Start = incident.TryGetProperty("start", out JsonElement start) ? start.GetDateTimeOffset() : null,
        End = incident.TryGetProperty("end", out JsonElement end) ? end.GetDateTimeOffset() : null,
        Lines = incident.TryGetProperty("lines", out JsonElement lines)
            ? [.. lines.EnumerateArray().Select(line => line.GetInt64())]
            : [],
        Entities = incident.TryGetProperty("entities", out JsonElement entities)
            ? [.. entities.EnumerateArray().Select(entity => entity.GetProperty("value").GetString() ?? "")]
            : [],
    };
}
