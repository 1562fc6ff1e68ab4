using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// Records that are missing in a file of the Windows event log, whose numbers follow each other, or a silence in it. An
/// export that was filtered has gaps everywhere and is not judged.
/// </summary>
internal sealed class RecordGap : LearnedRule
{
    private const int MostChannels = 1000;

    private readonly EntityStates<(string Path, string Host, string Channel), Channel> _channels = new(MostChannels);
    private readonly SilenceLimits _limits;
    private readonly int _records;
    private readonly double _contiguous;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public RecordGap(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Windows)
    {
        RuleParameters parameters = new(rule);
        _limits = SilenceLimits.Of(parameters, usual: "10m", history: "6h");
        _records = parameters.Count("records", 50);
        _contiguous = parameters.Number("contiguous", 0.95);
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent is not WindowsEvent { Channel: { } name, UtcTicks: >= 0 } record)
        {
            return;
        }

        Channel channel = _channels.Get((record.Path, record.HostName ?? "", name), record.UtcTicks);
        if (record.RecordId is { } id)
        {
            AddNumber(record, channel, id);
        }

        if (channel.Judge.IsSilence(record.UtcTicks, _limits, out long gap, out long usual))
        {
            string length = DurationWords.Of(gap);
            string sentence =
                $"{name} was silent for {length} before this record, where 99 % of the time the next one came within "
                    + $"{DurationWords.Of(usual)}.";
            Report(
                record, "HostName", record.HostName,
                new Reason(Code, "Gap", length, $"a record within {DurationWords.Of(usual)}", 1, sentence));
        }
    }

    // Files hold the records in the order of their numbers, or against it. Copies of a record are passed over.
    private void AddNumber(WindowsEvent record, Channel channel, long id)
    {
        long step = id - channel.LastId;
        if (step == 0)
        {
            return;
        }

        bool isNext = Math.Abs(step) == 1;
        bool isKnown = channel.Steps >= _records && channel.Next >= _contiguous * channel.Steps;
        bool isForward = Math.Sign(step) == channel.Direction;
        if (channel.LastId > 0 && !isNext && isKnown && isForward)
        {
            long missing = Math.Abs(step) - 1;
            string sentence = DurationWords.Say(
                $"{missing} record{(missing == 1 ? " is" : "s are")} missing in {record.Channel} between {channel.LastId} and {id}; the {channel.Next} steps before were from one number to the next.");
            Report(
                record, "HostName", record.HostName,
                new Reason(Code, "RecordId", DurationWords.Say($"{missing} missing"), "none missing", 1, sentence));
        }

        if (channel.LastId > 0)
        {
            channel.Steps++;
            channel.Next += isNext ? 1 : 0;
            channel.Direction = isNext ? Math.Sign(step) : channel.Direction;
        }

        channel.LastId = id;
    }

    private sealed class Channel : EntityState
    {
        public SilenceJudge Judge { get; } = new();

        public long LastId { get; set; }

        public long Steps { get; set; }

        public long Next { get; set; }

        public int Direction { get; set; }
    }
}
