using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// How events divide into the few values of a field, such as levels or status codes, as a part of a profile.
/// </summary>
internal sealed class MixTable
{
    private const int MostValues = 100;

    private readonly Dictionary<string, WindowTally> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProfileEntry> _carried = new(StringComparer.Ordinal);
    private readonly WindowTally _all = new();

    /// <summary>Counts a value.</summary>
    /// <param name="value">The value; null is not counted.</param>
    /// <param name="clock">The clock of the windows.</param>
    /// <param name="ticks">UTC ticks of the event, or -1.</param>
    public void Add(string? value, WindowClock clock, long ticks)
    {
        if (value is null)
        {
            return;
        }

        if (!_live.TryGetValue(value, out WindowTally? tally))
        {
            value = _live.Count < MostValues ? value : "(other)";
            tally = _live.GetValueOrDefault(value) ?? (_live[value] = new WindowTally());
        }

        tally.Add(clock, ticks);
        _all.Add(clock, ticks);
    }

    /// <summary>The values; the dispersion of each is that of its share.</summary>
    /// <param name="clock">The clock of the windows.</param>
    /// <returns>The entries in the order of the values.</returns>
    public SortedDictionary<string, ProfileEntry> Entries(WindowClock clock)
    {
        SortedDictionary<string, ProfileEntry> entries = new(_carried, StringComparer.Ordinal);
        foreach ((string value, WindowTally tally) in _live)
        {
            ProfileEntry entry = new(
                tally.Count, tally.FirstTicks, tally.LastTicks, tally.ShareDispersion(_all, clock));
            entries[value] = ProfileEntry.Sum(entries.GetValueOrDefault(value), entry);
        }

        return entries;
    }

    /// <summary>Writes the mix as an object.</summary>
    /// <param name="writer">The writer, past the name of the object.</param>
    /// <param name="clock">The clock of the windows.</param>
    public void Write(Utf8JsonWriter writer, WindowClock clock)
    {
        writer.WriteStartObject();
        foreach ((string value, ProfileEntry entry) in Entries(clock))
        {
            writer.WriteStartObject(value);
            (entry with { FirstTicks = -1, LastTicks = -1 }).WriteMembers(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>Takes over a mix that was written.</summary>
    /// <param name="element">The object.</param>
    /// <param name="where">What it is called.</param>
    /// <exception cref="FormatException">It is no such object.</exception>
    public void Include(JsonElement element, string where)
    {
        foreach (JsonProperty property in BaselineValue.Object(element, where).EnumerateObject())
        {
            ProfileEntry entry = ProfileEntry.Read(property.Value, $"'{property.Name}' of {where}");
            _carried[property.Name] = ProfileEntry.Sum(_carried.GetValueOrDefault(property.Name), entry);
        }
    }
}
