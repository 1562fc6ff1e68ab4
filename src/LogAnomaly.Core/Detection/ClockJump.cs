using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A line that is dated well before the one above it: the clock was set back, or the line was put there later. A step
/// ahead is no proof by itself, as a silence looks the same; but the return from one is a step back. An hour is the end
/// of summer time. Requests are logged when they end with the time at which they began, so there the next lines must be
/// behind too.
/// </summary>
internal sealed class ClockJump : LearnedRule
{
    private const int RequestsBehind = 3;
    private const int OrderedPerStep = 10;
    private const double OrderedShare = 0.6;
    private const long ZoneStep = 30 * TimeSpan.TicksPerMinute;
    private const long ZoneSlack = 2 * TimeSpan.TicksPerMinute;

    private readonly LogStreams<Stream> _streams = new(byFile: true);
    private readonly long _step;
    private readonly int _lines;
    private readonly int _stay;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public ClockJump(LogRule rule, IRuleSink sink)
        : base(
            rule,
            sink,
            LogKind.Access,
            LogKind.Authentication,
            LogKind.System,
            LogKind.ApacheError,
            LogKind.NginxError,
            LogKind.Record)
    {
        RuleParameters parameters = new(rule);
        _step = parameters.Ticks("step", "5m");
        _lines = parameters.Count("lines", 20);
        _stay = parameters.Count("stay", 3);
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        long now = logEvent.UtcTicks;
        if (now < 0)
        {
            return;
        }

        Stream stream = _streams.Of(logEvent);
        long step = now - stream.Last;
        stream.Events++;
        if (step >= 0 && stream.Suspect is null)
        {
            stream.Ahead++;
            stream.LastAhead = step > _step && stream.Last > 0 ? step : stream.LastAhead;
            stream.Last = now;
            return;
        }

        AddBehind(logEvent, stream, step);
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        foreach (Stream stream in _streams.All)
        {
            EndLate(stream);
        }
    }

    private void AddBehind(LogEvent logEvent, Stream stream, long step)
    {
        if (stream.Suspect is not null)
        {
            Follow(logEvent, stream, step);
            return;
        }

        // A file whose newest line is the first, or that was put together of several, is in no order to be broken.
        bool isStep = -step > _step && !IsZone(-step, stream);
        stream.Behind += isStep ? 1 : 0;
        bool isOrdered = stream.Ahead >= _lines && stream.Ahead >= OrderedPerStep * stream.Behind
            && stream.Ahead >= OrderedShare * stream.Events;
        if (isStep && isOrdered)
        {
            // The line before stays the mark that the next ones are held against.
            (stream.Suspect, stream.SuspectStep, stream.BehindSuspect) = (logEvent, step, 0);
            stream.IsStart = IsStartOfHost(logEvent);
            return;
        }

        stream.Last = logEvent.UtcTicks;
    }

    private static bool IsZone(long back, Stream stream)
    {
        if (Math.Abs(back - TimeSpan.TicksPerHour) <= ZoneSlack)
        {
            return true;
        }

        long rest = back % ZoneStep;
        return Math.Min(rest, ZoneStep - rest) <= ZoneSlack && back <= stream.LastAhead + ZoneSlack;
    }

    private void Follow(LogEvent logEvent, Stream stream, long step)
    {
        // A clock that was set back by minutes reaches the old time again soon on a host that writes little.
        bool isBehind = logEvent.Kind == LogKind.Access ? -step > _step : step < 0;
        if (!isBehind)
        {
            EndLate(stream);
            stream.Last = logEvent.UtcTicks;
            stream.Ahead++;
            return;
        }

        stream.BehindSuspect++;
        stream.IsStart |= IsStartOfHost(logEvent);
        if (stream.BehindSuspect == (logEvent.Kind == LogKind.Access ? RequestsBehind : _stay))
        {
            ReportStep(stream.Suspect!, stream.SuspectStep, stream.IsStart ? Severity.Low : Rule.Severity);
            stream.Suspect = null;
            stream.Last = logEvent.UtcTicks;
        }
    }

    private void EndLate(Stream stream)
    {
        if (stream.Suspect is { Kind: not LogKind.Access } late)
        {
            ReportStep(late, stream.SuspectStep, Severity.Low);
        }

        stream.Suspect = null;
    }

    // Hosts without a battery begin at a time that they remember, and learn the right one later.
    private static bool IsStartOfHost(LogEvent logEvent) =>
        logEvent.Program == "kernel" && logEvent.Message is { } message
        && (message.Contains("Linux version ", StringComparison.Ordinal)
            || message.Contains("Booting Linux", StringComparison.Ordinal)
            || message.Contains("[    0.000000]", StringComparison.Ordinal));

    private void ReportStep(LogEvent logEvent, long step, Severity severity)
    {
        string length = DurationWords.Of(step);
        string sentence =
            $"This line is dated {length} before the line above it: the clock was set back, or the line was put there "
                + "later.";
        bool hasHost = logEvent.HostName is not null;
        Report(
            logEvent, hasHost ? "HostName" : "Path", logEvent.HostName ?? logEvent.Path,
            new Reason(Code, "Timestamp", $"{length} back", "lines in the order of time", 1, sentence),
            severity < Rule.Severity ? severity : null);
    }

    private sealed class Stream : StreamState
    {
        public long Last { get; set; }

        public long Ahead { get; set; }

        public long Behind { get; set; }

        // The last step ahead that was longer than a step is allowed to be.
        public long LastAhead { get; set; }

        // A line that is behind, until the next ones tell whether they are too.
        public LogEvent? Suspect { get; set; }

        public long SuspectStep { get; set; }

        public int BehindSuspect { get; set; }

        // Whether the host starts there.
        public bool IsStart { get; set; }
    }
}
