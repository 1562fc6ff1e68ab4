using System.Buffers;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>
/// A batch of log records as OpenTelemetry's JSON encoding has it: <c>resourceLogs</c>, in each <c>scopeLogs</c>, in
/// each <c>logRecords</c>. Each record becomes an event of its own, whose line is that of the batch and whose values
/// are those of the record and its resource, lists of keys and values turned into objects.
/// </summary>
internal static class OpenTelemetryBatch
{
    private const int MostRecords = 100_000;
    private const int DeepestValue = 32;

    /// <summary>Whether the values of a line are those of a batch.</summary>
    /// <param name="fields">The values.</param>
    /// <returns>Whether they are.</returns>
    public static bool IsBatch(RecordFields fields) =>
        fields.Count is > 0 and < 4 && fields.IndexOf("resourceLogs") is >= 0 and int at
            && fields.TypeOf(at) == RecordValueType.Array;

    /// <summary>Makes the events of a batch.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source; takes the events beyond the first.</param>
    /// <returns>The first event, or null where the batch has no record.</returns>
    public static LogEvent? Parse(in LogLine line, ParseContext context)
    {
        try
        {
            return ParseRecords(line, context);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair is no text: the batch stays whole.
            context.Further.Clear();
            return null;
        }
    }

    private static RecordEvent? ParseRecords(in LogLine line, ParseContext context)
    {
        // The values have been read from this line before, so it is JSON of bounded depth.
        byte[] json = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(line.Span));
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true });
        RecordEvent? first = null;
        int count = 0;
        foreach (byte[] record in Records(document.RootElement))
        {
            if (++count > MostRecords)
            {
                break;
            }

            RecordFields fields = context.State<RecordState>().NewFields(context.Pool);
            if (!JsonSyntax.Instance.TryRead(record, fields))
            {
                continue;
            }

            fields.ForgetPlaces();
            RecordEvent made = RecordEvents.Make(line, context, JsonSyntax.Instance, fields, record);
            if (first is not null)
            {
                context.Further.Add(made);
            }

            first ??= made;
        }

        return first;
    }

    private static IEnumerable<byte[]> Records(JsonElement root)
    {
        foreach (JsonElement resourceLogs in Elements(root, "resourceLogs"))
        {
            foreach (JsonElement scopeLogs in Elements(resourceLogs, "scopeLogs"))
            {
                foreach (JsonElement record in Elements(scopeLogs, "logRecords"))
                {
                    if (record.ValueKind == JsonValueKind.Object)
                    {
                        yield return Flatten(record, resourceLogs, scopeLogs);
                    }
                }
            }
        }
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement array)
            && array.ValueKind == JsonValueKind.Array
                ? array.EnumerateArray()
                : default;

    private static byte[] Flatten(JsonElement record, JsonElement resourceLogs, JsonElement scopeLogs)
    {
        ArrayBufferWriter<byte> buffer = new(512);
        using Utf8JsonWriter writer = new(buffer);
        writer.WriteStartObject();
        foreach (JsonProperty property in record.EnumerateObject())
        {
            writer.WritePropertyName(property.Name);
            if (property.NameEquals("attributes"u8))
            {
                WritePairs(writer, property.Value, 0);
            }
            else if (property.NameEquals("body"u8))
            {
                WriteValue(writer, property.Value, 0);
            }
            else
            {
                property.Value.WriteTo(writer);
            }
        }

        if (scopeLogs.TryGetProperty("scope", out JsonElement scope) && scope.ValueKind == JsonValueKind.Object
            && scope.TryGetProperty("name", out JsonElement name) && name.ValueKind == JsonValueKind.String)
        {
            writer.WritePropertyName("scope.name");
            name.WriteTo(writer);
        }

        if (resourceLogs.TryGetProperty("resource", out JsonElement resource)
            && resource.ValueKind == JsonValueKind.Object
            && resource.TryGetProperty("attributes", out JsonElement attributes))
        {
            writer.WritePropertyName("resource");
            WritePairs(writer, attributes, 0);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // [{"key":"a","value":{"stringValue":"b"}}] is {"a":"b"}.
    private static void WritePairs(Utf8JsonWriter writer, JsonElement pairs, int depth)
    {
        writer.WriteStartObject();
        foreach (JsonElement pair in pairs.ValueKind == JsonValueKind.Array ? pairs.EnumerateArray() : default)
        {
            if (pair.ValueKind == JsonValueKind.Object && pair.TryGetProperty("key", out JsonElement key)
                && key.ValueKind == JsonValueKind.String && pair.TryGetProperty("value", out JsonElement value))
            {
                writer.WritePropertyName(key.GetString()!);
                WriteValue(writer, value, depth + 1);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, JsonElement value, int depth)
    {
        JsonProperty typed = value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().FirstOrDefault()
            : default;
        if (typed.Value.ValueKind == JsonValueKind.Undefined || depth > DeepestValue)
        {
            value.WriteTo(writer);
            return;
        }

        switch (typed.Name)
        {
            case "stringValue" or "boolValue" or "doubleValue" or "bytesValue":
                typed.Value.WriteTo(writer);
                break;
            case "intValue" when typed.Value.ValueKind == JsonValueKind.String && long.TryParse(
                typed.Value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out long number):
                writer.WriteNumberValue(number);
                break;
            case "kvlistValue" when typed.Value.ValueKind == JsonValueKind.Object
                && typed.Value.TryGetProperty("values", out JsonElement pairs):
                WritePairs(writer, pairs, depth + 1);
                break;
            case "arrayValue" when typed.Value.ValueKind == JsonValueKind.Object:
                writer.WriteStartArray();
                foreach (JsonElement element in Elements(typed.Value, "values"))
                {
                    WriteValue(writer, element, depth + 1);
                }

                writer.WriteEndArray();
                break;
            default:
                typed.Value.WriteTo(writer);
                break;
        }
    }
}
