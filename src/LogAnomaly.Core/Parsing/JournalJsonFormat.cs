using System.Text;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>
/// The systemd journal as JSON: <c>journalctl -o json</c>, an object a line, and <c>json-pretty</c>, <c>json-seq</c>
/// (RFC 7464) and <c>json-sse</c>. A value is a text, null where it was too long to be written, an array of numbers
/// where it holds bytes that are no text, and an array of values where the field has several.
/// </summary>
public sealed class JournalJsonFormat : LogFormat
{
    private const byte RecordSeparator = 0x1E;

    private static readonly JsonReaderOptions s_options =
        new() { CommentHandling = JsonCommentHandling.Disallow, MaxDepth = 8 };

    /// <inheritdoc/>
    public override string Name => "journal-json";

    /// <inheritdoc/>
    public override string Description =>
        "the systemd journal as JSON: journalctl -o json, json-pretty, json-seq, json-sse";

    /// <inheritdoc/>
    internal override bool IsSequential => true;

    /// <inheritdoc/>
    internal override LineJoiner? NewJoiner() => new JournalJsonJoiner();

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> json = Unwrap(line.Span);
        if (json.IsEmpty || json[0] != '{')
        {
            return null;
        }

        context.Source.PropertyReader ??= ReadProperties;
        JournalEntry entry = default;
        try
        {
            return TryRead(json, ref entry) ? entry.Make(line, null, context) : null;
        }
        catch (JsonException)
        {
            // Not JSON, or cut off: the line is told as one that could not be parsed.
            return null;
        }
        catch (InvalidOperationException)
        {
            // A text with half of a surrogate pair.
            return null;
        }
    }

    /// <summary>All fields of an entry.</summary>
    /// <param name="line">The entry.</param>
    /// <returns>The fields, in the order of the line.</returns>
    internal static IReadOnlyDictionary<string, object?> ReadProperties(ReadOnlySpan<byte> line)
    {
        Dictionary<string, object?> properties = new(StringComparer.Ordinal);
        Utf8JsonReader reader = new(Unwrap(line), s_options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = ToText(reader);
            reader.Read();
            properties[name] = ReadValue(ref reader);
        }

        return properties;
    }

    private static bool TryRead(ReadOnlySpan<byte> json, ref JournalEntry entry)
    {
        Utf8JsonReader reader = new(json, s_options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Names of the journal hold capital letters, digits and underscores.
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    entry.Take(name, reader.ValueIsEscaped ? Unescape(reader) : reader.ValueSpan);
                    break;
                case JsonTokenType.Number:
                    entry.Take(name, reader.ValueSpan);
                    break;
                case JsonTokenType.StartArray:
                    entry.Take(name, ReadFirst(ref reader));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject && !reader.Read();
    }

    // The bytes of an array of numbers, or the first value of an array of values.
    private static ReadOnlySpan<byte> ReadFirst(scoped ref Utf8JsonReader reader)
    {
        List<byte>? bytes = null;
        byte[]? first = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.Number when reader.TryGetByte(out byte value):
                    (bytes ??= []).Add(value);
                    break;
                case JsonTokenType.String:
                    first ??= Unescape(reader);
                    break;
                case JsonTokenType.StartArray:
                    byte[] inner = ReadFirst(ref reader).ToArray();
                    first ??= inner;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return first ?? bytes?.ToArray() ?? [];
    }

    private static object? ReadValue(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return ToText(reader);
            case JsonTokenType.Number:
                return reader.TryGetInt64(out long number) ? number : reader.GetDouble();
            case JsonTokenType.True or JsonTokenType.False:
                return reader.GetBoolean();
            case JsonTokenType.StartArray:
                return ReadArray(ref reader);
            default:
                reader.Skip();
                return null;
        }
    }

    private static object ReadArray(ref Utf8JsonReader reader)
    {
        List<byte> bytes = [];
        List<string> values = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out byte value))
            {
                bytes.Add(value);
            }
            else
            {
                values.Add(ReadValue(ref reader)?.ToString() ?? "");
            }
        }

        return values.Count > 0 ? values.ToArray() : Encoding.UTF8.GetString(bytes.ToArray());
    }

    // Unlike GetString, takes bytes that are not UTF-8.
    private static string ToText(in Utf8JsonReader reader) =>
        Encoding.UTF8.GetString(reader.ValueIsEscaped ? Unescape(reader) : reader.ValueSpan);

    private static byte[] Unescape(in Utf8JsonReader reader)
    {
        byte[] text = new byte[reader.ValueSpan.Length];
        return text.AsSpan(0, reader.CopyString(text)).ToArray();
    }

    // json-seq begins each object with a record separator, json-sse with "data: ".
    private static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> line)
    {
        line = !line.IsEmpty && line[0] == RecordSeparator ? line[1..] : line;
        return line.StartsWith("data: "u8) ? line["data: ".Length..] : line;
    }
}
