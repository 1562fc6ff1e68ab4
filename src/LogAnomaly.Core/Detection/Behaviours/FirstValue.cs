using System.Numerics;
using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// A value that an entity never had before, such as a host to which a user never logged in. How odd that is depends on
/// how often entities that were seen as many times have something new. Uses within an hour are one occasion. Keeps up
/// to <see cref="MostEntities"/> entities a pair with <see cref="ValueSet.MostValues"/> values each.
/// </summary>
internal sealed class FirstValue : CalibratedBehaviour
{
    /// <summary>Entities that are kept of each pair.</summary>
    public const int MostEntities = 5_000;

    private const int LeastOccasions = 10;
    private const long LeastSpan = 3 * TimeSpan.TicksPerDay;
    private const int Buckets = 24;

    private readonly PairState[] _pairs;
    private readonly PairState[][] _byKind;
    private bool _hasBaseline;

    /// <summary>Creates it with the pairs of <see cref="ValuePairs"/>.</summary>
    public FirstValue()
    {
        _pairs = [.. new ValuePairs().ToList().Select(pair => new PairState(pair))];
        _byKind =
            [.. Enum.GetValues<LogKind>().Select(kind => _pairs.Where(state => state.Pair.Kind == kind).ToArray())];
    }

    /// <inheritdoc/>
    public override string Name => "FirstValue";

    /// <inheritdoc/>
    protected override IEnumerable<Calibration> Calibrations => _pairs.Select(pair => pair.Calibration);

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        long ticks = logEvent.UtcTicks;
        if (ticks < 0)
        {
            return;
        }

