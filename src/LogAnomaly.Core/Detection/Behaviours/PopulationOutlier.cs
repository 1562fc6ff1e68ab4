using System.Text.Json;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// One host, user or source that in an hour does far more, has far more warnings or does far more different things than
/// its peers in the same hour, and than it does itself as a rule. Distances are robust (median and MAD of logarithms);
/// what distance is odd is learned from all that were seen. Peers must be in the log at the same time: files of hosts
/// that are read one after another have none. Follows up to <see cref="MostEntities"/> of a type in an hour and
/// remembers the habits of as many.
/// </summary>
/// <param name="index">Numbers of templates.</param>
internal sealed class PopulationOutlier(TemplateIndex index) : CalibratedBehaviour
{
    /// <summary>Entities that are followed in an hour and remembered, of each type.</summary>
    public const int MostEntities = 5_000;

    /// <summary>Features that are compared.</summary>
    public const int FeatureCount = 3;

    private const int LeastPeers = 6;
    private const int LeastCount = 30;
    private const int LeastJudged = 200;
    private const double LeastSpread = 0.25;
    private const double Steepest = 3;
    private const double MostDistance = 100;

    private static readonly string[] s_features = ["Count", "Warnings", "DistinctMessages"];
    private static readonly string[] s_words = ["lines", "warnings", "different messages"];

    private static readonly double[] s_logarithms = [.. Enumerable.Range(0, 1_024).Select(value => Math.Log(value))];

    private readonly Population[] _populations = [new("HostName"), new("UserName"), new("SourceIP")];
    private readonly Calibration _calibration = new();
    private double[] _values = [];
    private double[] _sorted = [];
    private long _hour = -1;

    /// <inheritdoc/>
    public override string Name => "PopulationOutlier";

