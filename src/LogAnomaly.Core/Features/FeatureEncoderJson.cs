using System.Text.Json;

namespace LogAnomaly.Features;

/// <summary>
/// Keeps a <see cref="FeatureEncoder"/> as JSON that a person can read in a diff: kinds, fields, values and terms by
/// name.
/// </summary>
public static class FeatureEncoderJson
{
    private const int Version = 1;

    /// <summary>Writes an encoder.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="writer">Takes one object.</param>
    public static void Write(FeatureEncoder encoder, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("Version", Version);
        writer.WriteString("TermSource", encoder.TermSource.ToString());
        writer.WriteStartObject("Terms");
        for (int place = 0; place < encoder.Vocabulary.Terms.Count; place++)
        {
            writer.WriteNumber(encoder.Vocabulary.Terms[place], encoder.Vocabulary.Weights[place]);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("Kinds");
        foreach ((LogKind kind, CategoryCounts?[] counts) in encoder.Kinds.OrderBy(pair => pair.Key))
        {
            WriteKind(writer, kind, counts);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads an encoder.</summary>
    /// <param name="element">What <see cref="Write"/> wrote.</param>
    /// <returns>An encoder that encodes as the written one does.</returns>
    /// <exception cref="InvalidDataException">It is of another version, or no encoder.</exception>
    public static FeatureEncoder Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("Version", out JsonElement version)
            || !version.TryGetInt32(out int number) || number != Version)
        {
            throw new InvalidDataException($"This is no encoder of features of version {Version}.");
        }

        try
        {
            JsonProperty[] terms = [.. element.GetProperty("Terms").EnumerateObject()];
            TermVocabulary vocabulary = new(
                Array.ConvertAll(terms, term => term.Name), Array.ConvertAll(terms, term => term.Value.GetDouble()));
            Dictionary<LogKind, CategoryCounts?[]> kinds = [];
            foreach (JsonProperty property in element.GetProperty("Kinds").EnumerateObject())
            {
                LogKind kind = Enum.Parse<LogKind>(property.Name);
                kinds.Add(kind, ReadKind(kind, property.Value));
            }

            return new FeatureEncoder(
                kinds, vocabulary, Enum.Parse<TermSource>(element.GetProperty("TermSource").GetString() ?? ""));
        }
        catch (Exception error) when (error is KeyNotFoundException or ArgumentException or InvalidOperationException
            or FormatException)
        {
            throw new InvalidDataException($"The encoder of features has a fault: {error.Message}", error);
        }
    }

    private static void WriteKind(Utf8JsonWriter writer, LogKind kind, CategoryCounts?[] counts)
    {
        IReadOnlyList<EventFeature> features = EventFeatureSet.For(kind);
        writer.WriteStartObject(kind.ToString());
        for (int column = 0; column < counts.Length; column++)
        {
            if (counts[column] is not { } known)
            {
                continue;
            }

            writer.WriteStartObject(features[column].Name);
            writer.WriteNumber("Total", known.Total);
            writer.WriteStartObject("Values");
            foreach (NameCount entry in known.Entries)
            {
                writer.WriteNumber(entry.Name, entry.Count);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static CategoryCounts?[] ReadKind(LogKind kind, JsonElement element)
    {
        IReadOnlyList<EventFeature> features = EventFeatureSet.For(kind);
        CategoryCounts?[] counts = FeatureEncoder.NewCounts(features, int.MaxValue);
        for (int column = 0; column < counts.Length; column++)
        {
            if (counts[column] is not { } known)
            {
                continue;
            }

            JsonElement field = element.GetProperty(features[column].Name);
            foreach (JsonProperty value in field.GetProperty("Values").EnumerateObject())
            {
                known.Learn(value.Name, value.Value.GetInt64());
            }

            known.LearnFurther(field.GetProperty("Total").GetInt64() - known.Total);
        }

        return counts;
    }
}
