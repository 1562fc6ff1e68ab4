using System.Text;
using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>
/// An access log as JSON, an object a line, of any server: a line is a request if it has a status and a method, a
/// target or a request line. The names of the members are those of <see cref="JsonAccessNames"/>; what they do not name
/// is kept by its path. Of members that mean the same the first counts. The escapes <c>\xHH</c> that nginx writes where
/// it was not told <c>escape=json</c>, which no JSON knows, are understood. Lines that are no request (Caddy writes its
/// own messages between them) are read as <see cref="JsonFormat"/> reads them.
/// </summary>
public sealed class JsonAccessFormat : LogFormat
{
    private const int LargestDepth = 32;

    private static readonly JsonFormat s_other = new();

    /// <inheritdoc/>
    public override string Name => "json-access";

    /// <inheritdoc/>
    public override string Description => "access log as JSON lines (Caddy, Traefik, nginx, Envoy and others)";

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        ParseRequest(line, context) ?? s_other.Parse(line, context);

    /// <summary>Makes an event of a request.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where the line is no request.</returns>
    internal static AccessEvent? ParseRequest(in LogLine line, ParseContext context)
    {
        ReadOnlySpan<byte> text = line.Span.Trim(" \t"u8);
        if (text.Length < 10 || text[0] != '{' || text[^1] != '}' || !MayBeRequest(text))
        {
            return null;
        }

        List<JsonMember> members = [];
        if (!TryRead(text, members))
        {
            members.Clear();
            byte[] mended = WithJsonEscapes(text);
            if (mended.Length == text.Length || !TryRead(mended, members))
            {
                return null;
            }
        }

        return JsonAccessEvent.Make(members, line, context);
    }

    // A line without these words is no request; this spares the reader of JSON most other lines.
    private static bool MayBeRequest(ReadOnlySpan<byte> text) =>
        (text.IndexOf("tatus"u8) >= 0 || text.IndexOf("ode\""u8) >= 0 || text.IndexOf("STATUS"u8) >= 0)
        && (text.IndexOf("ethod"u8) >= 0 || text.IndexOf("equest"u8) >= 0 || text.IndexOf("uri"u8) >= 0
            || text.IndexOf("URI"u8) >= 0 || text.IndexOf("url"u8) >= 0 || text.IndexOf("ath"u8) >= 0
            || text.IndexOf("verb"u8) >= 0 || text.IndexOf("METHOD"u8) >= 0);

    private static bool TryRead(ReadOnlySpan<byte> text, List<JsonMember> members)
    {
        Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = LargestDepth });
        Stack<string> path = new();
        string name = "";
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        string own = reader.GetString()!;
                        string parent = path.Count > 0 ? path.Peek() : "";
                        name = parent.Length == 0 ? own : $"{parent}.{own}";
                        break;
                    case JsonTokenType.StartObject:
                        path.Push(name);
                        break;
                    case JsonTokenType.EndObject:
                        name = path.Pop();
                        break;
                    case JsonTokenType.StartArray:
                        ReadArray(ref reader, text, name, members);
                        break;
                    default:
                        members.Add(ToMember(ref reader, name));
                        break;
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // The line is no JSON, or a text in it is no UTF-8: it is not of this format.
            return false;
        }

        return reader.BytesConsumed == text.Length;
    }

    // Of an array the first text counts (headers have lists of values), else its JSON.
    private static void ReadArray(
        ref Utf8JsonReader reader, ReadOnlySpan<byte> text, string name, List<JsonMember> members)
    {
        int start = (int)reader.TokenStartIndex;
        int depth = reader.CurrentDepth;
        int count = 0;
        string? only = null;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
        {
            count++;
            only ??= count == 1 && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }

        if (count > 0)
        {
            string shown = only is not null && count == 1
                ? only
                : Encoding.UTF8.GetString(text[start..(int)reader.BytesConsumed]);
            members.Add(new JsonMember(name, shown, only ?? shown));
        }
    }

    private static JsonMember ToMember(ref Utf8JsonReader reader, string name)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                string text = reader.GetString()!;
                return new JsonMember(name, text, text);
            case JsonTokenType.Number:
                object number = reader.TryGetInt64(out long whole) ? whole
                    : reader.TryGetDouble(out double real) && double.IsFinite(real) ? real
                    : Encoding.UTF8.GetString(reader.ValueSpan);
                return new JsonMember(name, number, Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True or JsonTokenType.False:
                return new JsonMember(name, reader.GetBoolean(), "");
            default:
                return new JsonMember(name, null, "");
        }
    }

    private static byte[] WithJsonEscapes(ReadOnlySpan<byte> text)
    {
        List<byte> mended = new(text.Length + 64);
        for (int i = 0; i < text.Length; i++)
        {
            mended.Add(text[i]);
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                continue;
            }

            i++;
            bool isHex = text[i] == 'x' && i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1])
                && char.IsAsciiHexDigit((char)text[i + 2]);
            mended.AddRange(isHex ? "u00"u8 : text.Slice(i, 1));
        }

        return [.. mended];
    }
}
