using System.Globalization;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>
/// Reads a format of the user's own from a JSON file: its name, its patterns, and sample lines with what is expected of
/// them, which are tried before the format is given out. <c>docs/formats.md</c> describes the file.
/// </summary>
public static class FormatDefinition
{
    private static readonly string[] s_members =
    [
        "$schema", "name", "description", "pattern", "patterns", "timeFormat", "timeFormats", "levels", "fields",
        "constants", "start", "continuation", "samples", "notSamples",
    ];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <returns>The format.</returns>
    /// <exception cref="InvalidDataException">The file has a fault, or a sample is not read as it should be; the
    /// message names file, place and cause.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LogFormat Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>Reads a definition.</summary>
    /// <param name="json">The definition.</param>
    /// <param name="path">What messages call it.</param>
    /// <returns>The format.</returns>
    /// <exception cref="InvalidDataException">The definition has a fault, or a sample is not read as it should
    /// be.</exception>
    public static LogFormat Parse(string json, string path)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            DefinitionReader root = new(path, "$", document.RootElement);
            root.RequireObject();
            root.RequireMembers(s_members);
            PatternFormat format = Create(root);
            FormatSamples.Check(format, root);
            return format;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{path}', line {error.LineNumber + 1}: it is no JSON: {error.Message}"), error);
        }
    }

    private static PatternFormat Create(DefinitionReader root)
    {
        string name = root.Text("name") ?? throw root.Fault("'name' is missing.");
        if (LogFormats.TryGet(name, out _))
        {
            throw root.Fault($"the name '{name}' is that of a built-in format: choose another.");
        }

        List<string> patterns =
            [.. root.Texts("patterns"), .. root.Text("pattern") is { } pattern ? [pattern] : Array.Empty<string>()];
        if (patterns.Count == 0)
        {
            throw root.Fault("'pattern' or 'patterns' is missing.");
        }

        string? continuation = root.Text("continuation");
        if (continuation is not (null or "none" or "indented"))
        {
            throw root.Fault($"'continuation' is 'none' or 'indented', not '{continuation}'.");
        }

        PatternOptions options = new()
        {
            Name = name,
            Description = root.Text("description") ?? "a format of the user's own",
            TimeFormats =
            [
                .. root.Texts("timeFormats"),
                .. root.Text("timeFormat") is { } timeFormat ? [timeFormat] : Array.Empty<string>(),
            ],
            Levels = root.Map("levels", ToLevel),
            Fields = root.Map("fields", ToField),
            Constants = root.Map("constants", (_, text) => text),
            StartPattern = root.Text("start"),
            JoinsContinuations = continuation == "indented",
        };
        try
        {
            return new PatternFormat(patterns, options);
        }
        catch (ArgumentException error)
        {
            throw root.Fault(error.Message);
        }
    }

    private static LogLevel ToLevel(DefinitionReader place, string text) =>
        Enum.TryParse(text, ignoreCase: true, out LogLevel level) && Enum.IsDefined(level)
            && !char.IsAsciiDigit(text[0])
            ? level
            : throw place.Fault($"'{text}' is no level: use {string.Join(", ", Enum.GetNames<LogLevel>())}.");

    private static LogField ToField(DefinitionReader place, string text) =>
        LogFields.TryParse(text, out LogField field) ? field : throw place.Fault($"'{text}' is the name of no field.");
}
