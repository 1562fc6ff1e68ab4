using System.Text;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>
/// A JSON object (RFC 8259) as flat names and values: <c>{"a":{"b":1}}</c> is <c>a.b</c> = 1. Arrays stay whole. What a
/// container runtime wraps (<c>{"log":"…","stream":"stdout"}</c>) is unwrapped: the names of the inner line come first.
/// </summary>
internal sealed class JsonSyntax : RecordSyntax
{
    private const int MaximumDepth = 64;
    private const int DeepestFlattened = 16;

    /// <summary>How JSON is read: nesting is bounded, commas at the end are forgiven.</summary>
    public static JsonReaderOptions Options { get; } = new()
    {
        MaxDepth = MaximumDepth,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Disallow,
    };

    /// <summary>The one that is needed.</summary>
    public static JsonSyntax Instance { get; } = new();

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<byte> line, RecordFields fields)
    {
        ReadOnlySpan<byte> json = line.Trim(" \t\r\n"u8);
        if (json.IsEmpty || json[0] != '{')
        {
            return false;
        }

        int start = line.IndexOf((byte)'{');
        if (!TryFlatten(json, "", fields, start))
        {
            return false;
        }

        InnerLine.Unwrap(fields);
        return true;
    }

    /// <summary>Flattens one JSON object.</summary>
    /// <param name="json">The object and nothing more.</param>
    /// <param name="prefix">Stands before each name, with its dot; ASCII and short.</param>
    /// <param name="fields">Takes the values.</param>
    /// <param name="offset">Where the object stands in the line, or -1 where it does not stand there as it is.</param>
    /// <returns>Whether it was one; if not, some values may have been added.</returns>
    public static bool TryFlatten(ReadOnlySpan<byte> json, string prefix, RecordFields fields, int offset)
    {
        try
        {
            return Flatten(json, prefix, fields, offset);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The text of a string or name; a surrogate without its partner becomes U+FFFD.</summary>
    /// <param name="reader">Stands on it.</param>
    /// <returns>The text.</returns>
    public static string Text(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }

        byte[] decoded = new byte[reader.ValueSpan.Length];
        return Encoding.UTF8.GetString(decoded, 0, JsonEscapes.Decode(reader.ValueSpan, decoded));
    }

    private static bool Flatten(ReadOnlySpan<byte> json, string prefix, RecordFields fields, int offset)
    {
        Utf8JsonReader reader = new(json, Options);
        Span<int> lengths = stackalloc int[MaximumDepth + 1];
        Span<byte> path = stackalloc byte[RecordFields.LongestName];
        int depth = 0;
        lengths[0] = Encoding.UTF8.GetBytes(prefix, path);
        int nameEnd = 0;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    nameEnd = AppendName(ref reader, path, lengths[depth]);
                    break;
                case JsonTokenType.StartObject when depth < DeepestFlattened && nameEnd < path.Length - 1:
                    path[nameEnd] = (byte)'.';
                    lengths[++depth] = nameEnd + 1;
                    break;
                case JsonTokenType.EndObject:
                    depth--;
                    break;
                default:
                    AddValue(ref reader, json, path[..nameEnd], fields, offset);
                    break;
            }
        }

        return true;
    }

    // A name that does not fit is cut: its values stay in the line.
    private static int AppendName(ref Utf8JsonReader reader, scoped Span<byte> path, int start)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            byte[] decoded = new byte[name.Length];
            name = decoded.AsSpan(0, JsonEscapes.Decode(name, decoded));
        }

        name = name[..Math.Min(name.Length, path.Length - start)];
        name.CopyTo(path[start..]);
        return start + name.Length;
    }

    private static void AddValue(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> json,
        scoped ReadOnlySpan<byte> name,
        RecordFields fields,
        int offset)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String when reader.ValueIsEscaped:
                fields.AddEscaped(name, reader.ValueSpan);
                break;
            case JsonTokenType.String:
                fields.Add(
                    name,
                    RecordValueType.Text,
                    reader.ValueSpan,
                    offset < 0 ? -1 : offset + (int)reader.TokenStartIndex + 1);
                break;
            case JsonTokenType.Number:
                fields.Add(name, RecordValueType.Number, reader.ValueSpan);
                break;
            case JsonTokenType.True:
                fields.Add(name, RecordValueType.True, reader.ValueSpan);
                break;
            case JsonTokenType.False:
                fields.Add(name, RecordValueType.False, reader.ValueSpan);
                break;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                RecordValueType type = reader.TokenType == JsonTokenType.StartArray
                    ? RecordValueType.Array
                    : RecordValueType.Object;
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                fields.Add(name, type, json[start..(int)reader.BytesConsumed]);
                break;
            default:
                fields.Add(name, RecordValueType.None, default);
                break;
        }
    }
}
