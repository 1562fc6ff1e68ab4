using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LogAnomaly.Dashboard;

/// <summary>
/// The words in which the page's data is written: text that is cut, times, numbers and lists. The default encoder
/// escapes <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c>, quotes and all that is not ASCII, so nothing in a log line can end
/// the data block, and lone surrogates become U+FFFD.
/// </summary>
internal sealed class PageJson : IDisposable
{
    /// <summary>Most characters of a text of a log: a template, a name, a reason.</summary>
    internal const int MaximumText = 2000;

    // The writer holds what it has not flushed; a flush at this size keeps a page of any size in little memory.
    private const int FlushSize = 1 << 16;

    /// <summary>Opens a writer.</summary>
    /// <param name="output">Where the JSON goes; it stays open.</param>
    internal PageJson(Stream output) =>
        // The default encoder is said here because the page's safety rests on it.
        Json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default });

    /// <summary>The writer below, for what needs no care.</summary>
    internal Utf8JsonWriter Json { get; }

    /// <inheritdoc/>
    public void Dispose() => Json.Dispose();

    /// <summary>How much of a text to keep so that no surrogate pair is cut in two.</summary>
    /// <param name="text">The text.</param>
    /// <param name="maximum">Most characters to keep.</param>
    /// <returns>Characters to keep.</returns>
    internal static int CutLength(string text, int maximum)
    {
        if (text.Length <= maximum)
        {
            return text.Length;
        }

        return maximum > 0 && char.IsHighSurrogate(text[maximum - 1]) ? maximum - 1 : maximum;
    }

    /// <summary>Writes a list as a property.</summary>
    /// <typeparam name="T">Type of an item.</typeparam>
    /// <param name="property">Name of the property.</param>
    /// <param name="items">The list.</param>
    /// <param name="maximum">Most items to write, the first ones.</param>
    /// <param name="write">Writes one item.</param>
    internal void Array<T>(string property, IReadOnlyList<T> items, int maximum, Action<T> write)
    {
        Json.WriteStartArray(property);
        int count = Math.Min(items.Count, maximum);
        for (int index = 0; index < count; index++)
        {
            write(items[index]);
            FlushLarge();
        }

        Json.WriteEndArray();
    }

    /// <summary>Writes text, cut to <see cref="MaximumText"/> with a note of how much; nothing for null.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="text">The text, or null.</param>
    internal void Text(string property, string? text)
    {
        if (text is null)
        {
            return;
        }

        int kept = CutLength(text, MaximumText);
        if (kept == text.Length)
        {
            Json.WriteString(property, text);
            return;
        }

        string note = string.Create(CultureInfo.InvariantCulture, $"… ({text.Length - kept} characters cut)");
        Json.WriteString(property, string.Concat(text.AsSpan(0, kept), note));
    }

    /// <summary>Writes a time with milliseconds and the offset that it carries; nothing for null.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="time">The time, or null.</param>
    internal void Time(string property, DateTimeOffset? time)
    {
        if (time is DateTimeOffset known)
        {
            Json.WriteString(property, known.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes a value and how often it was seen.</summary>
    /// <param name="name">The value.</param>
    internal void Name(NameCount name)
    {
        Json.WriteStartObject();
        Text("name", name.Name);
        Json.WriteNumber("count", name.Count);
        Json.WriteEndObject();
    }

    /// <summary>Writes a list of numbers, as a property or as an item of a list.</summary>
    /// <param name="property">Name of the property; null in a list.</param>
    /// <param name="numbers">The numbers.</param>
    internal void Numbers(string? property, IEnumerable<long> numbers)
    {
        if (property is not null)
        {
            Json.WritePropertyName(property);
        }

        Json.WriteStartArray();
        foreach (long number in numbers)
        {
            Json.WriteNumberValue(number);
            FlushLarge();
        }

        Json.WriteEndArray();
    }

    /// <summary>Lets go what was written, where it is much.</summary>
    internal void FlushLarge()
    {
        if (Json.BytesPending > FlushSize)
        {
            Json.Flush();
        }
    }

    /// <summary>Writes a number; JSON has none that are not finite, and 0 stands for them.</summary>
    /// <param name="property">Name of the property.</param>
    /// <param name="value">The number.</param>
    internal void Number(string property, double value) =>
        Json.WriteNumber(property, double.IsFinite(value) ? value : 0);
}
