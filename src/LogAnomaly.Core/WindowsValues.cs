using System.Globalization;
using System.Text;

namespace LogAnomaly;

/// <summary>
/// The values of a Windows record: those of our fields, and all of its own under their own names. Names are shared
/// among the records of one make.
/// </summary>
internal sealed class WindowsValues
{
    private const int LongestShown = 400;

    private readonly byte[] _fields;
    private readonly object[] _values;
    private readonly string[] _names;
    private readonly string?[] _data;
    private readonly int _systemStart;

    /// <summary>Creates values.</summary>
    /// <param name="fields">Our fields that the record carries, as bytes.</param>
    /// <param name="values">Their values, in the same order.</param>
    /// <param name="names">Names of the record's own values: those of its data, then those of its header.</param>
    /// <param name="data">The record's own values, in the same order.</param>
    /// <param name="systemStart">Index of the first name of the header.</param>
    public WindowsValues(byte[] fields, object[] values, string[] names, string?[] data, int systemStart)
    {
        _fields = fields;
        _values = values;
        _names = names;
        _data = data;
        _systemStart = systemStart;
    }

    /// <summary>The value of one of our fields, or null.</summary>
    /// <param name="field">The field.</param>
    public object? this[LogField field]
    {
        get
        {
            int at = _fields.AsSpan().IndexOf((byte)field);
            return at < 0 ? null : _values[at];
        }
    }

    /// <summary>The value that the record's data has under a name, whatever the case of its letters.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The value, or null.</returns>
    public string? FindData(string name)
    {
        for (int i = 0; i < _systemStart; i++)
        {
            if (_names[i].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return _data[i];
            }
        }

        return null;
    }

    /// <summary>All own values by name; of a name that stands there twice, the first.</summary>
    /// <returns>The values, in the order of the record.</returns>
    public Dictionary<string, object?> ToProperties()
    {
        Dictionary<string, object?> properties = new(_names.Length, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < _names.Length; i++)
        {
            properties.TryAdd(_names[i], _data[i]);
        }

        return properties;
    }

    /// <summary>A text for a record that has none of its own: its id and the values of its data.</summary>
    /// <returns>The text.</returns>
    public string ToText()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{this[LogField.Provider] ?? "Event"} {this[LogField.EventId]}");
        string separator = ": ";
        for (int i = 0; i < _systemStart; i++)
        {
            if (_data[i] is { Length: > 0 } value && value != "-")
            {
                text.Append(separator).Append(_names[i]).Append('=');
                separator = ", ";
                text.Append(value.AsSpan(0, Math.Min(value.Length, LongestShown)));
            }
        }

        return text.ToString();
    }
}
