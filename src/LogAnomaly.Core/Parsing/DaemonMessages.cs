namespace LogAnomaly.Parsing;

/// <summary>
/// Messages of daemons of which a few matter: clocks, disks, loggers, wrappers of services, power, containers.
/// </summary>
internal static class DaemonMessages
{
    private static readonly MessageTable s_time = new(
        new MessageRule("time reset ", "configuration", "clock_changed", Outcome.Success, Following.Reason),
        new MessageRule("step time server ", "configuration", "clock_changed", Outcome.Success, Following.Destination),
        new MessageRule(
            "adjust time server ", "configuration", "clock_changed", Outcome.Success, Following.Destination),
        new MessageRule(
            "synchronized to ", "configuration", "clock_synchronized", Outcome.Success, Following.Destination),
        new MessageRule(
            "Synchronized to time server ",
            "configuration",
            "clock_synchronized",
            Outcome.Success,
            Following.Destination),
        new MessageRule(
            "Initial synchronization to time server ",
            "configuration",
            "clock_synchronized",
            Outcome.Success,
            Following.Destination),
        new MessageRule(
            "Selected source ", "configuration", "clock_synchronized", Outcome.Success, Following.Destination),
        new MessageRule("System clock wrong by ", "configuration", "clock_changed", Outcome.Success, Following.Reason),
        new MessageRule(
            "System clock was stepped by ", "configuration", "clock_changed", Outcome.Success, Following.Reason),
        new MessageRule("Changed time to ", "configuration", "clock_changed", Outcome.Success, Following.Reason),
        new MessageRule("Changed local time to ", "configuration", "clock_changed", Outcome.Success, Following.Reason),
        new MessageRule("Changed time zone to ", "configuration", "zone_changed", Outcome.Success, Following.Reason),
        new MessageRule(
            "Can't synchronise: ", "configuration", "clock_synchronized", Outcome.Failure, Following.Reason),
        new MessageRule("no servers reachable", "configuration", "clock_synchronized", Outcome.Failure),
        new MessageRule(
            "Timed out waiting for reply from ",
            "configuration",
            "clock_synchronized",
            Outcome.Failure,
            Following.Destination),
        new MessageRule("no reply received", "configuration", "clock_synchronized", Outcome.Failure));

    private static readonly MessageTable s_loggers = new(
        new MessageRule("refused connect from ", "network", "connection_refused", Outcome.Failure, Following.Source),
        new MessageRule("refused connection from ", "network", "connection_refused", Outcome.Failure, Following.Source),
        new MessageRule("connect from ", "network", "connection_opened", Outcome.Unknown, Following.Source),
        new MessageRule("Connection from ", "network", "connection_opened", Outcome.Unknown, Following.Source),
        new MessageRule("ACCEPT host=", "network", "connection_opened", Outcome.Unknown, Following.Source),
        new MessageRule("CLOSE host=", "network", "connection_closed", Outcome.Unknown, Following.Source),
        new MessageRule("START: ", "network", "connection_opened", Outcome.Success),
        new MessageRule("EXIT: ", "network", "connection_closed"),
        new MessageRule("FAIL: ", "network", "connection_refused", Outcome.Failure),
        new MessageRule("Journal started", "process", "service_started", Outcome.Success),
        new MessageRule("Journal stopped", "process", "service_stopped"),
        new MessageRule("imuxsock begins to drop messages", "process", "messages_lost", Outcome.Failure),
        new MessageRule("imuxsock lost ", "process", "messages_lost", Outcome.Failure, Following.Reason),
        new MessageRule("imjournal: begin to drop messages", "process", "messages_lost", Outcome.Failure),
        new MessageRule("begin to drop messages", "process", "messages_lost", Outcome.Failure),
        new MessageRule("Suppressed ", "process", "messages_lost", Outcome.Failure, Following.Reason),
        new MessageRule("Missed ", "process", "messages_lost", Outcome.Failure, Following.Reason),
        new MessageRule("exiting on signal ", "process", "service_stopped", Outcome.Unknown, Following.Reason),
        new MessageRule("restart", "process", "service_restarted", Outcome.Success),
        new MessageRule("syslog-ng starting up", "process", "service_started", Outcome.Success),
        new MessageRule("syslog-ng shutting down", "process", "service_stopped"),
        new MessageRule("The audit daemon is exiting", "process", "service_stopped"),
        new MessageRule("Init complete, auditd ", "process", "service_started", Outcome.Success));

