using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A gap in a log that is longer than its lines ever let one wait: it was cut, or what writes it stood still.
/// </summary>
internal sealed class LogSilence : LearnedRule
{
    private readonly LogStreams<Stream> _streams = new();
    private readonly SilenceLimits _limits;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public LogSilence(LogRule rule, IRuleSink sink)
        : base(
            rule,
            sink,
            LogKind.Access,
            LogKind.Authentication,
            LogKind.System,
            LogKind.ApacheError,
            LogKind.NginxError,
            LogKind.Record) =>
        _limits = SilenceLimits.Of(new RuleParameters(rule), usual: "2h", history: "1d");

    /// <summary>Streams of lines that it knows.</summary>
    internal int KnownStreams => _streams.Count;

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        long now = logEvent.UtcTicks;
        if (now < 0)
        {
            return;
        }

        SilenceJudge judge = _streams.Of(logEvent).Judge;
        if (judge.IsSilence(now, _limits, out long gap, out long usual))
        {
            string length = DurationWords.Of(gap);
            string typical = $"a line within {DurationWords.Of(usual)}";
            string sentence = DurationWords.Say(
                $"The log was silent for {length} before this line, where 99 % of the time the next line came within {DurationWords.Of(usual)}.");
            bool hasHost = logEvent.HostName is not null;
            Report(
                logEvent, hasHost ? "HostName" : "Path", logEvent.HostName ?? LogStreams<Stream>.LogOf(logEvent.Source),
                new Reason(Code, "Gap", length, typical, 1, sentence));
        }
    }

    private sealed class Stream : StreamState
    {
        public SilenceJudge Judge { get; } = new();
    }
}
