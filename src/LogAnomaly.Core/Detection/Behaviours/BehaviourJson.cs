using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// Reads and writes the values of behaviours: rows of rounded numbers as one text, so that a diff shows one line, and
/// times as ISO.
/// </summary>
internal static class BehaviourJson
{
    private const int Digits = 5;

    /// <summary>A number with five digits that count, which is enough and keeps a diff short.</summary>
    /// <param name="value">The number.</param>
    /// <returns>The rounded number.</returns>
    public static double Round(double value)
    {
        if (value == 0 || !double.IsFinite(value))
        {
            return 0;
        }

        double scale = Math.Pow(10, Digits - 1 - Math.Floor(Math.Log10(Math.Abs(value))));
        return scale is > 0 and < 1e200 && Math.Abs(value) < 1e15 ? Math.Round(value * scale) / scale : value;
    }

    /// <summary>Numbers as one text.</summary>
    /// <param name="count">A whole number that stands first.</param>
    /// <param name="values">The others.</param>
    /// <returns>The text.</returns>
    public static string Join(long count, ReadOnlySpan<double> values)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{count}");
        foreach (double value in values)
        {
            text.Append(CultureInfo.InvariantCulture, $" {Round(value)}");
        }

        return text.ToString();
    }

    /// <summary>Numbers that stand in one text.</summary>
    /// <param name="owner">The object that holds it.</param>
    /// <param name="name">Name of the property.</param>
    /// <returns>The numbers; none where there is no such property.</returns>
    /// <exception cref="FormatException">The property is not such a text.</exception>
    public static double[] Numbers(JsonElement owner, string name)
    {
        if (!Object(owner).TryGetProperty(name, out JsonElement element))
        {
            return [];
        }

        string text = element.ValueKind == JsonValueKind.String
            ? element.GetString()!
            : throw Wrong(name, "a text of numbers");
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        double[] values = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            values[i] = double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value)
                ? value
                : throw Wrong(name, "a text of numbers");
        }

        return values;
    }

    /// <summary>A whole number of an object.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="name">Name of the property.</param>
    /// <returns>The number; 0 where there is none.</returns>
    /// <exception cref="FormatException">The property is not a whole number.</exception>
    public static long Long(JsonElement owner, string name)
    {
        if (!Object(owner).TryGetProperty(name, out JsonElement element))
        {
            return 0;
        }

        return element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out long value)
            ? value
            : throw Wrong(name, "a whole number");
    }

    /// <summary>A time of an object.</summary>
    /// <param name="owner">The object.</param>
    /// <param name="name">Name of the property.</param>
    /// <returns>UTC ticks; -1 where there is none.</returns>
    /// <exception cref="FormatException">The property is not a time.</exception>
    public static long Time(JsonElement owner, string name)
    {
        if (!Object(owner).TryGetProperty(name, out JsonElement element))
        {
            return -1;
        }

        return element.ValueKind == JsonValueKind.String && element.TryGetDateTimeOffset(out DateTimeOffset time)
            ? time.UtcTicks
            : throw Wrong(name, "a time");
    }

    /// <summary>Writes a time to the second.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="ticks">UTC ticks; below 0 nothing is written.</param>
    public static void WriteTime(Utf8JsonWriter writer, string name, long ticks)
    {
        if (ticks >= 0)
        {
            writer.WriteString(name, new DateTime(ticks, DateTimeKind.Utc)
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>The members of an object that is the value of a property.</summary>
    /// <param name="owner">The object that holds it.</param>
    /// <param name="name">Name of the property.</param>
    /// <returns>The members; none where there is no such property.</returns>
    public static IEnumerable<JsonProperty> Members(JsonElement owner, string name) =>
        Object(owner).TryGetProperty(name, out JsonElement element) ? Object(element).EnumerateObject() : [];

    /// <summary>Checks that an element is an object.</summary>
    /// <param name="element">The element.</param>
    /// <returns>The element.</returns>
    /// <exception cref="FormatException">It is none.</exception>
    public static JsonElement Object(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? element
        : throw new FormatException($"An object was expected where there is {element.ValueKind}.");

    private static FormatException Wrong(string name, string expected) => new($"'{name}' must be {expected}.");
}