    private static readonly MessageTable s_power = new(
        new MessageRule("shutting down for system reboot", "host", "system_restarted"),
        new MessageRule("shutting down for system halt", "host", "system_stopped"),
        new MessageRule("shutting down", "host", "system_stopped"),
        new MessageRule("rebooting", "host", "system_restarted"),
        new MessageRule("reboot by ", "host", "system_restarted"),
        new MessageRule("halt by ", "host", "system_stopped"),
        new MessageRule("power-down by ", "host", "system_stopped"),
        new MessageRule("Entering sleep state", "host", "system_suspended"),
        new MessageRule("Suspending system", "host", "system_suspended"),
        new MessageRule("System resumed", "host", "system_resumed"),
        new MessageRule("System returned from sleep", "host", "system_resumed"));

    private static readonly MessageTable s_containers = new(
        new MessageRule("API listen on ", "process", "service_started", Outcome.Success),
        new MessageRule("Daemon has completed initialization", "process", "service_started", Outcome.Success),
        new MessageRule("containerd successfully booted", "process", "service_started", Outcome.Success),
        new MessageRule("Processing signal ", "process", "service_stopping"),
        new MessageRule("Daemon shutdown complete", "process", "service_stopped"),
        new MessageRule("shim disconnected", "process", "container_stopped"),
        new MessageRule("ignoring event", "process", "container_changed"),
        new MessageRule("Container failed to exit", "process", "container_stopped", Outcome.Failure, Following.Text),
        new MessageRule("starting signal loop", "process", "container_started", Outcome.Success));

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="family">The family of its program.</param>
    public static void Classify(in SystemMessage message, SystemProgram family)
    {
        switch (family)
        {
            case SystemProgram.Time:
                s_time.TryClassify(message);
                break;
            case SystemProgram.Disks:
                ClassifyDisks(message);
                break;
            case SystemProgram.Loggers:
                ClassifyLoggers(message);
                break;
            case SystemProgram.Power:
                s_power.TryClassify(message);
                break;
            case SystemProgram.Containers:
                ClassifyContainers(message);
                break;
            default:
                ClassifyRefused(message);
                break;
        }
    }

    // TCP wrappers write in the name of the service that they guard.
    private static void ClassifyRefused(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        Utf8Text.TryTake(ref text, "warning: "u8);
        if (!text.StartsWith("refused connect from "u8))
        {
            return;
        }

        message.Set("network", "connection_refused", Outcome.Failure);
        SetPeer(message, text["refused connect from ".Length..]);
    }

    // "192.0.2.7", "a.example (192.0.2.7)", "::ffff:192.0.2.7 (::ffff:192.0.2.7)"
    private static void SetPeer(in SystemMessage message, ReadOnlySpan<byte> text)
    {
        int open = text.LastIndexOf((byte)'(');
        bool isNamed = open > 0 && text[^1] == ')' && message.SetSource(text[(open + 1)..^1]);
        if (!isNamed)
        {
            message.SetSource(Utf8Text.Before(text, (byte)' '));
        }
    }

    private static void ClassifyLoggers(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("[origin software=\"rsyslogd\""u8))
        {
            ClassifyRsyslog(message, text);
            return;
        }

        if (!s_loggers.TryClassify(message))
        {
            return;
        }

