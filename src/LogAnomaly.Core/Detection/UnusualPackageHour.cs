using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A package that is installed or removed at an hour of the day at which no work on packages was seen before.
/// </summary>
internal sealed class UnusualPackageHour : LearnedRule
{
    private readonly LogStreams<Host> _hosts = new();
    private readonly int _runs;
    private readonly int _within;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public UnusualPackageHour(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.System)
    {
        RuleParameters parameters = new(rule);
        _runs = parameters.Count("runs", 20);
        _within = (int)Math.Min(parameters.Ticks("within", "1h") / TimeSpan.TicksPerHour, 11);
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent is not SystemEvent { Category: "package", PackageName: { } name } change
            || change.Timestamp is not { } time)
        {
            return;
        }

        Host host = _hosts.Of(logEvent);
        bool isChange =
            change.Action is "package_installed" or "package_removed" or "package_purged" or "package_downgraded";

        // All that is done within the hour is one piece of work.
        long hour = time.Ticks / TimeSpan.TicksPerHour;
        if (isChange && hour != host.LastHour && host.Runs >= _runs && !host.Knows(time.Hour, _within))
        {
            string verb = change.Action is "package_installed" ? "installed"
                : change.Action is "package_downgraded" ? "downgraded"
                : "removed";
            string sentence = DurationWords.Say(
                $"{name} was {verb} at {time:HH:mm}; none of {host.Runs} hours with work on packages was near that time of day.");
            bool hasHost = change.HostName is not null;
            Report(
                change, hasHost ? "HostName" : "Path", change.HostName ?? LogStreams<Host>.LogOf(change.Source),
                new Reason(Code, "Hour", DurationWords.Say($"{time.Hour:00}:00"), host.UsualHours(), 1, sentence));
        }

        host.Take(time.Hour, hour);
    }

    private sealed class Host : StreamState
    {
        private readonly int[] _hours = new int[24];

        public int Runs { get; private set; }

        public long LastHour { get; private set; } = -1;

        public bool Knows(int hour, int within)
        {
            for (int shift = -within; shift <= within; shift++)
            {
                if (_hours[(hour + shift + 24) % 24] > 0)
                {
                    return true;
                }
            }

            return false;
        }

        public void Take(int hour, long hourOfLog)
        {
            if (hourOfLog != LastHour)
            {
                _hours[hour]++;
                Runs++;
                LastHour = hourOfLog;
            }
        }

        public string UsualHours() => string.Join(
            ", ",
            Enumerable.Range(0, 24).Where(hour => _hours[hour] > 0).Select(hour => DurationWords.Say($"{hour:00}:00")));
    }
}
