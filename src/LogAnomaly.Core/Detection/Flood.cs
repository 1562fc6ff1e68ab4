using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A source that sends many more requests in a minute than the others do. Where too few others are known yet, it is
/// judged at the end.
/// </summary>
internal sealed class Flood : LearnedRule
{
    private const double Share = 0.99;
    private const int TableBits = 13;
    private const int MostPending = 64;
    private const int JudgedEvery = 64;

    private readonly SourceTable _table = new(TableBits);
    private readonly Dictionary<string, (LogEvent Event, long Count)> _pending = new(StringComparer.Ordinal);
    private readonly int _requests;
    private readonly double _factor;
    private readonly int _population;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public Flood(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Access)
    {
        RuleParameters parameters = new(rule);
        _requests = parameters.Count("requests", 300);
        _factor = parameters.Number("factor", 10);
        _population = parameters.Count("population", 20);
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        AccessEvent access = (AccessEvent)logEvent;
        if (access.UtcTicks < 0 || (access.SourceIP ?? access.SourceHost) is not { } source)
        {
            return;
        }

        ref SourceSlot slot = ref _table.Of(source, (access.UtcTicks / TimeSpan.TicksPerMinute) + 1);
        slot.Sum++;
        if (slot.Sum > _requests && !slot.IsReported)
        {
            Judge(access, source, ref slot);
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        _table.Complete();
        if (_table.Samples < _population)
        {
            return;
        }

        long usual = _table.Quantile(Share);
        foreach ((string source, (LogEvent logEvent, long count)) in _pending)
        {
            if (count > _factor * usual)
            {
                ReportFlood(logEvent, source, count, usual);
            }
        }
    }

    private void Judge(AccessEvent access, string source, ref SourceSlot slot)
    {
        if (_table.Samples < _population)
        {
            Suspect(access, source, ref slot);
            return;
        }

        // A quantile goes through the whole histogram, so it is not asked for at each request.
        bool isTime = slot.Sum == _requests + 1L || slot.Sum % JudgedEvery == 0;
        long usual = isTime ? _table.Quantile(Share) : 0;
        if (isTime && slot.Sum > _factor * usual)
        {
            slot.IsReported = true;
            ReportFlood(access, source, slot.Sum, usual);
        }
    }

    // A suspect's minute is kept out of what is usual, or it would hide itself.
    private void Suspect(LogEvent logEvent, string source, ref SourceSlot slot)
    {
        bool isKnown = _pending.TryGetValue(source, out (LogEvent Event, long Count) known);
        if (!isKnown && _pending.Count == MostPending)
        {
            return;
        }

        _pending[source] = (isKnown ? known.Event : logEvent, Math.Max(known.Count, slot.Sum));
        slot.IsHeldBack = true;
    }

    private void ReportFlood(LogEvent logEvent, string source, long count, long usual)
    {
        string typical = DurationWords.Say($"99 % of sources send at most {usual} a minute");
        string sentence = DurationWords.Say(
            $"{source} sent more than {count - 1} requests within a minute; 99 % of the sources send at most {usual}.");
        bool hasAddress = ((AccessEvent)logEvent).SourceIP is not null;
        Report(
            logEvent, hasAddress ? "SourceIP" : "SourceHost", source,
            new Reason(Code, "Requests", DurationWords.Say($"{count} a minute"), typical, 1, sentence));
    }
}
