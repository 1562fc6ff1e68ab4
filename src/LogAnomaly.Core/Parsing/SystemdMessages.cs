namespace LogAnomaly.Parsing;

/// <summary>
/// Messages of systemd about units, by their names (<c>ssh.service: Failed with result 'exit-code'.</c>) or in versions
/// before 250 by their descriptions (<c>Started OpenBSD Secure Shell server.</c>).
/// </summary>
internal static class SystemdMessages
{
    private const string Process = "process";

    private static readonly MessageTable s_jobs = new(
        new MessageRule("Starting ", Process, "service_starting", Outcome.Unknown, Following.Unit),
        new MessageRule("Started ", Process, "service_started", Outcome.Success, Following.Unit),
        new MessageRule("Finished ", Process, "service_finished", Outcome.Success, Following.Unit),
        new MessageRule("Stopping ", Process, "service_stopping", Outcome.Unknown, Following.Unit),
        new MessageRule("Stopped target ", Process, "target_stopped", Outcome.Success, Following.Unit),
        new MessageRule("Stopped ", Process, "service_stopped", Outcome.Success, Following.Unit),
        new MessageRule("Reloading ", Process, "service_reloading", Outcome.Unknown, Following.Unit),
        new MessageRule("Reloaded ", Process, "service_reloaded", Outcome.Success, Following.Unit),
        new MessageRule("Reached target ", Process, "target_reached", Outcome.Success, Following.Unit),
        new MessageRule("Failed to start ", Process, "service_failed", Outcome.Failure, Following.Unit),
        new MessageRule("Failed to listen on ", Process, "service_failed", Outcome.Failure, Following.Unit),
        new MessageRule("Failed to reload ", Process, "service_failed", Outcome.Failure, Following.Unit),
        new MessageRule("Failed to mount ", "host", "filesystem_mounted", Outcome.Failure, Following.Unit),
        new MessageRule("Failed unmounting ", "host", "filesystem_unmounted", Outcome.Failure, Following.Unit),
        new MessageRule("Timed out starting ", Process, "service_failed", Outcome.Failure, Following.Unit),
        new MessageRule("Timed out waiting for device ", "host", "device_missing", Outcome.Failure, Following.Unit),
        new MessageRule("Dependency failed for ", Process, "service_failed", Outcome.Failure, Following.Unit),
        new MessageRule("Listening on ", Process, "socket_listening", Outcome.Success, Following.Unit),
        new MessageRule("Closed ", Process, "socket_closed", Outcome.Success, Following.Unit),
        new MessageRule("Mounting ", "host", "filesystem_mounting", Outcome.Unknown, Following.Unit),
        new MessageRule("Mounted ", "host", "filesystem_mounted", Outcome.Success, Following.Unit),
        new MessageRule("Unmounting ", "host", "filesystem_unmounting", Outcome.Unknown, Following.Unit),
        new MessageRule("Unmounted ", "host", "filesystem_unmounted", Outcome.Success, Following.Unit),
        new MessageRule("Created slice ", Process, "slice_created", Outcome.Success, Following.Unit),
        new MessageRule("Removed slice ", Process, "slice_removed", Outcome.Success, Following.Unit),
        new MessageRule("Condition check resulted in ", Process, "service_skipped", Outcome.Unknown, Following.Unit),
        new MessageRule("Time has been changed", "configuration", "clock_changed"),
        new MessageRule("Startup finished in ", "host", "system_started", Outcome.Success),
        new MessageRule("Shutting down.", "host", "system_stopped"),
        new MessageRule("Powering off.", "host", "system_stopped"),
        new MessageRule("Rebooting.", "host", "system_restarted"),
        new MessageRule("Reexecuting", "configuration", "manager_reloaded"),
        new MessageRule("Reloading.", "configuration", "manager_reloaded"),
        new MessageRule("Reloading requested", "configuration", "manager_reloaded"),
        new MessageRule("systemd ", "host", "system_started"),
        new MessageRule("Switching to runlevel: ", "host", "runlevel_changed", Outcome.Unknown, Following.Reason),
        new MessageRule("Switching root.", "host", "root_switched"));

    private static readonly MessageTable s_units = new(
        new MessageRule("Failed with result ", Process, "service_failed", Outcome.Failure, Following.Reason),
        new MessageRule("Main process exited, ", Process, "service_exited", Outcome.Unknown, Following.Reason),
        new MessageRule("main process exited, ", Process, "service_exited", Outcome.Unknown, Following.Reason),
        new MessageRule("Control process exited, ", Process, "service_exited", Outcome.Unknown, Following.Reason),
        new MessageRule("control process exited, ", Process, "service_exited", Outcome.Unknown, Following.Reason),
        new MessageRule("Child ", Process, "service_exited", Outcome.Unknown, Following.Reason),
        new MessageRule("Scheduled restart job", Process, "service_restarting"),
        new MessageRule("Service hold-off time over, scheduling restart", Process, "service_restarting"),
        new MessageRule("Service RestartSec=", Process, "service_restarting"),
        new MessageRule("Start request repeated too quickly", Process, "service_failed", Outcome.Failure),
        new MessageRule("Unit entered failed state", Process, "service_failed", Outcome.Failure),
        new MessageRule("Deactivated successfully", Process, "service_stopped", Outcome.Success),
        new MessageRule("Succeeded", Process, "service_stopped", Outcome.Success),
        new MessageRule("Consumed ", Process, "service_usage", Outcome.Unknown, Following.Reason),
        new MessageRule(
            "A process of this unit has been killed by the OOM killer", Process, "out_of_memory", Outcome.Failure),
        new MessageRule("Watchdog timeout", Process, "service_failed", Outcome.Failure, Following.Text),
        new MessageRule("Killing process ", Process, "service_killed", Outcome.Unknown, Following.Process),
        new MessageRule("Killing.", Process, "service_killed"),
        new MessageRule("start operation timed out", Process, "service_failed", Outcome.Failure),
        new MessageRule("Start operation timed out", Process, "service_failed", Outcome.Failure),
        new MessageRule("State '", Process, "service_failed", Outcome.Failure),
        new MessageRule("Stopping timed out", Process, "service_failed", Outcome.Failure),
        new MessageRule("Failed to ", Process, "service_failed", Outcome.Failure, Following.Reason),
        new MessageRule("Job ", Process, "service_failed", Outcome.Failure, Following.Reason),
        new MessageRule("Changed ", Process, "service_changed"),
        new MessageRule("Mount process exited, ", "host", "filesystem_mounted", Outcome.Failure, Following.Reason));

