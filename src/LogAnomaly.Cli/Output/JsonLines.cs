using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LogAnomaly.Cli.Output;

/// <summary>
/// JSON, one object a line. Letters of all scripts stay as they are, so that lines can be searched as text; control
/// characters and marks of direction are escaped, so that a line does no harm in a terminal. Properties without a value
/// are left out.
/// </summary>
internal sealed class JsonLines : IDisposable
{
    private static readonly SearchValues<char> s_directional = SearchValues.Create(VisibleText.Directional);

    private static readonly JavaScriptEncoder s_escapesDirectional = EscapesDirectional();

    private readonly OutputBuffer _buffer;
    private readonly Utf8JsonWriter _writer;

    /// <summary>Creates a writer of lines.</summary>
    /// <param name="output">Where they go; it stays open.</param>
    public JsonLines(Stream output)
    {
        _buffer = new OutputBuffer(output);

        // The relaxed encoder leaves what only HTML must have escaped (<, >, &, '); these lines are no HTML.
        _writer = new Utf8JsonWriter(
            _buffer,
            new JsonWriterOptions
            {
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                SkipValidation = true,
            });
    }

    /// <summary>Writes a line for each of some objects.</summary>
    /// <typeparam name="T">Type of the objects.</typeparam>
    /// <param name="output">Where they go; it stays open.</param>
    /// <param name="items">The objects.</param>
    /// <param name="values">Their properties.</param>
    public static void WriteAll<T>(
        Stream output, IEnumerable<T> items, (JsonEncodedText Name, Func<T, object?> Value)[] values)
    {
        using JsonLines lines = new(output);
        foreach (T item in items)
        {
            lines.StartLine();
            lines.Write(item, values);
            lines.EndLine();
        }

        lines.Flush();
    }

    /// <summary>Writes properties of an object.</summary>
    /// <typeparam name="T">Type of the object.</typeparam>
    /// <param name="item">The object.</param>
    /// <param name="values">The properties.</param>
    public void Write<T>(T item, (JsonEncodedText Name, Func<T, object?> Value)[] values)
    {
        foreach ((JsonEncodedText name, Func<T, object?> value) in values)
        {
            Write(name, value(item));
        }
    }

    /// <summary>Starts the object of a line.</summary>
    public void StartLine() => _writer.WriteStartObject();

    /// <summary>Ends the object and its line.</summary>
    public void EndLine()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        _writer.Reset();
        _buffer.EndLine();
    }

    /// <summary>Starts a property that is a list.</summary>
    /// <param name="name">Name of the property.</param>
    public void StartList(JsonEncodedText name) => _writer.WriteStartArray(name);

    /// <summary>Ends a list.</summary>
    public void EndList() => _writer.WriteEndArray();

    /// <summary>Starts an object in a list.</summary>
    public void StartItem() => _writer.WriteStartObject();

    /// <summary>Ends an object in a list.</summary>
    public void EndItem() => _writer.WriteEndObject();

    /// <summary>Writes a property that is a list of texts; an empty one is left out.</summary>
    /// <param name="name">Name of the property.</param>
    /// <param name="texts">The texts.</param>
    public void Write(JsonEncodedText name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        _writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            _writer.WriteStringValue(JsonEncodedText.Encode(text, s_escapesDirectional));
        }

        _writer.WriteEndArray();
    }

    /// <summary>Writes a property that is an object of values; an empty one is left out.</summary>
    /// <param name="name">Name of the property.</param>
    /// <param name="values">The values by name.</param>
    public void Write(JsonEncodedText name, IReadOnlyDictionary<string, object?> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        _writer.WriteStartObject(name);
        foreach ((string key, object? value) in values)
        {
            Write(JsonEncodedText.Encode(key, s_escapesDirectional), value);
        }

        _writer.WriteEndObject();
    }

    /// <summary>Writes a property.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, or null for none.</param>
    public void Write(JsonEncodedText name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                WriteText(name, text);
                break;
            case int number:
                _writer.WriteNumber(name, number);
                break;
            case long number:
                _writer.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                _writer.WriteNumber(name, number);
                break;
            case bool truth:
                _writer.WriteBoolean(name, truth);
                break;
            case DateTimeOffset time:
                _writer.WriteString(name, time);
                break;
            default:
                WriteText(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
                break;
        }
    }

    /// <summary>Hands on all lines.</summary>
    public void Flush() => _buffer.Flush();

    /// <summary>Gives back the memory; what was not flushed is dropped.</summary>
    public void Dispose()
    {
        _writer.Reset();
        _writer.Dispose();
        _buffer.Dispose();
    }

    private static JavaScriptEncoder EscapesDirectional()
    {
        TextEncoderSettings settings = new(UnicodeRanges.All);
        settings.ForbidCharacters(VisibleText.Directional.ToCharArray());
        return JavaScriptEncoder.Create(settings);
    }

    private void WriteText(JsonEncodedText name, string text)
    {
        if (text.AsSpan().ContainsAny(s_directional))
        {
            _writer.WriteString(name, JsonEncodedText.Encode(text, s_escapesDirectional));
        }
        else
        {
            _writer.WriteString(name, text);
        }
    }
}