        string action = message.Target.Action!;
        if (action == "connection_refused" && text.StartsWith("refused"u8))
        {
            SetPeer(message, text[(text.IndexOf(" from "u8) + " from ".Length)..]);
        }
        else if (text.IndexOf(" from="u8) is > 0 and int from)
        {
            // xinetd: "START: telnet pid=1 from=192.0.2.7"
            message.SetSource(Utf8Text.Before(text[(from + " from=".Length)..], (byte)' '));
            message.Target.ServiceName = message.Get(Utf8Text.Before(text[(text.IndexOf((byte)' ') + 1)..], (byte)' '));
        }
        else if (text.IndexOf(" port="u8) is > 0 and int port)
        {
            message.Target.SourcePort = SystemMessage.ToPort(
                Utf8Text.Before(text[(port + " port=".Length)..], (byte)' '));
        }
    }

    // [origin software="rsyslogd" swVersion="8.2" x-pid="1" x-info="https://www.rsyslog.com"] start
    private static void ClassifyRsyslog(in SystemMessage message, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> said = Utf8Text.Trim(text[(text.LastIndexOf((byte)']') + 1)..]);
        if (said.StartsWith("start"u8))
        {
            message.Set("process", "service_started", Outcome.Success);
        }
        else if (said.StartsWith("exiting on signal"u8))
        {
            message.Set("process", "service_stopped", Outcome.Unknown);
        }
        else if (said.StartsWith("rsyslogd was HUPed"u8))
        {
            message.Set("process", "service_reloaded", Outcome.Success);
        }
    }

    // smartd: "Device: /dev/sda [SAT], 8 Currently unreadable (pending) sectors"; mdadm: "Fail event detected on md
    // device /dev/md0"
    private static void ClassifyDisks(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (text.StartsWith("Device: "u8))
        {
            bool isFault = text.IndexOf("unreadable (pending)"u8) > 0 || text.IndexOf("ffline uncorrectable"u8) > 0
                || text.IndexOf("FAILED"u8) > 0 || text.IndexOf("ATA error count increased"u8) > 0
                || text.IndexOf("SMART Failure"u8) > 0
                || text.IndexOf("Prefailure Attribute"u8) > 0 && text.IndexOf("NOW"u8) > 0
                || text.IndexOf("unable to open device"u8) > 0
                || text.IndexOf("not capable of SMART"u8) < 0 && text.IndexOf("failed to read"u8) > 0;
            message.Target.Command = message.Get(
                Utf8Text.Before(Utf8Text.Before(text["Device: ".Length..], (byte)' '), (byte)','));
            if (isFault)
            {
                message.Set("host", "disk_error", Outcome.Failure);
                message.Target.Reason = Utf8Text.TrySplit(text, ", "u8, out _, out ReadOnlySpan<byte> reason)
                    ? message.Get(reason)
                    : null;
            }
        }
        else if (text.IndexOf(" event detected on md device "u8) is > 0 and int detected)
        {
            bool isFault = text.StartsWith("Fail"u8) || text.StartsWith("Degraded"u8);
            message.Set("host", isFault ? "disk_error" : "disk_event", isFault ? Outcome.Failure : Outcome.Unknown);
            message.Target.Reason = message.Get(text[..detected]);
            message.Target.Command = message.Get(Utf8Text.Before(
                text[(detected + " event detected on md device ".Length)..], (byte)' ').TrimEnd((byte)','));
        }
    }

    // time="..." level=error msg="..." error="..."
    private static void ClassifyContainers(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        if (!text.StartsWith("time="u8))
        {
            return;
        }

        if (message.Target.Level is null or LogLevel.Informational
            && LevelName.TryParse(Utf8Text.Between(text, " level="u8, (byte)' '), out LogLevel level))
        {
            message.Target.Level = level;
        }

        int said = text.IndexOf(" msg=\""u8);
        if (said > 0)
        {
            s_containers.TryClassify(message.With(text[(said + " msg=\"".Length)..]));
        }
    }
}