    /// <inheritdoc/>
    protected override IEnumerable<Calibration> Calibrations => [_calibration];

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent, ICollection<DetectorFinding> found)
    {
        long ticks = logEvent.UtcTicks;
        if (ticks < 0)
        {
            return;
        }

        long hour = ticks / TimeSpan.TicksPerHour;
        if (hour > _hour || hour < _hour - 1)
        {
            Close(found);
            _hour = hour;
        }

        int form = FormOf(logEvent);
        _populations[0].Add(logEvent.HostName, logEvent, form);
        switch (logEvent)
        {
            case AuthEvent auth:
                _populations[1].Add(auth.UserName, logEvent, form);
                _populations[2].Add(auth.SourceIP, logEvent, form);
                break;
            case AccessEvent request:
                _populations[1].Add(request.UserName, logEvent, form);
                _populations[2].Add(request.SourceIP, logEvent, form);
                break;
            case ApacheErrorEvent error:
                _populations[2].Add(error.SourceIP, logEvent, form);
                break;
            case NginxErrorEvent error:
                _populations[2].Add(error.SourceIP, logEvent, form);
                break;
        }
    }

    /// <inheritdoc/>
    public override void Complete(ICollection<DetectorFinding> found)
    {
        Close(found);
        _hour = -1;
    }

    /// <inheritdoc/>
    public override void Forget(long utcTicks)
    {
        foreach (Population population in _populations)
        {
            foreach ((string entity, PeerHabit habit) in population.Habits.All.ToArray())
            {
                if (habit.LastSeen < utcTicks)
                {
                    population.Habits.Remove(entity);
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        _calibration.Write(writer, "judged");
        foreach (Population population in _populations)
        {
            writer.WriteStartObject(population.EntityType);
            for (int feature = 0; feature < FeatureCount; feature++)
            {
                population.Distances[feature].Write(writer, s_features[feature]);
            }

            writer.WriteStartObject("entities");
            foreach ((string entity, PeerHabit habit) in population.Habits.All
                .OrderBy(entry => entry.Key, StringComparer.Ordinal))
            {
                writer.WriteStartObject(entity);
                BehaviourJson.WriteTime(writer, "last", habit.LastSeen);
                writer.WriteString("above", BehaviourJson.Join(habit.Hours, habit.Means));
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
        _calibration.Include(element, "judged");
        foreach (Population population in _populations)
        {
            if (!BehaviourJson.Object(element).TryGetProperty(population.EntityType, out JsonElement part))
            {
                continue;
            }

            for (int feature = 0; feature < FeatureCount; feature++)
            {
                population.Distances[feature].Include(part, s_features[feature]);
            }

            foreach (JsonProperty member in BehaviourJson.Members(part, "entities"))
            {
                double[] above = BehaviourJson.Numbers(member.Value, "above");
                PeerHabit habit = population.Habits.Get(
                    member.Name, Math.Max(0, BehaviourJson.Time(member.Value, "last")));
                int hours = above.Length == FeatureCount + 1 ? (int)above[0] : 0;
                for (int feature = 0; feature < FeatureCount && hours > 0; feature++)
                {
                    habit.Means[feature] += (above[feature + 1] - habit.Means[feature]) * hours / (habit.Hours + hours);
                }

                habit.Hours += hours;
            }
        }
    }

    private static double ValueOf(PeerSlot slot, int feature) => feature switch
    {
        0 => slot.Count,
        1 => slot.Warnings,
        _ => slot.Forms,
    };

    private static double LogarithmOf(double value)
    {
        int whole = (int)value;
        return ((double)whole).Equals(value) && whole < s_logarithms.Length ? s_logarithms[whole] : Math.Log(value);
    }

    // Requests differ by their pages rather than by their templates.
    private int FormOf(LogEvent logEvent)
    {
        if (logEvent is not AccessEvent { Url: { } url })
        {
            return index.Of(logEvent);
        }

        uint hash = (uint)url.Length;
        foreach (char character in url.AsSpan(Math.Max(0, url.Length - 12)))
        {
            hash = (hash ^ character) * 16777619;
        }

        return (int)hash;
    }

    private void Close(ICollection<DetectorFinding> found)
    {
        foreach (Population population in _populations)
        {
            if (population.Open.Count >= LeastPeers)
            {
                for (int feature = 0; feature < FeatureCount; feature++)
                {
                    Compare(population, feature, found);
                }
            }

            population.Clear();
        }
    }

    private void Compare(Population population, int feature, ICollection<DetectorFinding> found)
    {
        int count = population.Open.Count;
        if (_values.Length < count)
        {
            _values = new double[count * 2];
            _sorted = new double[count * 2];
        }

        int i = 0;
        foreach (PeerSlot slot in population.Open.Values)
        {
            _values[i++] = LogarithmOf(1 + ValueOf(slot, feature));
        }

        Span<double> sorted = _sorted.AsSpan(0, count);
        double median = MedianOf(_values.AsSpan(0, count), 0, sorted);
        double deviation = RobustWindow.Consistency * MedianOf(_values.AsSpan(0, count), median, sorted);

        // A logarithm of a small count jumps: chance alone moves it by one over the root of the count.
        double spread = Math.Sqrt((deviation * deviation) + (LeastSpread * LeastSpread) + Math.Exp(-median));
        double usual = Math.Exp(median) - 1;
        i = 0;
        foreach ((string entity, PeerSlot slot) in population.Open)
        {
            double distance = Math.Min((_values[i++] - median) / spread, MostDistance);
            Judge(population, feature, (entity, slot), distance, usual, found);
        }
    }

    private void Judge(
        Population population,
        int feature,
        (string Name, PeerSlot Slot) entity,
        double distance,
        double median,
        ICollection<DetectorFinding> found)
    {
        long end = (_hour + 1) * TimeSpan.TicksPerHour;
        PeerHabit habit = population.Habits.Get(entity.Name, end);
        habit.Hours += feature == 0 ? 1 : 0;
        double beyond = distance - (habit.Hours > 1 ? Math.Max(habit.Means[feature], 0) : 0);
        habit.Learn(feature, distance);
        TailRecord tail = population.Distances[feature];
        double value = beyond <= 0 ? 1 : Math.Exp(Math.Min(beyond, MostDistance));
        if (tail.Count < LeastJudged)
        {
            tail.Add(value);
            return;
        }

        double modelled = tail.ProbabilityOf(value, Steepest);
        double probability = _calibration.Judge(modelled);
        tail.Add(value);
        if (!_calibration.IsWorth(probability) || ValueOf(entity.Slot, feature) < LeastCount || habit.Reported == end
            || entity.Slot.Events is not { } events)
        {
            return;
        }

        habit.Reported = end;
        string observed = Findings.Say(ValueOf(entity.Slot, feature));
        string typical = Findings.Say(median);
        string own = habit.Hours > 1 ? "and further above them than ever" : "and was not there before";
        string sentence = DurationWords.Say(
            $"{entity.Name} has {observed} {s_words[feature]} in the hour to {Findings.Time(end, events[0])}; its {population.Open.Count - 1} peers have {typical} as a rule, {own}.");
        Reason reason = new("PopulationOutlier", s_features[feature], observed, typical, 1, sentence);
        found.Add(new FindingDraft(
            Name,
            events[0].Kind,
            probability,
            $"{entity.Name} differs from its peers",
            reason,
            population.EntityType,
            entity.Name)
            .Build(end - TimeSpan.TicksPerHour, end, entity.Slot.Count, events));
    }

    private static double MedianOf(ReadOnlySpan<double> values, double center, Span<double> sorted)
    {
        for (int i = 0; i < values.Length; i++)
        {
            sorted[i] = Math.Abs(values[i] - center);
        }

        sorted.Sort();
        int half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private sealed class Population(string entityType)
    {
        private readonly Stack<PeerSlot> _free = new();
        private string? _last;
        private PeerSlot? _lastSlot;

        public string EntityType => entityType;

        public Dictionary<string, PeerSlot> Open { get; } = new(StringComparer.Ordinal);

        public EntityStates<string, PeerHabit> Habits { get; } = new(MostEntities, StringComparer.Ordinal);

        public TailRecord[] Distances { get; } = [new(), new(), new()];

        public void Add(string? entity, LogEvent logEvent, int form)
        {
            if (entity is null)
            {
                return;
            }

            if (!ReferenceEquals(entity, _last))
            {
                if (!Open.TryGetValue(entity, out _lastSlot) && Open.Count < MostEntities)
                {
                    _lastSlot = _free.TryPop(out PeerSlot? free) ? free : new PeerSlot();
                    Open.Add(entity, _lastSlot);
                }

                _last = entity;
            }

            _lastSlot?.Add(logEvent, form);
        }

        public void Clear()
        {
            foreach (PeerSlot slot in Open.Values)
            {
                slot.Clear();
                _free.Push(slot);
            }

            Open.Clear();
            (_last, _lastSlot) = (null, null);
        }
    }
}
