using System.Runtime.InteropServices;
using System.Text.Json;

namespace LogAnomaly.Detection;

/// <summary>Long arrays of numbers inside the JSON of a model: base64 of their little-endian bytes.</summary>
internal static class ModelArrays
{
    /// <summary>Writes numbers.</summary>
    /// <typeparam name="T">Type of the numbers.</typeparam>
    /// <param name="writer">Takes the property.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="values">The numbers.</param>
    public static void Write<T>(Utf8JsonWriter writer, string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(values).ToArray();
        writer.WriteBase64String(name, InOrder<T>(bytes));
    }

    /// <summary>Writes numbers that a person may read.</summary>
    /// <param name="writer">Takes the property.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="values">The numbers.</param>
    public static void WritePlain(Utf8JsonWriter writer, string name, ReadOnlySpan<double> values)
    {
        writer.WriteStartArray(name);
        foreach (double value in values)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }

    /// <summary>Reads numbers.</summary>
    /// <typeparam name="T">Type of the numbers.</typeparam>
    /// <param name="element">The object that holds the property.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="count">How many there must be.</param>
    /// <returns>The numbers.</returns>
    /// <exception cref="FormatException">The property is missing or holds something else.</exception>
    public static T[] Read<T>(JsonElement element, string name, int count)
        where T : unmanaged
    {
        if (!Property(element, name, JsonValueKind.String).TryGetBytesFromBase64(out byte[]? bytes)
            || bytes.Length != (long)count * Marshal.SizeOf<T>())
        {
            throw new FormatException($"A model's '{name}' does not hold {count} numbers.");
        }

        return MemoryMarshal.Cast<byte, T>(InOrder<T>(bytes)).ToArray();
    }

    /// <summary>Reads numbers that a person may read.</summary>
    /// <param name="element">The object that holds the property.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="count">How many there must be, or -1 for any number.</param>
    /// <returns>The numbers, all finite.</returns>
    /// <exception cref="FormatException">The property is missing or holds something else.</exception>
    public static double[] ReadPlain(JsonElement element, string name, int count = -1)
    {
        double[] values =
            [.. Property(element, name, JsonValueKind.Array).EnumerateArray().Select(item => ToNumber(item, name))];
        return count < 0 || values.Length == count
            ? values
            : throw new FormatException($"A model's '{name}' does not hold {count} numbers.");
    }

    /// <summary>Reads a whole number.</summary>
    /// <param name="element">The object that holds the property.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="least">Least number that is allowed.</param>
    /// <param name="most">Greatest number that is allowed.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The property is missing or holds something else.</exception>
    public static int ReadInt(JsonElement element, string name, int least, int most) =>
        Property(element, name, JsonValueKind.Number).TryGetInt32(out int value) && value >= least && value <= most
            ? value
            : throw new FormatException($"A model's '{name}' is no whole number from {least} to {most}.");

    /// <summary>Reads a number.</summary>
    /// <param name="element">The object that holds the property.</param>
    /// <param name="name">Name of the property.</param>
    /// <returns>The number, finite.</returns>
    /// <exception cref="FormatException">The property is missing or holds something else.</exception>
    public static double ReadDouble(JsonElement element, string name) =>
        ToNumber(Property(element, name, JsonValueKind.Number), name);

    /// <summary>A property of an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">Name of the property.</param>
    /// <param name="kind">What it must be.</param>
    /// <returns>The property.</returns>
    /// <exception cref="FormatException">The property is missing or is something else.</exception>
    public static JsonElement Property(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement property)
            && property.ValueKind == kind
            ? property
            : throw new FormatException($"A model lacks '{name}', which must be of the kind {kind}.");

    private static double ToNumber(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"A model's '{name}' holds something that is no number.");

    private static byte[] InOrder<T>(byte[] bytes)
        where T : unmanaged
    {
        if (!BitConverter.IsLittleEndian)
        {
            int size = Marshal.SizeOf<T>();
            for (int start = 0; start < bytes.Length; start += size)
            {
                bytes.AsSpan(start, size).Reverse();
            }
        }

        return bytes;
    }
}
