using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// The values of a field and how often each came, as a part of a profile. Up to a number of values are kept apart; what
/// comes beyond them is only counted, and then it is not known what is new.
/// </summary>
internal sealed class ValueTable
{
    private readonly int _maximum;
    private readonly Dictionary<string, WindowTally> _live = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProfileEntry> _carried = new(StringComparer.Ordinal);

    /// <summary>Creates a table.</summary>
    /// <param name="maximum">Values that are kept apart.</param>
    public ValueTable(int maximum) => _maximum = maximum;

    /// <summary>Events with values beyond those that are kept.</summary>
    public long Overflow { get; private set; }

    /// <summary>Counts a value.</summary>
    /// <param name="value">The value; null and an empty one are not counted.</param>
    /// <param name="clock">The clock of the windows.</param>
    /// <param name="ticks">UTC ticks of the event, or -1.</param>
    public void Add(string? value, WindowClock clock, long ticks)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        if (!_live.TryGetValue(value, out WindowTally? tally))
        {
            if (_live.Count >= _maximum)
            {
                Overflow++;
                return;
            }

            tally = new WindowTally();
            _live.Add(value, tally);
        }

        tally.Add(clock, ticks);
    }

    /// <summary>What is known of each value.</summary>
    /// <param name="clock">The clock of the windows.</param>
    /// <returns>The entries in the order of the values.</returns>
    public SortedDictionary<string, ProfileEntry> Entries(WindowClock clock)
    {
        SortedDictionary<string, ProfileEntry> entries = new(_carried, StringComparer.Ordinal);
        foreach ((string value, WindowTally tally) in _live)
        {
            entries[value] = ProfileEntry.Sum(entries.GetValueOrDefault(value), ProfileEntry.Of(tally, clock));
        }

        return entries;
    }

    /// <summary>Writes the table as an object.</summary>
    /// <param name="writer">The writer, past the name of the object.</param>
    /// <param name="clock">The clock of the windows.</param>
    public void Write(Utf8JsonWriter writer, WindowClock clock)
    {
        writer.WriteStartObject();
        if (Overflow > 0)
        {
            writer.WriteNumber("overflow", Overflow);
        }

        writer.WriteStartObject("values");
        foreach ((string value, ProfileEntry entry) in Entries(clock))
        {
            writer.WriteStartObject(value);
            entry.WriteMembers(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Takes over a table that was written.</summary>
    /// <param name="element">The object.</param>
    /// <param name="where">What it is called.</param>
    /// <exception cref="FormatException">It is no such object.</exception>
    public void Include(JsonElement element, string where)
    {
        Overflow += element.TryGetProperty("overflow", out _) ? BaselineValue.Whole(element, "overflow", where) : 0;
        foreach (JsonProperty property in BaselineValue.Member(element, "values", where).EnumerateObject())
        {
            ProfileEntry entry = ProfileEntry.Read(property.Value, $"'{property.Name}' of {where}");
            _carried[property.Name] = ProfileEntry.Sum(_carried.GetValueOrDefault(property.Name), entry);
        }
    }

    /// <summary>Forgets values that were last seen before a time.</summary>
    /// <param name="utcTicks">UTC ticks of the time.</param>
    public void Forget(long utcTicks)
    {
        foreach ((string value, ProfileEntry _) in _carried
            .Where(pair => IsOld(pair.Value.LastTicks, utcTicks)).ToArray())
        {
            // Seen since, it is as young as that.
            if (!_live.TryGetValue(value, out WindowTally? tally) || IsOld(tally.LastTicks, utcTicks))
            {
                _carried.Remove(value);
            }
        }

        foreach ((string value, WindowTally _) in _live.Where(pair => IsOld(pair.Value.LastTicks, utcTicks)).ToArray())
        {
            if (!_carried.ContainsKey(value))
            {
                _live.Remove(value);
            }
        }
    }

    private static bool IsOld(long lastTicks, long utcTicks) => lastTicks >= 0 && lastTicks < utcTicks;
}