    /// <summary>Classifies a message.</summary>
    /// <param name="message">The message.</param>
    public static void Classify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int colon = text.IndexOf(": "u8);
        if (colon > 0 && IsUnit(text[..colon]))
        {
            if (s_units.TryClassify(message.With(text[(colon + 2)..])))
            {
                SettleExit(message);
            }

            message.Target.ServiceName = message.Get(text[..colon]);
            return;
        }

        if (TryClassifyOld(message, text) || (text.IndexOf(" was skipped because "u8) is > 0 and int skipped
            && Set(message, "service_skipped", Outcome.Unknown, text[..skipped])))
        {
            return;
        }

        s_jobs.TryClassify(message);
    }

    /// <summary>
    /// The unit that a message about a job names, or its description, without the words that follow it.
    /// </summary>
    /// <param name="text">What follows the verb.</param>
    /// <returns>The unit.</returns>
    public static ReadOnlySpan<byte> UnitOf(ReadOnlySpan<byte> text)
    {
        // "ssh.service - OpenBSD Secure Shell server...", "target network.target - Network."
        ReadOnlySpan<byte> rest = text;
        ReadOnlySpan<byte> unit = Utf8Text.Before(rest, (byte)' ');
        if (IsUnit(unit.TrimEnd((byte)'.')))
        {
            return unit.TrimEnd((byte)'.');
        }

        Utf8Text.TryTakeEnd(ref rest, " being skipped."u8);
        Utf8Text.TryTakeEnd(ref rest, " being skipped"u8);
        return rest.TrimEnd((byte)'.');
    }

    // "Unit ssh.service entered failed state.", "ssh.service failed.", "ssh.service holdoff time over, scheduling
    // restart."
    private static bool TryClassifyOld(in SystemMessage message, ReadOnlySpan<byte> text)
    {
        bool isNamed = Utf8Text.TryTake(ref text, "Unit "u8);
        ReadOnlySpan<byte> unit = Utf8Text.Before(text, (byte)' ');
        if (!IsUnit(unit) || unit.Length + 1 >= text.Length)
        {
            return text.StartsWith("start request repeated too quickly for "u8)
                && Set(message, "service_failed", Outcome.Failure, Utf8Text.Between(text, "quickly for "u8, (byte)' '));
        }

        ReadOnlySpan<byte> rest = text[(unit.Length + 1)..];
        if (rest.StartsWith("entered failed state"u8) || (!isNamed && rest.StartsWith("failed."u8)))
        {
            return Set(message, "service_failed", Outcome.Failure, unit);
        }

        return rest.StartsWith("holdoff time over"u8) && Set(message, "service_restarting", Outcome.Unknown, unit);
    }

    private static bool Set(in SystemMessage message, string action, Outcome outcome, ReadOnlySpan<byte> unit)
    {
        message.Set(Process, action, outcome);
        message.Target.ServiceName = message.Get(unit);
        return true;
    }

    // "code=exited, status=1/FAILURE" is a failure, as is any signal; status 0 is none.
    private static void SettleExit(in SystemMessage message)
    {
        if (message.Target.Action != "service_exited")
        {
            return;
        }

        ReadOnlySpan<byte> status = Utf8Text.Between(message.Text, "status="u8, (byte)'/');
        message.Target.Outcome = status.SequenceEqual("0"u8) ? Outcome.Success : Outcome.Failure;
    }

    private static bool IsUnit(ReadOnlySpan<byte> text)
    {
        if (text.Length < 5 || text.Contains((byte)' '))
        {
            return false;
        }

        ReadOnlySpan<byte> type = text[(text.LastIndexOf((byte)'.') + 1)..];
        return type.Length < text.Length && type.Length switch
        {
            4 => type.SequenceEqual("path"u8) || type.SequenceEqual("swap"u8),
            5 => type.SequenceEqual("mount"u8) || type.SequenceEqual("timer"u8) || type.SequenceEqual("scope"u8)
                || type.SequenceEqual("slice"u8),
            6 => type.SequenceEqual("socket"u8) || type.SequenceEqual("target"u8) || type.SequenceEqual("device"u8),
            7 => type.SequenceEqual("service"u8),
            9 => type.SequenceEqual("automount"u8),
            _ => false,
        };
    }
}
