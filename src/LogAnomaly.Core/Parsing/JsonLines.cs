using System.Text.Json;

namespace LogAnomaly.Parsing;

/// <summary>
/// Finds the objects in a line of a JSON log, be it one or an array of them, with or without the commas between.
/// </summary>
internal static class JsonLines
{
    /// <summary>Makes an event of one object.</summary>
    /// <param name="line">The object and nothing more.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <returns>The event, or null where it is none of the format.</returns>
    internal delegate LogEvent? ObjectParser(in LogLine line, ParseContext context);

    /// <summary>Makes events of a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="context">Clock, pools and source; takes the events beyond the first.</param>
    /// <param name="parser">Makes an event of one object.</param>
    /// <returns>The first event, <see cref="LogFormat.NoEvent"/> for a lone bracket, or null.</returns>
    public static LogEvent? Parse(in LogLine line, ParseContext context, ObjectParser parser)
    {
        ReadOnlySpan<byte> text = line.Span;
        int start = text.IndexOfAnyExcept(" \t\r\n,"u8);
        int end = text.LastIndexOfAnyExcept(" \t\r\n,"u8) + 1;
        if (start < 0)
        {
            return null;
        }

        switch (text[start])
        {
            case (byte)'{':
                end = text[end - 1] == ']' ? text[..(end - 1)].LastIndexOfAnyExcept(" \t\r\n,"u8) + 1 : end;
                return parser(Slice(line, start, end - start), context);
            case (byte)']' when end - start == 1:
                return LogFormat.NoEvent;
            case (byte)'[':
                return ParseArray(line, start, end, context, parser);
            default:
                return null;
        }
    }

    private static LogEvent? ParseArray(in LogLine line, int start, int end, ParseContext context, ObjectParser parser)
    {
        ReadOnlySpan<byte> array = line.Span[start..end];
        if (!array[1..].ContainsAnyExcept(" \t\r\n]"u8))
        {
            return LogFormat.NoEvent;
        }

        if (Elements(array) is not { Count: > 0 } elements)
        {
            // "[{…}," begins an array that goes on on the next line.
            int brace = array[1..].IndexOfAnyExcept(" \t\r\n"u8) + 1;
            return array[brace] == '{' ? parser(Slice(line, start + brace, end - start - brace), context) : null;
        }

        LogEvent? first = null;
        foreach (Range element in elements)
        {
            (int offset, int length) = element.GetOffsetAndLength(array.Length);
            if (parser(Slice(line, start + offset, length), context) is not { } made)
            {
                context.Further.Clear();
                return null;
            }

            if (first is null)
            {
                first = made;
            }
            else
            {
                context.Further.Add(made);
            }
        }

        return first;
    }

    // Where the objects of an array stand, or null where it is no array of objects.
    private static List<Range>? Elements(ReadOnlySpan<byte> array)
    {
        List<Range> elements = [];
        try
        {
            Utf8JsonReader reader = new(array, JsonSyntax.Options);
            _ = reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(start..(int)reader.BytesConsumed);
            }

            return reader.TokenType == JsonTokenType.EndArray && !reader.Read() ? elements : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static LogLine Slice(in LogLine line, int start, int length) =>
        start == 0 && length == line.Length
            ? line
            : line with { Start = line.Start + start, Length = length, Offset = line.Offset + start };
}
