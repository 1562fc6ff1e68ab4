using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A job of cron with a stable period that did not run, while the log of its host went on. Jobs are known for a week
/// before they are judged, and a pause that a job made before (at night, over a weekend) is no miss.
/// </summary>
internal sealed class MissedJob : LearnedRule
{
    // A cron that starts a job late by less than this is on time.
    private const long Slack = 2 * TimeSpan.TicksPerMinute;

    private readonly LogStreams<Host> _hosts = new();
    private readonly long _learning;
    private readonly int _runs;
    private readonly int _missed;
    private readonly double _jitter;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public MissedJob(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Authentication, LogKind.System)
    {
        RuleParameters parameters = new(rule);
        _learning = parameters.Ticks("history", "8d");
        _runs = parameters.Count("runs", 8, least: 3);
        _missed = parameters.Count("missed", 2);
        _jitter = parameters.Number("jitter", 0.1);
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        long now = logEvent.UtcTicks;
        if (now < 0)
        {
            return;
        }

        Host host = _hosts.Of(logEvent);
        if (now >= host.Last)
        {
            // A log that was silent for longer than a job's period cannot say whether it ran.
            long silence = host.Last == 0 ? 0 : now - host.Last;
            host.Silence = Math.Max(silence, host.Silence);
            if (now >= host.NextCheck)
            {
                Check(host, now);
            }

            host.Last = now;
        }

        if (logEvent is AuthEvent { Action: "cron_command", Command: { } command } run)
        {
            Job job = host.Jobs.Get((run.UserName ?? "", command), now);
            job.Run(now, run);
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        foreach (Host host in _hosts.All)
        {
            Check(host, host.Last);
        }
    }

    // Once a minute of log time is often enough, for cron knows nothing shorter.
    private void Check(Host host, long now)
    {
        host.NextCheck = now + TimeSpan.TicksPerMinute;
        if (host.Silence > TimeSpan.TicksPerMinute)
        {
            host.Quiet(now);
        }

        List<(string, string)>? missed = null;
        foreach (((string User, string Command) key, Job job) in host.Jobs.All)
        {
            if (IsOverdue(job, now))
            {
                ReportMiss(key, job, now);
                (missed ??= []).Add(key);
            }
        }

        // It is reported once and learned anew when it comes back.
        foreach ((string, string) key in missed ?? [])
        {
            host.Jobs.Remove(key);
        }
    }

    private bool IsOverdue(Job job, long now)
    {
        if (job.Runs < _runs || job.LastSeen - job.FirstSeen < _learning || now - job.Since <= job.Period * _missed)
        {
            return false;
        }

        long period = job.Period;
        long wait = Math.Max((_missed + 1) * period, job.LongestGap + period);
        return period > 0 && job.Deviation <= Math.Max(_jitter * period, TimeSpan.TicksPerMinute / 2.0)
            && now - job.Since > wait + Slack;
    }

    private void ReportMiss((string User, string Command) key, Job job, long now)
    {
        long period = job.Period;
        string late = DurationWords.Of(now - job.LastSeen);
        string every = DurationWords.Of(period);
        string typical = $"every {every}";
        string sentence = DurationWords.Say(
            $"cron ran {key.Command} every {every}, {job.Runs} times; it has not run for {late} while the log went on.");
        Report(
            job.Last!,
            "Command",
            key.Command,
            new Reason(Code, "Command", $"{late} without a run", typical, 1, sentence));
    }

    private sealed class Host : StreamState
    {
        private const int MostJobs = 500;

        public long Last { get; set; }

        public long NextCheck { get; set; }

        public long Silence { get; set; }

        public EntityStates<(string User, string Command), Job> Jobs { get; } = new(MostJobs);

        // Jobs whose period is shorter than the silence that just ended are waited for from now on.
        public void Quiet(long now)
        {
            foreach ((_, Job job) in Jobs.All)
            {
                if (Silence >= job.Period)
                {
                    job.Since = now;
                }
            }

            Silence = 0;
        }
    }

    private sealed class Job : EntityState
    {
        private const int KeptGaps = 16;

        private readonly long[] _gaps = new long[KeptGaps];
        private int _count;

        public int Runs { get; private set; }

        public long Since { get; set; }

        public long LongestGap { get; private set; }

        // Median of the last gaps, and the median of their distances to it.
        public long Period { get; private set; }

        public long Deviation { get; private set; }

        public AuthEvent? Last { get; private set; }

        private long LastRun { get; set; }

        public void Run(long now, AuthEvent run)
        {
            long gap = now - LastRun;
            if (Last is not null && gap > 0)
            {
                _gaps[_count++ % KeptGaps] = gap;
                LongestGap = Math.Max(LongestGap, gap);
                Measure();
            }

            Runs++;
            (LastRun, Since, Last) = (now, now, run);
        }

        private void Measure()
        {
            Span<long> sorted = stackalloc long[KeptGaps];
            sorted = sorted[..Math.Min(_count, KeptGaps)];
            _gaps.AsSpan(0, sorted.Length).CopyTo(sorted);
            sorted.Sort();
            Period = sorted[sorted.Length / 2];
            for (int i = 0; i < sorted.Length; i++)
            {
                sorted[i] = Math.Abs(sorted[i] - Period);
            }

            sorted.Sort();
            Deviation = sorted[sorted.Length / 2];
        }
    }
}
