using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// Suppressions in a file that people read, review and merge: a JSON array with one object for each, in the order in
/// which they were made:
/// <code>
/// [
///   {
///     "Id": "S-4f1c09ab",
///     "RuleId": "SSH-01",
///     "Fields": { "SourceIP": [ "10.0.0.0/8" ] },
///     "Until": "2027-01-01T00:00:00+00:00",
///     "Because": "our own scanner"
///   }
/// ]
/// </code>
/// <c>Id</c>, <c>Because</c> and <c>Until</c> must stand there; an <c>Until</c> of null never ends. A time without an
/// offset is UTC, so that it means the same everywhere. Members that are not ours are kept. A file with a fault hides
/// nothing: it is refused as a whole, with the line of the fault.
/// </summary>
public static class SuppressionFile
{
    /// <summary>Name of the file where none is given.</summary>
    public const string DefaultName = "loganomaly.suppressions.json";

    private static readonly JsonWriterOptions s_writing = new()
    {
        Indented = true,
        // Not for HTML: names and addresses stay readable.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Its suppressions, in its order.</returns>
    /// <exception cref="InvalidDataException">The file has a fault; the message names file, line and cause.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IReadOnlyList<LogSuppression> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = File.ReadAllBytes(path);
        return SuppressionReader.Read(content, path);
    }

    /// <summary>Writes a file: beside it first, and then into its place.</summary>
    /// <param name="path">Its path; an earlier file is replaced.</param>
    /// <param name="suppressions">The suppressions, in the order in which they are to stand.</param>
    /// <exception cref="FormatException">A suppression has a fault; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, IEnumerable<LogSuppression> suppressions)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(suppressions);
        LogSuppression[] all = [.. suppressions];
        Array.ForEach(all, SuppressionCheck.Require);
        using FileReplacement file = FileReplacement.Start(path, overwrite: true);
        using (Utf8JsonWriter writer = new(file.Output, s_writing))
        {
            writer.WriteStartArray();
            Array.ForEach(all, suppression => Write(writer, suppression));
            writer.WriteEndArray();
        }

        file.Output.Write("\n"u8);
        file.Complete();
    }

    /// <summary>Adds a suppression to the end of a file, which is made where there is none.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="suppression">The suppression.</param>
    /// <exception cref="InvalidDataException">The file has a fault; it stays as it is.</exception>
    /// <exception cref="FormatException">The suppression has a fault; the file stays as it is.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read or written.</exception>
    public static void Add(string path, LogSuppression suppression)
    {
        ArgumentNullException.ThrowIfNull(suppression);
        Write(path, [.. File.Exists(path) ? Read(path) : [], suppression]);
    }

    /// <summary>An id for a new suppression, made of what it says and when it was made.</summary>
    /// <param name="suppression">The suppression; its own id does not matter.</param>
    /// <returns>The id: <c>S-</c> and eight hexadecimal digits.</returns>
    public static string NewId(LogSuppression suppression)
    {
        ArgumentNullException.ThrowIfNull(suppression);
        StringBuilder text = new();
        text.Append(suppression.RuleId).Append('\0').Append(suppression.Because).Append('\0');
        text.Append(CultureInfo.InvariantCulture, $"{suppression.CreatedAt?.UtcTicks}");
        foreach ((string name, IReadOnlyList<string> values) in suppression.Fields)
        {
            text.Append('\0').Append(name).Append('\0').AppendJoin('\0', values);
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return "S-" + Convert.ToHexString(hash, 0, 4).ToLowerInvariant();
    }

    private static void Write(Utf8JsonWriter writer, LogSuppression suppression)
    {
        writer.WriteStartObject();
        writer.WriteString(nameof(LogSuppression.Id), suppression.Id);
        WriteText(writer, nameof(LogSuppression.RuleId), suppression.RuleId);
        if (suppression.Fields.Count > 0)
        {
            writer.WriteStartObject(nameof(LogSuppression.Fields));
            foreach ((string name, IReadOnlyList<string> values) in suppression.Fields)
            {
                writer.WriteStartArray(name);
                foreach (string value in values)
                {
                    writer.WriteStringValue(value);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        writer.WriteString(nameof(LogSuppression.Because), suppression.Because);
        WriteText(writer, nameof(LogSuppression.Ticket), suppression.Ticket);
        if (suppression.Until is null)
        {
            writer.WriteNull(nameof(LogSuppression.Until));
        }

        WriteTime(writer, nameof(LogSuppression.Until), suppression.Until);
        WriteTime(writer, nameof(LogSuppression.CreatedAt), suppression.CreatedAt);
        WriteText(writer, nameof(LogSuppression.CreatedBy), suppression.CreatedBy);
        foreach ((string name, JsonElement value) in suppression.Others)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(value.GetRawText());
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, string name, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            writer.WriteString(name, value.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        }
    }
}
