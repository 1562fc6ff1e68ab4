using System.Runtime.InteropServices;
using LogAnomaly.Features;
using LogAnomaly.Numerics;
using LogAnomaly.Templates;

namespace LogAnomaly.Analysis;

/// <summary>
/// Compares the templates of two inputs: which are new, which are gone, and whose share of the events shifted. Both are
/// mined by one miner, so that a word that varies in one of them is open in both. A shift is judged by the G-test of
/// two proportions, corrected for the number of templates. The events of a log come in bursts, which the test does not
/// know of: what is significant is not always of weight, so <see cref="LeastRatio"/> holds too. One comparison serves
/// one thread.
/// </summary>
public sealed class TemplateComparison
{
    /// <summary>Corrected probability below which a share has changed.</summary>
    public const double Significance = 0.01;

    /// <summary>How many times the other share the greater one must be at least to have changed.</summary>
    public const double LeastRatio = 1.2;

    private readonly TemplateMiner _miner;
    private readonly Dictionary<LogTemplate, Side> _older = [];
    private readonly Dictionary<LogTemplate, Side> _newer = [];

    /// <summary>Creates a comparison.</summary>
    /// <param name="maximumTemplates">Templates that are kept apart, at least 2.</param>
    public TemplateComparison(int maximumTemplates = 20_000) => _miner = new TemplateMiner(maximumTemplates);

    /// <summary>Takes an event of the older input.</summary>
    /// <param name="logEvent">The event.</param>
    public void AddReference(LogEvent logEvent) => Add(_older, logEvent);

    /// <summary>Takes an event of the newer input.</summary>
    /// <param name="logEvent">The event.</param>
    public void AddDifference(LogEvent logEvent) => Add(_newer, logEvent);

    /// <summary>Compares what was taken.</summary>
    /// <returns>New templates first, then those that are gone, those that changed and the others; each by
    /// weight.</returns>
    public IReadOnlyList<TemplateChange> Complete()
    {
        Dictionary<LogTemplate, Side> older = Widen(_older);
        Dictionary<LogTemplate, Side> newer = Widen(_newer);
        LogTemplate[] all = [.. newer.Keys.Union(older.Keys)];
        long oldTotal = older.Values.Sum(side => side.Count);
        long newTotal = newer.Values.Sum(side => side.Count);
        double[] corrected = ProportionTest.Correct(Array.ConvertAll(all, template => ProportionTest.ProbabilityOf(
            older.GetValueOrDefault(template)?.Count ?? 0,
            oldTotal,
            newer.GetValueOrDefault(template)?.Count ?? 0,
            newTotal)));
        return all.Select((template, place) => ToChange(
            template,
            older.GetValueOrDefault(template),
            newer.GetValueOrDefault(template),
            oldTotal,
            newTotal,
            corrected[place]))
            .OrderBy(change => change.State)
            .ThenByDescending(change => Math.Abs(change.Share - change.ReferenceShare))
            .ThenByDescending(change => change.Count)
            .ThenBy(change => change.Template, StringComparer.Ordinal)
            .ToArray();
    }

    private static TemplateChange ToChange(
        LogTemplate template, Side? old, Side? recent, long oldTotal, long newTotal, double probability)
    {
        double share = newTotal == 0 ? 0 : (double)(recent?.Count ?? 0) / newTotal;
        double oldShare = oldTotal == 0 ? 0 : (double)(old?.Count ?? 0) / oldTotal;
        bool isWeighty = Math.Max(share, oldShare) >= LeastRatio * Math.Min(share, oldShare);
        Side shown = (recent ?? old)!;
        return new TemplateChange
        {
            State = old is null ? TemplateState.New
                : recent is null ? TemplateState.Gone
                : probability < Significance && isWeighty ? TemplateState.Changed
                : TemplateState.Same,
            Id = template.Id,
            Template = template.Text,
            Count = recent?.Count ?? 0,
            Share = share,
            ReferenceCount = old?.Count ?? 0,
            ReferenceShare = oldShare,
            PValue = probability,
            FirstSeen = shown.Times.First,
            LastSeen = shown.Times.Last,
            Example = shown.Example,
        };
    }

    // Templates may have merged since their events were counted.
    private static Dictionary<LogTemplate, Side> Widen(Dictionary<LogTemplate, Side> counted)
    {
        Dictionary<LogTemplate, Side> widest = [];
        foreach ((LogTemplate template, Side side) in counted)
        {
            if (widest.TryGetValue(template.Widest, out Side? other))
            {
                other.Include(side);
            }
            else
            {
                widest.Add(template.Widest, side);
            }
        }

        return widest;
    }

    private void Add(Dictionary<LogTemplate, Side> sides, LogEvent logEvent)
    {
        LogTemplate template = _miner.Add(logEvent);
        ref Side? side = ref CollectionsMarshal.GetValueRefOrAddDefault(sides, template, out bool isKnown);
        if (!isKnown)
        {
            side = new Side(logEvent.Raw);
        }

        side!.Add(logEvent);
    }

    private sealed class Side(string example)
    {
        private SeenTimes _times;

        public long Count { get; private set; }

        public string Example { get; } = example;

        public SeenTimes Times => _times;

        public void Add(LogEvent logEvent)
        {
            Count++;
            _times.Add(logEvent);
        }

        public void Include(Side other)
        {
            Count += other.Count;
            _times.Include(other._times);
        }
    }
}
