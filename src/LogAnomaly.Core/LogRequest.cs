namespace LogAnomaly;

/// <summary>A request that stands out by its duration or size.</summary>
/// <param name="Timestamp">Its time, or null.</param>
/// <param name="Source">Where it came from, or null.</param>
/// <param name="UrlPath">Path without the query; empty where it has none.</param>
/// <param name="StatusCode">Status of the response, or null.</param>
/// <param name="BytesSent">Bytes of the response, or null.</param>
/// <param name="DurationMs">Milliseconds that it took, or null.</param>
/// <param name="Path">File of its line.</param>
/// <param name="LineNumber">Line number in it, from 1.</param>
public sealed record LogRequest(
    DateTimeOffset? Timestamp,
    string? Source,
    string UrlPath,
    int? StatusCode,
    long? BytesSent,
    double? DurationMs,
    string Path,
    long LineNumber);
