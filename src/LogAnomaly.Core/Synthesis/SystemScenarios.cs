using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>Plays the scenarios of a syslog.</summary>
internal sealed class SystemScenarios
{
    private readonly SeededRandom _random;
    private readonly LineQueue _queue;
    private readonly SystemHost _host;

    /// <summary>Creates the scenarios.</summary>
    /// <param name="stage">Gives queue and generator.</param>
    /// <param name="host">The host that they happen to.</param>
    public SystemScenarios(SceneStage stage, SystemHost host)
    {
        _random = stage.IncidentRandom;
        _queue = stage.Queue;
        _host = host;
    }

    /// <summary>Plays an incident.</summary>
    /// <param name="incident">The incident.</param>
    public void Play(PlannedIncident incident)
    {
        switch (incident.Facts.Scenario)
        {
            case SyntheticScenario.SegfaultBurst:
                PlayCrashes(incident);
                break;
            case SyntheticScenario.ClockJump:
                PlayClock(incident);
                break;
            case SyntheticScenario.DeployNewTemplates:
                PlayRelease(incident);
                break;
            default:
                // A silence has no lines.
                break;
        }
    }

    /// <summary>Settles silences and wrong clocks.</summary>
    /// <param name="incident">The incident.</param>
    public void Prepare(PlannedIncident incident)
    {
        if (incident.Facts.Scenario == SyntheticScenario.Silence)
        {
            double hours = incident.Pick(6.0, 2.0, 0.8) * (1.0 + (0.3 * _random.NextDouble()));
            incident.Span = Math.Min((long)(hours * TimeSpan.TicksPerHour), incident.Length);
            incident.Involve("HostName", _host.Name);
        }
        else if (incident.Facts.Scenario == SyntheticScenario.ClockJump)
        {
            // Never a whole number of hours or of half hours, which are the work of time zones.
            double minutes = incident.Pick(1573.0, 103.0, 11.5) * (1.0 + (0.08 * _random.NextDouble()));
            incident.Span = Math.Min((long)(incident.Pick(2.5, 1.2, 0.6) * TimeSpan.TicksPerHour), incident.Length);
            incident.TakesNextLine = incident.Difficulty != SyntheticDifficulty.Easy;
            incident.Involve("HostName", _host.Name);
            _queue.SetWrong(incident.Begin, incident.Begin + incident.Span, -(long)(minutes * TimeSpan.TicksPerMinute));
        }
    }

    private void PlayCrashes(PlannedIncident incident)
    {
        int count = incident.Pick(_random.NextInt(16, 24), _random.NextInt(5, 7), _random.NextInt(3, 4));
        double gap = incident.Pick(5.0, 60.0, 150.0);
        (string program, string library) = incident.Pick(
            ("php-fpm8.2", "php-fpm8.2"), ("nginx", "nginx"), ("imgscale", "libwebp.so.7.1.5"));
        incident.Involve("Command", program);
        incident.Involve("HostName", _host.Name);
        long ticks = incident.Begin;
        for (int index = 0; index < count; index++)
        {
            int processId = _host.NextProcessId();
            _host.PlaySegfault(ticks, _random, program, library, processId);
            if (program == "nginx")
            {
                _host.Add(
                    SceneStage.Later(ticks, 0.1),
                    "nginx",
                    871,
                    $"worker process {processId} exited on signal 11 (core dumped)");
            }

            ticks = SceneStage.Later(ticks, gap * (0.6 + (0.8 * _random.NextDouble())));
        }
    }

    // Where the clock is set back by hand nothing is written; a daemon that keeps it tells what it does.
    private void PlayClock(PlannedIncident incident)
    {
        if (incident.Difficulty == SyntheticDifficulty.Easy)
        {
            _host.Add(incident.Begin, "systemd-timedated", _host.NextProcessId(),
                $"Changed local time to {_queue.Stamp(incident.Begin):ddd yyyy-MM-dd HH:mm:ss} UTC");
        }

        _host.Add(incident.Begin + incident.Span, "systemd-timesyncd", 598,
            "System clock time unset or jumped backwards, restored from recorded timestamp: "
            + $"{_queue.Stamp(incident.Begin + incident.Span):ddd yyyy-MM-dd HH:mm:ss} UTC");
    }

    private void PlayRelease(PlannedIncident incident)
    {
        incident.Involve("Program", "shopd");
        int kinds = incident.Pick(8, 3, 1);
        int first = _random.NextInt(8);
        int count = incident.Pick(_random.NextInt(120, 180), _random.NextInt(10, 14), _random.NextInt(2, 3));
        double gap = incident.Pick(15.0, 100.0, 420.0);
        long ticks = _host.PlayRestart(incident.Begin);
        for (int index = 0; index < count; index++)
        {
            ticks = SceneStage.Later(ticks, gap * (0.4 + (1.2 * _random.NextDouble())));
            _host.AddApplication(ticks, NextMessage((first + (index < kinds ? index : _random.NextInt(kinds))) % 8));
        }
    }

    private string NextMessage(int kind) => kind switch
    {
        0 =>
            "ERROR migration 2026_01_add_vat: column vat_id missing in table customers, row "
                + $"{_random.NextInt(1, 9000)} skipped",
        1 => $"ERROR cannot decode message from queue invoices: unexpected field {_random.NextInt(3, 40)}",
        2 => $"WARN feature flag new_checkout unknown to worker {_random.NextInt(1, 8)}, using default",
        3 => $"ERROR connection pool exhausted: {_random.NextInt(20, 60)} waiting, limit 20",
        4 => $"WARN price of article {_random.NextInt(100, 999)} computed with fallback rate",
        5 => $"ERROR thread pool rejected task export-{_random.NextInt(100, 999)}: shutting down",
        6 => $"ERROR token signature of tenant {_random.NextInt(1, 30)} does not match key 2026a",
        _ => $"WARN deprecated call of /v1/stock by client {_random.NextInt(1, 40)}",
    };
}