        foreach (PairState state in _byKind[(int)logEvent.Kind])
        {
            if (state.Pair.Entity(logEvent) is { } entity && state.Pair.Value(logEvent) is { Length: > 0 } value)
            {
                Take(state, logEvent, entity, value, found);
            }
        }
    }

    /// <inheritdoc/>
    public override void Complete(ICollection<DetectorFinding> found)
    {
        // Each event is judged as it comes.
    }

    /// <inheritdoc/>
    public override void Forget(long utcTicks)
    {
        foreach (PairState state in _pairs)
        {
            foreach ((string entity, ValueSet set) in state.Entities.All.ToArray())
            {
                set.Forget(utcTicks);
                if (set.Count == 0)
                {
                    state.Entities.Remove(entity);
                }
            }

            (state.LastEntity, state.LastSet) = (null, null);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (PairState state in _pairs.Where(state => state.Entities.Count > 0)
            .OrderBy(state => state.Pair.Name, StringComparer.Ordinal))
        {
            writer.WriteStartObject(state.Pair.Name);
            state.Calibration.Write(writer, "judged");
            writer.WriteString("occasions", BehaviourJson.Join(0, [.. state.Seen.Select(count => (double)count)]));
            writer.WriteString("firsts", BehaviourJson.Join(0, [.. state.New.Select(count => (double)count)]));
            writer.WriteStartObject("entities");
            foreach ((string entity, ValueSet set) in state.Entities.All
                .OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(entity);
                BehaviourJson.WriteTime(writer, "first", set.FirstSeen);
                writer.WriteStartObject("values");
                foreach ((string value, long count, long last) in set.ToSorted())
                {
                    writer.WriteString(value, CountAndTime.Format(count, last));
                }

                writer.WriteEndObject();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void Include(JsonElement element)
    {
        _hasBaseline = true;
        foreach (JsonProperty member in BehaviourJson.Object(element).EnumerateObject())
        {
            // A pair of another version is no longer of use.
            if (Array.Find(_pairs, state => state.Pair.Name == member.Name) is { } state)
            {
                Include(state, member.Value);
            }
        }
    }

    private static void Include(PairState state, JsonElement element)
    {
        state.Calibration.Include(element, "judged");
        AddTo(state.Seen, BehaviourJson.Numbers(element, "occasions"));
        AddTo(state.New, BehaviourJson.Numbers(element, "firsts"));
        foreach (JsonProperty entity in BehaviourJson.Members(element, "entities"))
        {
            long first = BehaviourJson.Time(entity.Value, "first");
            ValueSet set = state.Entities.Get(entity.Name, Math.Max(first, 0));
            foreach (JsonProperty value in BehaviourJson.Members(entity.Value, "values"))
            {
                (long count, long last) = CountAndTime.Parse(value);
                set.Add(value.Name, count, last);
                set.LastSeen = Math.Max(set.LastSeen, last);
            }
        }
    }

    private static void AddTo(long[] counts, double[] written)
    {
        for (int i = 1; i < Math.Min(written.Length, counts.Length + 1); i++)
        {
            counts[i - 1] += (long)written[i];
        }
    }

    private void Take(
        PairState state, LogEvent logEvent, string entity, string value, ICollection<DetectorFinding> found)
    {
        long ticks = logEvent.UtcTicks;
        ValueSet set;
        if (ReferenceEquals(entity, state.LastEntity))
        {
            set = state.LastSet!;
        }
        else
        {
            set = state.Entities.Get(entity, ticks);
            (state.LastEntity, state.LastSet) = (entity, set);
        }

        int at = set.Find(value);
        if ((at >= 0 && Math.Abs(ticks - set.LastOf(at)) < TimeSpan.TicksPerHour) || (at < 0 && set.Roams))
        {
            return;
        }

        int bucket = Math.Min(BitOperations.Log2((ulong)set.Occasions + 1), Buckets - 1);
        bool isJudged = set.Occasions >= LeastOccasions && ticks - set.FirstSeen >= LeastSpan
            && (_hasBaseline || !state.Pair.HasRule);
        if (at >= 0)
        {
            set.Take(at, ticks);
            state.Calibration.Pass(isJudged ? 1 : 0);
        }
        else
        {
            if (isJudged)
            {
                Judge(state, logEvent, entity, value, set, bucket, found);
            }

            set.Add(value, 1, ticks);
            state.New[bucket]++;
        }

        state.Seen[bucket]++;
    }

    private void Judge(
        PairState state,
        LogEvent logEvent,
        string entity,
        string value,
        ValueSet set,
        int bucket,
        ICollection<DetectorFinding> found)
    {
        long seen = 0;
        long fresh = 0;
        for (int i = Math.Max(bucket - 1, 0); i < Buckets; i++)
        {
            seen += state.Seen[i];
            fresh += state.New[i];
        }

        // Who has many values gets new ones more often than others.
        double own = (set.Count - 1.0) / set.Occasions;
        double modelled = Math.Min(1, Math.Max((fresh + 0.5) / (seen + 1.0), own * own));
        double probability = state.Calibration.Judge(modelled);
        if (!state.Calibration.IsWorth(probability))
        {
            return;
        }

        string typical = set.Say();
        string sentence = DurationWords.Say(
            $"{entity} {state.Pair.Verb} {value} for the first time; on {set.Occasions} occasions before it was {typical}{(set.Count > 3 ? " and others" : "")}.");
        Reason reason = new("FirstValue", state.Pair.Feature, value, typical, 1, sentence);
        found.Add(new FindingDraft(
            Name,
            logEvent.Kind,
            probability,
            $"First {state.Pair.Feature} of its kind for {entity}",
            reason,
            state.Pair.EntityType,
            entity)
            .Build(logEvent.UtcTicks, logEvent.UtcTicks, 1, [logEvent]));
    }

    private sealed class PairState(ValuePair pair)
    {
        public ValuePair Pair => pair;

        public EntityStates<string, ValueSet> Entities { get; } = new(MostEntities, StringComparer.Ordinal);

        public Calibration Calibration { get; } = new();

        // By the logarithm of how often an entity was seen: occasions, and those with a new value.
        public long[] Seen { get; } = new long[Buckets];

        public long[] New { get; } = new long[Buckets];

        public string? LastEntity { get; set; }

        public ValueSet? LastSet { get; set; }
    }
}
