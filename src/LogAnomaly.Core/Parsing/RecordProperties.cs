using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>
/// Makes the values of a record that no field stands for, by reading its line again when they are asked for.
/// </summary>
internal static class RecordProperties
{
    /// <summary>The values of a line.</summary>
    /// <param name="shape">How the line is read.</param>
    /// <param name="line">The line.</param>
    /// <param name="withFields">Whether the values that fields of ours were made of are wanted too.</param>
    /// <returns>The values by name in the order of the line; of a name that stands there twice, the first.</returns>
    public static Dictionary<string, object?> Of(RecordShape shape, ReadOnlySpan<byte> line, bool withFields)
    {
        RecordFields fields = new();
        Dictionary<string, object?> properties = new(StringComparer.OrdinalIgnoreCase);
        if (!shape.Syntax.TryRead(line, fields))
        {
            return properties;
        }

        // Which values a field takes does not depend on the zone.
        new RecordMapping().Map(fields, shape.Map, new LogClock(TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch));
        for (int i = 0; i < fields.Count; i++)
        {
            if (withFields || !fields.IsTaken(i))
            {
                properties.TryAdd(fields.Name(i), ToObject(fields.TypeOf(i), fields.Value(i)));
            }
        }

        return properties;
    }

    /// <summary>A value as an object.</summary>
    /// <param name="type">What it is by its syntax.</param>
    /// <param name="value">Its bytes.</param>
    /// <returns>
    /// A string, long, double, bool, an array of those where all elements are such, the text of any other array or
    /// object, or null.
    /// </returns>
    public static object? ToObject(RecordValueType type, ReadOnlySpan<byte> value) => type switch
    {
        RecordValueType.None => null,
        RecordValueType.True => true,
        RecordValueType.False => false,
        RecordValueType.Number => ToNumber(value),
        RecordValueType.Array => ToArray(value),
        _ => Encoding.UTF8.GetString(value),
    };

    private static object ToNumber(ReadOnlySpan<byte> value)
    {
        if (Utf8Parser.TryParse(value, out long whole, out int read) && read == value.Length)
        {
            return whole;
        }

        // A whole number beyond 64 bits would lose digits as a double.
        bool isWhole = !value.ContainsAny((byte)'.', (byte)'e', (byte)'E');
        return !isWhole && Utf8Parser.TryParse(value, out double real, out read) && read == value.Length
            && double.IsFinite(real)
            ? real
            : Encoding.UTF8.GetString(value);
    }

    private static object ToArray(ReadOnlySpan<byte> value)
    {
        Utf8JsonReader reader = new(value, JsonSyntax.Options);
        List<object?> elements = [];
        _ = reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    elements.Add(JsonSyntax.Text(ref reader));
                    break;
                case JsonTokenType.Number:
                    elements.Add(ToNumber(reader.ValueSpan));
                    break;
                case JsonTokenType.True or JsonTokenType.False:
                    elements.Add(reader.TokenType == JsonTokenType.True);
                    break;
                case JsonTokenType.Null:
                    elements.Add(null);
                    break;
                default:
                    return Encoding.UTF8.GetString(value);
            }
        }

        return elements.ToArray();
    }
}
