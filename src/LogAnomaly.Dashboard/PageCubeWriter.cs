using System.Globalization;
using System.Text.Json;
using LogAnomaly.Analysis;
using LogAnomaly.Places;

namespace LogAnomaly.Dashboard;

/// <summary>
/// Writes the counted events, the kept lines, the sources and the requests that stand out; the shapes are
/// <c>CubeData</c>, <c>LinesData</c>, <c>SourceData</c> and <c>RequestData</c> of <c>web/src/data.ts</c>.
/// </summary>
/// <param name="page">Takes the JSON.</param>
/// <param name="places">Where sources come from.</param>
internal sealed class PageCubeWriter(PageJson page, SourcePlaces places)
{
    private readonly Utf8JsonWriter _json = page.Json;

    /// <summary>Writes them, each as a property.</summary>
    /// <param name="cube">The counts.</param>
    internal void Write(LogCube cube)
    {
        _json.WriteStartObject("cube");
        page.Time("start", cube.Start);
        _json.WriteNumber("step", cube.Step.Ticks / TimeSpan.TicksPerMillisecond);
        _json.WriteNumber("steps", cube.Steps);
        page.Array("dimensions", cube.Dimensions, int.MaxValue, Dimension);
        page.Array("tables", cube.Tables, int.MaxValue, table => Table(cube, table));
        _json.WriteEndObject();
        Lines(cube);
        page.Array("sources", cube.Sources, int.MaxValue, Source);
        page.Array("slowest", cube.Slowest, int.MaxValue, Request);
        page.Array("largest", cube.Largest, int.MaxValue, Request);
    }

    private void Dimension(CubeDimension dimension)
    {
        _json.WriteStartObject();
        _json.WriteString("name", dimension.Name);
        _json.WriteStartArray("values");
        foreach (string value in dimension.Values)
        {
            _json.WriteStringValue(value);
            page.FlushLarge();
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Table(LogCube cube, CubeTable table)
    {
        _json.WriteStartObject();
        _json.WriteStartArray("dimensions");
        foreach (int dimension in table.Dimensions)
        {
            _json.WriteStringValue(cube.Dimensions[dimension].Name);
        }

        _json.WriteEndArray();
        page.Numbers("time", Deltas(table.Steps));
        _json.WriteStartArray("codes");
        foreach (IReadOnlyList<int> column in table.Codes)
        {
            page.Numbers(null, column.Select(code => (long)code));
        }

        _json.WriteEndArray();
        page.Numbers("count", table.Counts);
        if (table.Bytes is { } bytes)
        {
            page.Numbers("bytes", bytes);
        }

        _json.WriteEndObject();
    }

    private static IEnumerable<long> Deltas(IReadOnlyList<int> steps)
    {
        int before = 0;
        foreach (int step in steps)
        {
            yield return step - before;
            before = step;
        }
    }

    private void Lines(LogCube cube)
    {
        Dictionary<string, long> places = new(StringComparer.Ordinal);
        foreach (CubeLine line in cube.Lines)
        {
            places.TryAdd(line.Path, places.Count);
        }

        _json.WriteStartObject("lines");
        Texts("paths", places.Keys);
        page.Numbers("path", cube.Lines.Select(line => places[line.Path]));
        page.Numbers("line", cube.Lines.Select(line => line.LineNumber));
        page.Numbers("time", cube.Lines.Select(line => MillisecondsOf(cube, line)));
        _json.WriteStartArray("codes");
        for (int dimension = 0; dimension < cube.Dimensions.Count; dimension++)
        {
            int column = dimension;
            page.Numbers(null, cube.Lines.Select(line => (long)line.Codes[column]));
        }

        _json.WriteEndArray();
        Texts("raw", cube.Lines.Select(line => line.Raw));
        _json.WriteStartObject("cut");
        for (int index = 0; index < cube.Lines.Count; index++)
        {
            if (cube.Lines[index].Cut > 0)
            {
                _json.WriteNumber(index.ToString(CultureInfo.InvariantCulture), cube.Lines[index].Cut);
            }
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    // As in the tables, a line whose clock was far off has no time.
    private static long MillisecondsOf(LogCube cube, CubeLine line)
    {
        if (cube.Start is not { } start || line.Timestamp is not { } time)
        {
            return -1;
        }

        long ticks = time.UtcTicks - start.UtcTicks;
        return ticks < 0 || ticks >= cube.Step.Ticks * cube.Steps ? -1 : ticks / TimeSpan.TicksPerMillisecond;
    }

    private void Texts(string property, IEnumerable<string> texts)
    {
        _json.WriteStartArray(property);
        foreach (string text in texts)
        {
            _json.WriteStringValue(text);
            page.FlushLarge();
        }

        _json.WriteEndArray();
    }

    private void Source(CubeSource source)
    {
        _json.WriteStartObject();
        _json.WriteNumber("code", source.Code);
        page.Text("name", source.Name);
        AddressOrigin origin = SourcePlaces.OriginOf(source.Name);
        _json.WriteString("origin", origin.ToString());
        if (origin == AddressOrigin.Public && places.CountryOf(source.Name) is { Length: 2 } country)
        {
            _json.WriteString("country", country);
        }

        _json.WriteNumber("count", source.Count);
        _json.WriteNumber("failed", source.Failed);
        _json.WriteNumber("accepted", source.Accepted);
        _json.WriteNumber("users", source.Users);
        page.Array("topUsers", source.TopUsers, int.MaxValue, page.Name);
        page.Text("acceptedUser", source.AcceptedUser);
        page.Time("firstSeen", source.FirstSeen);
        page.Time("lastSeen", source.LastSeen);
        _json.WriteEndObject();
    }

    private void Request(LogRequest request)
    {
        _json.WriteStartObject();
        page.Time("time", request.Timestamp);
        page.Text("source", request.Source);
        page.Text("path", request.UrlPath);
        Number("status", request.StatusCode);
        Number("bytes", request.BytesSent);
        Number("duration", request.DurationMs);
        page.Text("file", request.Path);
        _json.WriteNumber("line", request.LineNumber);
        _json.WriteEndObject();
    }

    private void Number(string property, double? value)
    {
        if (value is { } known)
        {
            page.Number(property, known);
        }
    }
}
