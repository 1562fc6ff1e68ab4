using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.PowerShell;

/// <summary>Writes an object of the pipeline as one line of JSON.</summary>
internal static class ObjectJson
{
    private const int Deepest = 20;

    /// <summary>
    /// The object as JSON: its properties, of a dictionary its entries; deeper than 20 levels as text.
    /// </summary>
    /// <param name="input">The object.</param>
    /// <returns>One line.</returns>
    public static string Of(PSObject input)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            Write(writer, input, 0);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        object? bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (bare)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string or char or Guid or Uri or Enum or Version or TimeSpan:
                writer.WriteStringValue(bare.ToString());
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            case DateTime time:
                writer.WriteStringValue(time.Kind == DateTimeKind.Unspecified ? time : new DateTimeOffset(time));
                break;
            case DateTimeOffset time:
                writer.WriteStringValue(time);
                break;
            case double or float when !double.IsFinite(Convert.ToDouble(bare, CultureInfo.InvariantCulture)):
                writer.WriteStringValue(Convert.ToString(bare, CultureInfo.InvariantCulture));
                break;
            case IConvertible when bare is not string:
                writer.WriteRawValue(Convert.ToString(bare, CultureInfo.InvariantCulture)!);
                break;
            case var _ when depth >= Deepest:
                writer.WriteStringValue(bare.ToString());
                break;
            case IDictionary entries:
                WriteEntries(writer, entries, depth);
                break;
            case IEnumerable items:
                WriteItems(writer, items, depth);
                break;
            default:
                WriteProperties(writer, PSObject.AsPSObject(value!), depth);
                break;
        }
    }

    private static void WriteEntries(Utf8JsonWriter writer, IDictionary entries, int depth)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in entries)
        {
            writer.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "");
            Write(writer, entry.Value, depth + 1);
        }

        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, IEnumerable items, int depth)
    {
        writer.WriteStartArray();
        foreach (object? item in items)
        {
            Write(writer, item, depth + 1);
        }

        writer.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter writer, PSObject input, int depth)
    {
        writer.WriteStartObject();
        foreach (PSPropertyInfo property in input.Properties.Where(property => property.IsGettable))
        {
            writer.WritePropertyName(property.Name);
            try
            {
                Write(writer, property.Value, depth + 1);
            }
            catch (GetValueException error)
            {
                // A property that cannot be read stands with the reason, so that it is not lost in silence.
                writer.WriteStringValue(error.Message);
            }
        }

        writer.WriteEndObject();
    }
}
