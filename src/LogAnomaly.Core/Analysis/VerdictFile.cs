using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// Verdicts in a file that people read, review and merge: one JSON object a line, in the order in which they were said:
/// <code>
/// {"Id":"V-4f1c09ab","Kind":"Benign","RuleId":"SSH-01","EntityType":"SourceIP","Entity":"10.1.2.3",...,
///     "Because":"our scanner"}
/// </code>
/// <c>Id</c>, <c>Kind</c>, <c>Because</c> and <c>MarkedAt</c> must stand there. Members that are not ours are kept. A
/// file with a fault changes nothing: it is refused as a whole, with the line of the fault.
/// </summary>
public static class VerdictFile
{
    /// <summary>Name of the file where none is given.</summary>
    public const string DefaultName = "loganomaly.verdicts.jsonl";

    private const string Times = "yyyy-MM-ddTHH:mm:sszzz";
    private static readonly string[] s_times = ["yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd"];

    private static readonly string[] s_members =
    [
        "Id", "Kind", "RuleId", "Detector", "TemplateId", "Title", "EventKind", "EntityType", "Entity", "Score",
        "MarkedAt", "MarkedBy", "Until", "Because",
    ];

    private static readonly JsonWriterOptions s_writing =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Its verdicts, in its order.</returns>
    /// <exception cref="InvalidDataException">The file has a fault; the message names file, line and cause.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyList<LogVerdict> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"'{path}' is no file of verdicts: it is no UTF-8.", error);
        }

        List<LogVerdict> verdicts = [];
        for (int i = 0; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                verdicts.Add(Read(lines[i], path, i + 1));
            }
        }

        return verdicts;
    }

    /// <summary>
    /// Adds verdicts to the end of a file, which is made where there is none; it is written beside and moved into
    /// place.
    /// </summary>
    /// <param name="path">Its path.</param>
    /// <param name="verdicts">The verdicts.</param>
    /// <exception cref="InvalidDataException">The file has a fault; it stays as it is.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or written.</exception>
    public static void Add(string path, IEnumerable<LogVerdict> verdicts)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(verdicts);
        LogVerdict[] all = [.. File.Exists(path) ? Read(path) : [], .. verdicts];
        using FileReplacement file = FileReplacement.Start(path, overwrite: true);
        foreach (LogVerdict verdict in all)
        {
            file.Output.Write(Line(verdict));
            file.Output.Write("\n"u8);
        }

        file.Complete();
    }

    private static byte[] Line(LogVerdict verdict)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer, s_writing);
        writer.WriteStartObject();
        writer.WriteString("Id", verdict.Id);
        writer.WriteString("Kind", verdict.Kind.ToString());
        WriteText(writer, "RuleId", verdict.RuleId);
        WriteText(writer, "Detector", verdict.Detector);
        WriteText(writer, "TemplateId", verdict.TemplateId);
        WriteText(writer, "Title", verdict.Title);
        writer.WriteString("EventKind", verdict.EventKind.ToString());
        WriteText(writer, "EntityType", verdict.EntityType);
        WriteText(writer, "Entity", verdict.Entity);
        writer.WriteNumber("Score", verdict.Score);
        writer.WriteString("MarkedAt", verdict.MarkedAt.ToString(Times, CultureInfo.InvariantCulture));
        WriteText(writer, "MarkedBy", verdict.MarkedBy);
        WriteText(writer, "Until", verdict.Until?.ToString(Times, CultureInfo.InvariantCulture));
        writer.WriteString("Because", verdict.Because);
        foreach ((string name, JsonElement value) in verdict.Others)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static LogVerdict Read(string line, string path, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return Read(BaselineValue.Object(document.RootElement, "a verdict").Clone());
        }
        catch (JsonException error)
        {
            throw Fault(path, number, "it is no JSON: " + error.Message.Split(" LineNumber:")[0], error);
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            // The name of a member that holds half a character is an invalid operation to the reader of JSON.
            throw Fault(path, number, error.Message, error);
        }
    }

    private static LogVerdict Read(JsonElement element)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new FormatException($"'{property.Name}' stands there a second time.");
            }
        }

        string because = BaselineValue.Text(element, "Because", "the verdict");
        if (string.IsNullOrWhiteSpace(because))
        {
            throw new FormatException("Because of the verdict is empty.");
        }

        return new LogVerdict
        {
            Id = BaselineValue.Text(element, "Id", "the verdict"),
            Kind = Name<VerdictKind>(element, "Kind"),
            Because = because,
            MarkedAt = Time(element, "MarkedAt") ?? throw new FormatException("the verdict has no MarkedAt."),
            MarkedBy = Optional(element, "MarkedBy"),
            Until = Time(element, "Until"),
            RuleId = Optional(element, "RuleId"),
            Detector = Optional(element, "Detector"),
            TemplateId = Optional(element, "TemplateId"),
            Title = Optional(element, "Title") ?? "",
            EventKind = Name<LogKind>(element, "EventKind"),
            EntityType = Optional(element, "EntityType"),
            Entity = Optional(element, "Entity"),
            Score = BaselineValue.Number(element, "Score", "the verdict", 0),
            Others =
            [
                .. element.EnumerateObject().Where(property => !s_members.Contains(property.Name))
                    .Select(property => new KeyValuePair<string, JsonElement>(property.Name, property.Value)),
            ],
        };
    }

    private static T Name<T>(JsonElement element, string member)
        where T : struct, Enum
    {
        string text = BaselineValue.Text(element, member, "the verdict");
        return Enum.GetNames<T>().Contains(text, StringComparer.OrdinalIgnoreCase)
            ? Enum.Parse<T>(text, ignoreCase: true)
            : throw new FormatException($"{member} is '{text}': write one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    private static string? Optional(JsonElement element, string member) =>
        element.TryGetProperty(member, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? BaselineValue.Text(element, member, "the verdict")
            : null;

    private static DateTimeOffset? Time(
        JsonElement element, string member) => Optional(element, member) is not { } text ? null
        : DateTimeOffset.TryParseExact(
            text, s_times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new FormatException($"{member} is '{text}', which is no time such as 2027-01-01T08:00:00+01:00.");

    private static InvalidDataException Fault(string path, int line, string cause, Exception error) =>
        new(string.Create(CultureInfo.InvariantCulture, $"'{path}', line {line}: {cause}"), error);
}
