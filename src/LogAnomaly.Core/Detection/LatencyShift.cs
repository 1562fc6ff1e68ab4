using LogAnomaly.Numerics;
using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// The slow requests of a path take longer than they used to: the 95th percentile of their durations in a window.
/// </summary>
internal sealed class LatencyShift : LearnedRule
{
    private const int MostPaths = 200;
    private const double Share = 0.95;

    // After so many windows above the bound the new duration is the usual one.
    private const int LearnedAfter = 6;

    private readonly EntityStates<string, UrlPath> _paths = new(MostPaths, StringComparer.Ordinal);
    private readonly long _window;
    private readonly int _least;
    private readonly int _windows;
    private readonly double _mads;
    private readonly double _factor;
    private readonly double _increase;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public LatencyShift(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Access)
    {
        RuleParameters parameters = new(rule);
        _window = Math.Max(parameters.Ticks("window", "10m"), TimeSpan.TicksPerSecond);
        _least = parameters.Count("least", 20);
        _windows = parameters.Count("windows", 6, least: 3, most: UrlPath.KeptWindows);
        _mads = parameters.Number("mads", 3);
        _factor = parameters.Number("factor", 1.5);
        _increase = parameters.Number("increase", 100);
    }

    /// <summary>Paths that it knows.</summary>
    internal int KnownPaths => _paths.Count;

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        AccessEvent access = (AccessEvent)logEvent;
        if (access.DurationMs is not { } duration || access.UtcTicks < 0 || access.UrlPath is not { } name)
        {
            return;
        }

        UrlPath path = _paths.Get(name, access.UtcTicks);
        long window = access.UtcTicks / _window;
        if (window > path.Window)
        {
            CloseWindow(name, path);
            path.Window = window;
        }

        path.Durations.Add((long)(duration * 1000));
        path.Last = access;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        foreach ((string name, UrlPath path) in _paths.All)
        {
            CloseWindow(name, path);
        }
    }

    private void CloseWindow(string name, UrlPath path)
    {
        long count = path.Durations.Total;
        double slow = path.Durations.Quantile(Share) / 1000.0;
        path.Durations.Clear();
        if (count < _least)
        {
            return;
        }

        bool isShift = false;
        if (path.History.Count >= _windows)
        {
            (double median, double deviation) = path.History.Measure();
            double bound = Math.Max(
                median + (_mads * RobustWindow.Consistency * deviation),
                Math.Max(_factor * median, median + _increase));
            isShift = slow > bound;
            if (isShift)
            {
                ReportShift(path.Last!, name, slow, median, count);
            }
        }

        path.Shifts = isShift ? path.Shifts + 1 : 0;
        if (!isShift || path.Shifts > LearnedAfter)
        {
            path.History.Add(slow);
        }
    }

    private void ReportShift(AccessEvent last, string name, double slow, double median, long count)
    {
        string observed = DurationWords.Say($"{slow:0} ms");
        string typical = DurationWords.Say($"{median:0} ms");
        string sentence = DurationWords.Say(
            $"The slowest 5 % of {count} requests for {name} took {observed} and more within {DurationWords.Of(_window)}; usual is {typical}.");
        Report(last, "UrlPath", name, new Reason(Code, "DurationMs", observed, typical, 1, sentence));
    }

    private sealed class UrlPath : EntityState
    {
        public const int KeptWindows = 144;

        public LogHistogram Durations { get; } = new();

        public RobustWindow History { get; } = new(KeptWindows);

        public long Window { get; set; }

        public int Shifts { get; set; }

        public AccessEvent? Last { get; set; }
    }
}
