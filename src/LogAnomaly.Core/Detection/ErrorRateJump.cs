using LogAnomaly.Numerics;
using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// More error lines a minute than usual, for many minutes in a row. What is usual are the counts of the last day on a
/// logarithmic scale, and what the same hour of the day had before.
/// </summary>
internal sealed class ErrorRateJump : LearnedRule
{
    private readonly LogStreams<Log> _logs = new();
    private readonly int _minutes;
    private readonly int _least;
    private readonly double _z;
    private readonly long _history;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public ErrorRateJump(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.ApacheError, LogKind.NginxError)
    {
        RuleParameters parameters = new(rule);
        _minutes = (int)Math.Clamp(parameters.Ticks("duration", "10m") / TimeSpan.TicksPerMinute, 1, 1440);
        _least = parameters.Count("least", 10);
        _z = parameters.Number("z", 6);
        _history = parameters.Ticks("history", "2h") / TimeSpan.TicksPerMinute;
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        long now = logEvent.UtcTicks;
        if (now < 0)
        {
            return;
        }

        Log log = _logs.Of(logEvent);
        long minute = now / TimeSpan.TicksPerMinute;
        if (minute > log.Minute)
        {
            Close(log, minute);
        }

        if (logEvent.Level >= LogLevel.Error)
        {
            log.Count++;
            log.Last = logEvent;
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        foreach (Log log in _logs.All)
        {
            Close(log, log.Minute + 1);
        }
    }

    private void Close(Log log, long next)
    {
        if (log.First == 0)
        {
            (log.First, log.Minute) = (next, next);
            return;
        }

        bool isHigh = log.Count > _least && log.Minute - log.First >= _history && log.Count > BoundOf(log);
        if (isHigh)
        {
            log.High++;
            log.HighCount += log.Count;
            if (log.High % _minutes == 0)
            {
                ReportJump(log);
            }
        }

        // What lasts for a day is the usual rate at last.
        if (!isHigh || log.High > Log.KeptMinutes)
        {
            log.Take(log.Count);
        }

        long empty = next - log.Minute - 1;
        if (!isHigh || empty > 0)
        {
            (log.High, log.HighCount) = (0, 0);
        }

        log.Skip(empty);
        (log.Minute, log.Count) = (next, 0);
    }

    private double BoundOf(Log log)
    {
        (double median, double deviation) = log.Counts.Measure();

        // Counts of a Poisson process differ by chance too; without that a quiet log would have no width.
        double width = Math.Max(RobustWindow.Consistency * deviation, 1 / Math.Sqrt(Math.Exp(median) + 8));
        return Math.Max(Math.Exp(median + (_z * width)) - 1, log.BoundOfHour());
    }

    private void ReportJump(Log log)
    {
        double usual = Math.Exp(log.Counts.Measure().Median) - 1;
        double rate = (double)log.HighCount / log.High;
        string observed = DurationWords.Say($"{rate:0} a minute");
        string typical = DurationWords.Say($"{usual:0} a minute");
        string sentence = DurationWords.Say(
            $"{log.HighCount} error lines in {log.High} minutes ({observed}); usual is {typical}.");
        LogEvent last = log.Last!;
        Report(
            last,
            "Path",
            LogStreams<Log>.LogOf(last.Source),
            new Reason(Code, "Level", observed, typical, 1, sentence));
    }

    private sealed class Log : StreamState
    {
        public const int KeptMinutes = 1440;
        private const int HourMinutes = 60;
        private const double HourFactor = 1.5;

        // The greatest count of each hour of the day, which fades over a month.
        private readonly double[] _hours = new double[24];

        public long First { get; set; }

        public long Minute { get; set; }

        public long Count { get; set; }

        public int High { get; set; }

        public long HighCount { get; set; }

        public LogEvent? Last { get; set; }

        public RobustWindow Counts { get; } = new(KeptMinutes);

        public void Take(long count)
        {
            Counts.Add(Math.Log(count + 1));
            int hour = Hour;
            _hours[hour] = Math.Max(_hours[hour] * Decay, count);
        }

        public void Skip(long minutes) => Counts.Add(0, minutes);

        // Only what was seen on an earlier day: within its own first hour nothing is known of the hour.
        public double BoundOfHour() => Minute - First < KeptMinutes - HourMinutes ? 0 : HourFactor * _hours[Hour];

        private static double Decay => 1 - (1.0 / KeptMinutes);

        private int Hour => (int)(Minute / HourMinutes % 24);
    }
}
