using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>What stands at the head of a baseline.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Created">When it was made.</param>
/// <param name="From">UTC ticks of the earliest event, or -1.</param>
/// <param name="To">UTC ticks of the latest event, or -1.</param>
/// <param name="Hosts">Hosts.</param>
/// <param name="Kinds">Events by kind.</param>
/// <param name="TimeZone">Id of the zone of stamps without one.</param>
internal sealed record BaselineHeader(
    string Name,
    DateTimeOffset Created,
    long From,
    long To,
    IReadOnlyCollection<string> Hosts,
    IReadOnlyDictionary<string, long> Kinds,
    string TimeZone)
{
    /// <summary>One head for several baselines; name and time are those of the first.</summary>
    /// <param name="baselines">The baselines, at least one.</param>
    /// <returns>The head.</returns>
    public static BaselineHeader Of(IReadOnlyList<LogBaseline> baselines)
    {
        Dictionary<string, long> kinds = new(StringComparer.Ordinal);
        foreach ((string name, long count) in baselines.SelectMany(baseline => baseline.Kinds))
        {
            kinds[name] = checked(kinds.GetValueOrDefault(name) + count);
        }

        return new BaselineHeader(
            baselines[0].Name,
            baselines[0].Created,
            baselines.Select(baseline => baseline.From?.UtcTicks ?? -1)
                .Where(ticks => ticks >= 0)
                .DefaultIfEmpty(-1).Min(),
            baselines.Max(baseline => baseline.To?.UtcTicks ?? -1),
            [.. baselines.SelectMany(baseline => baseline.Hosts).Distinct(StringComparer.Ordinal)],
            kinds,
            string.Join(", ", baselines.Select(baseline => baseline.TimeZone).Distinct(StringComparer.Ordinal)));
    }

    /// <summary>Makes a baseline.</summary>
    /// <param name="content">Its parts.</param>
    /// <param name="drift">What differs from the one that it goes on from, or null.</param>
    /// <returns>The baseline.</returns>
    public LogBaseline ToBaseline(
        IReadOnlyList<KeyValuePair<string, JsonElement>> content, IReadOnlyList<LogDifference>? drift = null) => new()
    {
        Name = Name,
        Created = WholeSeconds(Created.UtcTicks),
        From = From < 0 ? null : WholeSeconds(From),
        To = To < 0 ? null : WholeSeconds(To),
        Hosts = [.. Hosts.Order(StringComparer.Ordinal)],
        Kinds = [.. Kinds.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => new NameCount(pair.Key, pair.Value))],
        Events = Kinds.Values.Sum(),
        TimeZone = TimeZone,
        ModuleVersion = typeof(BaselineHeader).Assembly.GetName().Version?.ToString(3) ?? "",
        Content = content,
        Drift = drift ?? [],
    };

    private static DateTimeOffset WholeSeconds(long ticks) =>
        new(ticks - (ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
