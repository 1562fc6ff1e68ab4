using LogAnomaly.Numerics;
using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>More requests fail with a status of 5xx than usual, for some minutes.</summary>
internal sealed class ServerErrorShare : LearnedRule
{
    private const int LeastWindows = 12;

    private readonly LogStreams<Site> _sites = new();
    private readonly double _share;
    private readonly int _minutes;
    private readonly int _least;
    private readonly double _z;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public ServerErrorShare(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Access)
    {
        RuleParameters parameters = new(rule);
        _share = parameters.Number("share", 0.05);
        _minutes = (int)Math.Clamp(parameters.Ticks("window", "5m") / TimeSpan.TicksPerMinute, 1, 1440);
        _least = parameters.Count("least", 20);
        _z = parameters.Number("z", 6);
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        long now = logEvent.UtcTicks;
        if (now < 0 || ((AccessEvent)logEvent).StatusCode is not { } status)
        {
            return;
        }

        Site site = _sites.Of(logEvent);
        long minute = now / TimeSpan.TicksPerMinute;
        site.Window ??= new MinuteTally(_minutes);
        bool isError = status is >= 500 and <= 599;
        site.Window.Add(minute, isError);
        if (minute >= site.NextWindow)
        {
            CloseWindow(site, minute);
        }

        if (isError && minute != site.Reported)
        {
            Judge(logEvent, site, minute);
        }
    }

    // Whole windows, one after the other, are the history; one that was reported is none of it.
    private void CloseWindow(Site site, long minute)
    {
        if (site.NextWindow > 0)
        {
            (long all, long errors) = site.Window!.Sum(site.NextWindow - 1);
            if (all >= _least && site.Reported < site.NextWindow - _minutes)
            {
                site.Shares.Add((double)errors / all);
            }
        }

        site.NextWindow = minute + _minutes;
    }

    private void Judge(LogEvent logEvent, Site site, long minute)
    {
        (long all, long errors) = site.Window!.Sum(minute);
        if (errors < _least || errors <= _share * all)
        {
            return;
        }

        (double median, double deviation) = site.Shares.Count >= LeastWindows ? site.Shares.Measure() : (0, 0);
        double bound = Math.Max(_share, median + (_z * RobustWindow.Consistency * deviation));
        double share = (double)errors / all;
        if (share <= bound)
        {
            return;
        }

        site.Reported = minute;
        string typical = site.Shares.Count >= LeastWindows
            ? DurationWords.Say($"{100 * median:0.#} % of requests")
            : DurationWords.Say($"at most {100 * _share:0.#} % of requests");
        string sentence = DurationWords.Say(
            $"{errors} of {all} requests in {_minutes} minutes failed with a server error ({100 * share:0.#} %); usual is {typical}.");
        AccessEvent access = (AccessEvent)logEvent;
        bool hasSite = access.VirtualHost is not null;
        Report(
            logEvent, hasSite ? "VirtualHost" : "Path", access.VirtualHost ?? LogStreams<Site>.LogOf(logEvent.Source),
            new Reason(Code, "StatusCode", DurationWords.Say($"{100 * share:0.#} %"), typical, 1, sentence));
    }

    private sealed class Site : StreamState
    {
        private const int KeptWindows = 288;

        public MinuteTally? Window { get; set; }

        public RobustWindow Shares { get; } = new(KeptWindows);

        public long NextWindow { get; set; }

        public long Reported { get; set; } = long.MinValue / 2;
    }
}
