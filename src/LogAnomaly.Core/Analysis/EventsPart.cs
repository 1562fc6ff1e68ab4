using System.Text.Json;
using LogAnomaly.Detection;
using LogAnomaly.Features;

namespace LogAnomaly.Analysis;

/// <summary>
/// What a baseline knows of single events: a profile for each kind and learning period, or host. An event is as odd as
/// it is to the profile that finds it most usual, so what is normal on one host or in one period is normal.
/// </summary>
internal sealed class EventsPart : IBaselinePart
{
    private const int MostProfiles = 16;

    private readonly EventRows?[] _rows = new EventRows?[Enum.GetValues<LogKind>().Length];
    private readonly List<EventProfile>[] _profiles =
        [.. Enum.GetValues<LogKind>().Select(_ => new List<EventProfile>())];
    private long _from = -1;
    private long _to = -1;

    /// <inheritdoc/>
    public string Name => "events";

    /// <summary>How odd an event is.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="profile">The profile that finds it most usual; null where nothing is known of its kind.</param>
    /// <param name="detector">The detector whose say weighs most.</param>
    /// <returns>The tail probability; 1 where nothing is known.</returns>
    public double ProbabilityOf(LogEvent logEvent, out EventProfile? profile, out string detector)
    {
        profile = null;
        detector = "";
        double greatest = 0;
        foreach (EventProfile candidate in _profiles[(int)logEvent.Kind])
        {
            double probability = candidate.ProbabilityOf(logEvent, out string loudest);
            if (probability > greatest)
            {
                (greatest, profile, detector) = (probability, candidate, loudest);
            }
        }

        return profile is null ? 1 : greatest;
    }

    /// <inheritdoc/>
    public void Learn(LogEvent logEvent)
    {
        EventRows rows = _rows[(int)logEvent.Kind] ??= new EventRows(logEvent.Kind, EventHolding.None);
        rows.Add(logEvent);
        long ticks = logEvent.UtcTicks;
        _from = ticks >= 0 && (_from < 0 || ticks < _from) ? ticks : _from;
        _to = Math.Max(_to, ticks);
    }

    /// <inheritdoc/>
    public void EndLearning(CancellationToken cancellation)
    {
        for (int kind = 0; kind < _rows.Length; kind++)
        {
            if (_rows[kind] is { } rows
                && EventProfile.Learn(rows, Math.Max(_from, 0), Math.Max(_to, 0), cancellation) is { } profile)
            {
                Keep(profile);
            }

            _rows[kind] = null;
        }
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("profiles");
        foreach (EventProfile profile in _profiles.SelectMany(profiles => profiles))
        {
            profile.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public void Include(JsonElement element)
    {
        foreach (JsonElement profile in ModelArrays.Property(element, "profiles", JsonValueKind.Array).EnumerateArray())
        {
            Keep(EventProfile.Read(profile));
        }
    }

    /// <inheritdoc/>
    public void Forget(long utcTicks)
    {
        foreach (List<EventProfile> profiles in _profiles)
        {
            profiles.RemoveAll(profile => profile.To < utcTicks);
        }
    }

    // In the order of their periods, so that merging two files gives the same whichever comes first; the oldest go
    // where there are too many.
    private void Keep(EventProfile profile)
    {
        List<EventProfile> profiles = _profiles[(int)profile.Kind];
        profiles.Add(profile);
        profiles.Sort((left, right) =>
            (left.To, left.From, left.Events).CompareTo((right.To, right.From, right.Events)));
        if (profiles.Count > MostProfiles)
        {
            profiles.RemoveAt(0);
        }
    }
}
