using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// The part of a baseline that knows which templates come, how often, and when they were first and last seen.
/// </summary>
internal sealed class TemplatesPart : IBaselinePart
{
    private readonly Dictionary<LogTemplate, WindowTally> _live = [];
    private readonly Dictionary<string, ProfileEntry> _carried = new(StringComparer.Ordinal);
    private readonly WindowClock _clock = new();

    /// <inheritdoc/>
    public string Name => "templates";

    /// <inheritdoc/>
    public void Learn(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        if (logEvent.Mined is not { } template)
        {
            return;
        }

        if (!_live.TryGetValue(template, out WindowTally? tally))
        {
            tally = new WindowTally();
            _live.Add(template, tally);
        }

        tally.Add(_clock, logEvent.UtcTicks);
    }

    /// <inheritdoc/>
    public void EndLearning(CancellationToken cancellation)
    {
        // What merged while the part learned is one template from here on.
        foreach ((LogTemplate template, WindowTally tally) in _live
            .Where(pair => pair.Key.Widest != pair.Key).ToArray())
        {
            cancellation.ThrowIfCancellationRequested();
            _live.Remove(template);
            if (_live.TryGetValue(template.Widest, out WindowTally? wider))
            {
                wider.Include(tally);
            }
            else
            {
                _live.Add(template.Widest, tally);
            }
        }
    }

    /// <summary>The templates by their text.</summary>
    /// <returns>What is known of each, in the order of their texts; a template that a wider one matches counts as
    /// that.</returns>
    public SortedDictionary<string, ProfileEntry> Entries()
    {
        EndLearning(CancellationToken.None);
        SortedDictionary<string, ProfileEntry> entries = new(_carried, StringComparer.Ordinal);
        foreach ((LogTemplate template, WindowTally tally) in _live)
        {
            entries[template.Text] = ProfileEntry.Sum(
                entries.GetValueOrDefault(template.Text), ProfileEntry.Of(tally, _clock));
        }

        return TemplateWidening.Fold(entries, TemplateWidening.Of(entries.Keys));
    }

    /// <summary>A line of each template that was learned here; a baseline keeps none.</summary>
    /// <returns>Lines by the text of the template.</returns>
    public Dictionary<string, string> Examples()
    {
        Dictionary<string, string> examples = new(StringComparer.Ordinal);
        foreach (LogTemplate template in _live.Keys)
        {
            examples[template.Text] = template.Example;
        }

        return examples;
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SortedDictionary<string, ProfileEntry> entries = Entries();
        double all = Math.Max(entries.Values.Sum(entry => (double)entry.Count), 1);
        writer.WriteStartObject();
        writer.WriteStartObject("entries");
        foreach ((string text, ProfileEntry entry) in entries)
        {
            writer.WriteStartObject(new LogTemplate(text).Id);
            writer.WriteString("text", text);
            entry.WriteMembers(writer);
            writer.WriteNumber("share", ProfileEntry.Rounded(entry.Count / all));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public void Include(JsonElement element)
    {
        foreach (JsonProperty property in BaselineValue.Member(element, "entries", "templates").EnumerateObject())
        {
            string where = $"template '{property.Name}'";
            string text = BaselineValue.Text(property.Value, "text", where);
            _carried[text] = ProfileEntry.Sum(
                _carried.GetValueOrDefault(text), ProfileEntry.Read(property.Value, where));
        }
    }

    /// <inheritdoc/>
    public void Forget(long utcTicks)
    {
        EndLearning(CancellationToken.None);
        Dictionary<string, WindowTally> live = _live.ToDictionary(
            pair => pair.Key.Text, pair => pair.Value, StringComparer.Ordinal);
        HashSet<string> young = new(StringComparer.Ordinal);
        foreach ((string text, ProfileEntry entry) in _carried)
        {
            if (entry.LastTicks < 0 || entry.LastTicks >= utcTicks)
            {
                young.Add(text);
            }
        }

        young.UnionWith(
            live.Where(pair => pair.Value.LastTicks < 0 || pair.Value.LastTicks >= utcTicks).Select(pair => pair.Key));
        foreach (string text in _carried.Keys.Where(text => !young.Contains(text)).ToArray())
        {
            _carried.Remove(text);
        }

        foreach (LogTemplate template in _live.Keys.Where(template => !young.Contains(template.Text)).ToArray())
        {
            _live.Remove(template);
        }
    }
}
