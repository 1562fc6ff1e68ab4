using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// Baselines in files: JSON in which each entry is a line.
/// <code>
/// {
///   "format": "LogAnomaly baseline",
///   "version": 1,
///   "header": { "name": ..., "created": ..., "from": ..., "to": ..., "hosts": [...], "kinds": {...}, ... },
///   "parts": { "profile": {...}, "templates": {...}, ... },
///   "signature": { "method": "HMAC-SHA256", "value": ... }
/// }
/// </code>
/// A version that is newer than ours is refused. A part that is not known is kept as it is.
/// </summary>
public static class BaselineFile
{
    private const string Format = "LogAnomaly baseline";
    private const string SignatureMember = "signature";
    private const string Times = "yyyy-MM-ddTHH:mm:ssZ";

    private static readonly JsonDocumentOptions s_reading = new() { MaxDepth = 64 };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="key">What its signature must agree with; null does not ask for one.</param>
    /// <returns>The baseline.</returns>
    /// <exception cref="InvalidDataException">It is none, or was changed after it was signed, or is not signed as asked
    /// for.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static LogBaseline Read(string path, BaselineKey? key = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = File.ReadAllBytes(path);
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content);
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException($"'{path}' is no baseline: it is no UTF-8.", error);
        }

        return Parse(text, path, key);
    }

    /// <summary>Whether a file begins as a baseline does, so that it is not taken for a log.</summary>
    /// <param name="path">Its path.</param>
    /// <returns>Whether it does; what cannot be read does not.</returns>
    public static bool IsBaseline(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return false;
        }

        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> start = stackalloc byte[256];
            int length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            string text = Encoding.UTF8.GetString(start[..length]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
            return text.StartsWith('{') && text.Contains($"\"{Format}\"", StringComparison.Ordinal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Who reads it as a log tells that it cannot be read.
            return false;
        }
    }

    /// <summary>Writes a file: beside it first, and then into its place.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="baseline">The baseline.</param>
    /// <param name="key">What signs it; null leaves a signature that it has.</param>
    /// <param name="overwrite">Whether an earlier file is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificate cannot sign.</exception>
    public static void Write(string path, LogBaseline baseline, BaselineKey? key = null, bool overwrite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(baseline);
        byte[] text = Encoding.UTF8.GetBytes(key is null ? baseline.Json : ToText(baseline, key));
        using FileReplacement file = FileReplacement.Start(path, overwrite);
        file.Output.Write(text);
        file.Complete();
    }

    /// <summary>The text of a file.</summary>
    /// <param name="baseline">The baseline.</param>
    /// <param name="key">What signs it; null leaves a signature that it has.</param>
    /// <returns>The text.</returns>
    internal static string ToText(LogBaseline baseline, BaselineKey? key = null)
    {
        BaselineSignature? signature = baseline.Signature;
        if (key is not null)
        {
            using JsonDocument unsigned = JsonDocument.Parse(ToBytes(baseline, null), s_reading);
            signature = key.Sign(BaselineLayout.Canonical(unsigned.RootElement, SignatureMember));
        }

        using JsonDocument document = JsonDocument.Parse(ToBytes(baseline, signature), s_reading);
        return BaselineLayout.Readable(document.RootElement);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called, for the messages.</param>
    /// <param name="key">What its signature must agree with, or null.</param>
    /// <returns>The baseline.</returns>
    /// <exception cref="InvalidDataException">It is none, or cannot be trusted as asked for.</exception>
    internal static LogBaseline Parse(string text, string name, BaselineKey? key)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using JsonDocument document = JsonDocument.Parse(text.TrimStart('\uFEFF'), s_reading);
            return Read(document.RootElement.Clone(), text, key);
        }
        catch (JsonException error)
        {
            long line = (error.LineNumber ?? 0) + 1;
            string cause = error.Message.Split(" LineNumber:")[0];
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}', line {line}: it is no baseline, or was cut short: {cause}"), error);
        }
        catch (Exception error) when (
            error is FormatException or InvalidDataException or OverflowException or ArgumentException
                or InvalidOperationException)
        {
            // The name of a member that holds half a character is an invalid operation to the reader of JSON.
            throw new InvalidDataException($"'{name}' cannot be taken for a baseline: {error.Message}", error);
        }
    }

    /// <summary>The parts as they are to stand in a file.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="others">Baselines whose unknown parts are kept.</param>
    /// <returns>The parts by their names.</returns>
    internal static IReadOnlyList<KeyValuePair<string, JsonElement>> ContentOf(
        IReadOnlyList<IBaselinePart> parts, IEnumerable<LogBaseline> others)
    {
        SortedDictionary<string, JsonElement> content = new(StringComparer.Ordinal);
        foreach (IBaselinePart part in parts)
        {
            ArrayBufferWriter<byte> buffer = new();
            using (Utf8JsonWriter writer = new(buffer))
            {
                part.Write(writer);
            }

            using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory, s_reading);
            content.Add(part.Name, document.RootElement.Clone());
        }

        foreach ((string name, JsonElement element) in others.SelectMany(baseline => baseline.Content))
        {
            content.TryAdd(name, element);
        }

        return [.. content];
    }

    private static LogBaseline Read(JsonElement root, string text, BaselineKey? key)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement format)
            || format.ValueKind != JsonValueKind.String || format.GetString() != Format)
        {
            throw new FormatException($"its format is not '{Format}'.");
        }

        RequireUnique(root, "the file");
        long version = BaselineValue.Whole(root, "version", "the file");
        if (version is < 1 or > LogBaseline.CurrentVersion)
        {
            throw new FormatException(FormattableString.Invariant(
                $"it is of version {version}, and this module reads up to version {LogBaseline.CurrentVersion}: update the module."));
        }

        BaselineSignature? signature = root.TryGetProperty(SignatureMember, out JsonElement signed)
            ? ReadSignature(signed)
            : null;
        BaselineTrust trust = BaselineKey.Check(signature, BaselineLayout.Canonical(root, SignatureMember), key);
        LogBaseline baseline = ReadHeader(root, (int)version, text, signature, trust);

        // What cannot be read is to be told now, and not when it is first used.
        _ = baseline.Restore();
        return baseline;
    }

    private static LogBaseline ReadHeader(
        JsonElement root, int version, string text, BaselineSignature? signature, BaselineTrust trust)
    {
        JsonElement header = BaselineValue.Member(root, "header", "the file");
        JsonElement kinds = BaselineValue.Member(header, "kinds", "header");
        JsonElement hosts = header.TryGetProperty("hosts", out JsonElement list)
            && list.ValueKind == JsonValueKind.Array
            ? list : throw new FormatException("hosts of header is no array.");
        return new LogBaseline
        {
            FormatVersion = version,
            Name = BaselineValue.Text(header, "name", "header"),
            Created = TimeOf(header, "created") ?? throw new FormatException("header has no created."),
            From = TimeOf(header, "from"),
            To = TimeOf(header, "to"),
            Events = BaselineValue.Whole(header, "events", "header"),
            Hosts = [.. hosts.EnumerateArray().Select(host => BaselineValue.TextOf(host, "a host of header"))],
            Kinds = [.. kinds.EnumerateObject()
                .Select(kind => new NameCount(kind.Name, BaselineValue.Whole(kinds, kind.Name, "kinds of header")))],
            TimeZone = BaselineValue.Text(header, "timeZone", "header"),
            ModuleVersion = BaselineValue.Text(header, "moduleVersion", "header"),
            Signature = signature,
            Trust = trust,
            Original = text,
            Content =
            [
                .. BaselineValue.Member(root, "parts", "the file").EnumerateObject()
                    .Select(part => new KeyValuePair<string, JsonElement>(part.Name, part.Value)),
            ],
        };
    }

    private static DateTimeOffset? TimeOf(JsonElement header, string name) =>
        BaselineValue.Ticks(header, name, "header") is >= 0 and long ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : null;

    private static BaselineSignature ReadSignature(JsonElement element) => new(
        BaselineValue.Text(element, "method", SignatureMember),
        BaselineValue.Text(element, "value", SignatureMember),
        element.TryGetProperty("thumbprint", out _) ? BaselineValue.Text(element, "thumbprint", SignatureMember) : null,
        element.TryGetProperty("certificate", out _)
            ? BaselineValue.Text(element, "certificate", SignatureMember)
            : null);

    // Readers differ in which of two members of one name they take, so that a file could say one thing to each.
    private static void RequireUnique(JsonElement element, string where)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                RequireUnique(item, where);
            }
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!names.Add(property.Name))
            {
                throw new FormatException($"'{property.Name}' stands a second time in {where}.");
            }

            RequireUnique(property.Value, $"'{property.Name}'");
        }
    }

    private static ReadOnlyMemory<byte> ToBytes(LogBaseline baseline, BaselineSignature? signature)
    {
        ArrayBufferWriter<byte> buffer = new();
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        writer.WriteString("format", Format);
        writer.WriteNumber("version", LogBaseline.CurrentVersion);
        writer.WriteStartObject("header");
        WriteHeader(writer, baseline);
        writer.WriteEndObject();
        writer.WriteStartObject("parts");
        foreach ((string name, JsonElement element) in baseline.Content)
        {
            writer.WritePropertyName(name);
            element.WriteTo(writer);
        }

        writer.WriteEndObject();
        if (signature is not null)
        {
            writer.WriteStartObject(SignatureMember);
            writer.WriteString("method", signature.Method);
            WriteText(writer, "thumbprint", signature.Thumbprint);
            WriteText(writer, "certificate", signature.Certificate);
            writer.WriteString("value", signature.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteHeader(Utf8JsonWriter writer, LogBaseline baseline)
    {
        writer.WriteString("name", baseline.Name);
        writer.WriteString("created", baseline.Created.UtcDateTime.ToString(Times, CultureInfo.InvariantCulture));
        WriteText(writer, "from", baseline.From?.UtcDateTime.ToString(Times, CultureInfo.InvariantCulture));
        WriteText(writer, "to", baseline.To?.UtcDateTime.ToString(Times, CultureInfo.InvariantCulture));
        writer.WriteNumber("events", baseline.Events);
        writer.WriteStartObject("kinds");
        foreach ((string name, long count) in baseline.Kinds)
        {
            writer.WriteNumber(name, count);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("hosts");
        foreach (string host in baseline.Hosts)
        {
            writer.WriteStringValue(host);
        }

        writer.WriteEndArray();
        writer.WriteString("timeZone", baseline.TimeZone);
        writer.WriteString("moduleVersion", baseline.ModuleVersion);
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
