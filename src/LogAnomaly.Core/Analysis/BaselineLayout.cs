using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// Writes JSON for people: what holds other objects has a line for each of them, what holds only values is one line, so
/// that a diff shows one line for each entry that changed. Or without any white space: the canonical form that is
/// signed.
/// </summary>
internal sealed class BaselineLayout
{
    private const int AlwaysOpen = 2;
    private const int ValuesPerLine = 16;

    private static readonly SearchValues<char> s_directional = SearchValues.Create(VisibleText.Directional);

    private readonly StringBuilder _text = new();
    private readonly bool _isCompact;

    private BaselineLayout(bool isCompact) => _isCompact = isCompact;

    /// <summary>Writes an element for people.</summary>
    /// <param name="element">The element.</param>
    /// <returns>The text, which ends with a line end.</returns>
    public static string Readable(JsonElement element)
    {
        BaselineLayout layout = new(isCompact: false);
        layout.Write(element, 0);
        return layout._text.Append('\n').ToString();
    }

    /// <summary>The canonical form of a file.</summary>
    /// <param name="root">The object of the file.</param>
    /// <param name="without">Name of the member of it that is left out.</param>
    /// <returns>The form as UTF-8.</returns>
    public static byte[] Canonical(JsonElement root, string without)
    {
        BaselineLayout layout = new(isCompact: true);
        layout._text.Append('{');
        bool isFirst = true;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name != without)
            {
                layout._text.Append(isFirst ? "" : ",");
                layout.WriteName(property.Name);
                layout.Write(property.Value, 1);
                isFirst = false;
            }
        }

        layout._text.Append('}');
        return Encoding.UTF8.GetBytes(layout._text.ToString());
    }

    private void Write(JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, depth);
                break;
            case JsonValueKind.Array:
                WriteArray(element, depth);
                break;
            case JsonValueKind.String:
                WriteText(BaselineValue.TextOf(element, "a text"));
                break;
            default:
                _text.Append(element.GetRawText());
                break;
        }
    }

    private void WriteObject(JsonElement element, int depth)
    {
        bool isOpen = !_isCompact
            && (depth < AlwaysOpen || element.EnumerateObject().Any(property => Holds(property.Value)));
        _text.Append('{');
        bool isFirst = true;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            _text.Append(isFirst ? "" : ",");
            Part(isOpen, depth + 1);
            WriteName(property.Name);
            Write(property.Value, depth + 1);
            isFirst = false;
        }

        End(isOpen && !isFirst, depth);
        _text.Append(isFirst || isOpen || _isCompact ? "}" : " }");
    }

    private void WriteArray(JsonElement element, int depth)
    {
        bool isNested = element.EnumerateArray().Any(Holds);
        bool isOpen = !_isCompact && (isNested || element.GetArrayLength() > ValuesPerLine);
        _text.Append('[');
        int count = 0;
        foreach (JsonElement item in element.EnumerateArray())
        {
            _text.Append(count == 0 ? "" : ",");
            bool isNewLine = isOpen && (isNested || count % ValuesPerLine == 0);
            if (isNewLine)
            {
                Part(isOpen: true, depth + 1);
            }
            else if (!_isCompact && count > 0)
            {
                _text.Append(' ');
            }

            Write(item, depth + 1);
            count++;
        }

        End(isOpen, depth);
        _text.Append(']');
    }

    private static bool Holds(JsonElement element) => element.ValueKind is JsonValueKind.Object or JsonValueKind.Array;

    private void Part(bool isOpen, int depth)
    {
        if (isOpen)
        {
            _text.Append('\n').Append(' ', depth * 2);
        }
        else if (!_isCompact)
        {
            _text.Append(' ');
        }
    }

    private void End(bool isOpen, int depth)
    {
        if (isOpen)
        {
            _text.Append('\n').Append(' ', depth * 2);
        }
    }

    private void WriteName(string name)
    {
        WriteText(name);
        _text.Append(_isCompact ? ":" : ": ");
    }

    // Not for HTML, so that <num> stays readable; but marks that reorder text must do nothing in the terminal that
    // shows a diff.
    private void WriteText(string text)
    {
        _text.Append('"');
        string escaped = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
        if (!escaped.AsSpan().ContainsAny(s_directional))
        {
            _text.Append(escaped).Append('"');
            return;
        }

        foreach (char character in escaped)
        {
            if (s_directional.Contains(character))
            {
                _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                _text.Append(character);
            }
        }

        _text.Append('"');
    }
}
