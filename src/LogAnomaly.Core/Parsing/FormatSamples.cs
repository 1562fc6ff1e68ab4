using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>Tries a format on the samples of its definition.</summary>
internal static class FormatSamples
{
    private static readonly string[] s_members = ["$schema", "line", "expect"];

    /// <summary>Tries all samples.</summary>
    /// <param name="format">The format.</param>
    /// <param name="root">The definition.</param>
    /// <exception cref="InvalidDataException">A sample is not read as it should be.</exception>
    public static void Check(LogFormat format, DefinitionReader root)
    {
        bool any = false;
        foreach (DefinitionReader sample in root.Elements("samples"))
        {
            any = true;
            CheckSample(format, sample);
        }

        if (!any)
        {
            throw root.Fault("'samples' is missing or empty: give at least one line that the format must read.");
        }

        foreach (DefinitionReader sample in root.Elements("notSamples"))
        {
            if (Read(format, sample.AsText()).IsMatch)
            {
                throw sample.Fault("the format reads the line, and should not.");
            }
        }
    }

    private static void CheckSample(LogFormat format, DefinitionReader sample)
    {
        if (sample.Element.ValueKind == JsonValueKind.String)
        {
            _ = RequireMatch(format, sample, sample.AsText());
            return;
        }

        sample.RequireObject();
        sample.RequireMembers(s_members);
        LogEvent made = RequireMatch(format, sample, sample.Text("line") ?? throw sample.Fault("'line' is missing."));
        if (sample.Member("expect") is not { } expect)
        {
            return;
        }

        expect.RequireObject();
        foreach (JsonProperty property in expect.Element.EnumerateObject())
        {
            DefinitionReader value = new(expect.File, $"{expect.Place}.{property.Name}", property.Value);
            string expected = property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : property.Value.GetRawText();
            object? found = made[property.Name];
            if (!IsAlike(expected, found))
            {
                throw value.Fault(
                    $"expected is '{expected}', read was {(found is null ? "nothing" : $"'{Shown(found)}'")}.");
            }
        }
    }

    private static LogEvent RequireMatch(LogFormat format, DefinitionReader sample, string line)
    {
        FormatTestLine result = Read(format, line);
        return result.IsMatch
            ? result.Event!
            : throw sample.Fault($"the format does not read the line. {result.Reason}");
    }

    private static FormatTestLine Read(LogFormat format, string line)
    {
        FormatTestResult result = FormatTest.Run(format, [line], new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        return result.Lines is [{ } only]
            ? only
            : new FormatTestLine(1, line, false, null, "It is more than one event.");
    }

    private static bool IsAlike(string expected, object? found) =>
        expected == "null" ? found is null
        : found is DateTimeOffset time
            ? DateTimeOffset.TryParse(
                expected,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset other) && other == time
        : found is not null && string.Equals(
            Shown(found), expected, found is string ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static string Shown(object value) => value is DateTimeOffset time
        ? time.ToString("O", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
