namespace LogAnomaly.Parsing;

/// <summary>
/// Messages of the Linux kernel: packets, memory, crashes, hardware, file systems, devices, modules and the audit. What
/// stands before the colon is a device or a driver, so that several are known by what follows it.
/// </summary>
internal static class KernelMessages
{
    private const string Host = "host";
    private const string Network = "network";
    private const string Driver = "driver";

    private static readonly MessageTable s_starts = new(
        new MessageRule(
            "Out of memory: Killed process ", "process", "out_of_memory", Outcome.Failure, Following.Process),
        new MessageRule("Out of memory: Kill process ", "process", "out_of_memory", Outcome.Failure, Following.Process),
        // The spelling of old kernels, 2.4 and early 2.6.
        new MessageRule(
            "Out of Memory: Killed process ", "process", "out_of_memory", Outcome.Failure, Following.Process),
        new MessageRule("Out of Memory: Kill process ", "process", "out_of_memory", Outcome.Failure, Following.Process),
        new MessageRule(
            "Memory cgroup out of memory: Killed process ",
            "process",
            "out_of_memory",
            Outcome.Failure,
            Following.Process),
        new MessageRule(
            "Memory cgroup out of memory: Kill process ",
            "process",
            "out_of_memory",
            Outcome.Failure,
            Following.Process),
        new MessageRule(
            "Memory cgroup out of memory: OOM victim ", "process", "out_of_memory", Outcome.Failure, Following.Process),
        new MessageRule("Killed process ", "process", "out_of_memory", Outcome.Failure, Following.Process),
        new MessageRule(
            "Out of memory (oom_kill_allocating_task): ",
            "process",
            "out_of_memory",
            Outcome.Failure,
            Following.Process),
        new MessageRule("Out of memory", "process", "out_of_memory", Outcome.Failure, Following.Process),
        new MessageRule("Memory cgroup out of memory", "process", "out_of_memory", Outcome.Failure, Following.Process),
        new MessageRule(
            "oom_reaper: reaped process ", "process", "out_of_memory_reaped", Outcome.Unknown, Following.Process),
        new MessageRule("Kernel panic - not syncing: ", Host, "kernel_panic", Outcome.Failure, Following.Reason),
        new MessageRule("Kernel panic", Host, "kernel_panic", Outcome.Failure),
        new MessageRule("kernel BUG at ", Host, "kernel_bug", Outcome.Failure, Following.Reason),
        new MessageRule("BUG: soft lockup", Host, "soft_lockup", Outcome.Failure),
        new MessageRule("watchdog: BUG: soft lockup", Host, "soft_lockup", Outcome.Failure),
        new MessageRule("NMI watchdog: BUG: soft lockup", Host, "soft_lockup", Outcome.Failure),
        new MessageRule("NMI watchdog: Watchdog detected hard LOCKUP", Host, "hard_lockup", Outcome.Failure),
        new MessageRule("watchdog: Watchdog detected hard LOCKUP", Host, "hard_lockup", Outcome.Failure),
        new MessageRule("Watchdog detected hard LOCKUP", Host, "hard_lockup", Outcome.Failure),
        new MessageRule("BUG: ", Host, "kernel_bug", Outcome.Failure, Following.Reason),
        new MessageRule("Oops: ", Host, "kernel_oops", Outcome.Failure, Following.Reason),
        new MessageRule("Internal error: Oops", Host, "kernel_oops", Outcome.Failure),
        new MessageRule("Unable to handle kernel ", Host, "kernel_oops", Outcome.Failure, Following.Reason),
        new MessageRule("general protection fault", Host, "kernel_oops", Outcome.Failure),
        new MessageRule("divide error: ", Host, "kernel_oops", Outcome.Failure),
        new MessageRule("WARNING: CPU: ", Host, "kernel_warning"),
        new MessageRule("WARNING: at ", Host, "kernel_warning"),
        new MessageRule("INFO: rcu", Host, "cpu_stall", Outcome.Failure),
        new MessageRule("rcu: INFO: rcu", Host, "cpu_stall", Outcome.Failure),
        new MessageRule("mce: [Hardware Error]: ", Host, "hardware_error", Outcome.Failure, Following.Reason),
        new MessageRule("[Hardware Error]: ", Host, "hardware_error", Outcome.Failure, Following.Reason),
        new MessageRule("{1}[Hardware Error]: ", Host, "hardware_error", Outcome.Failure, Following.Reason),
        new MessageRule("Machine check events logged", Host, "hardware_error", Outcome.Failure),
        new MessageRule("mce: Machine check events logged", Host, "hardware_error", Outcome.Failure),
        new MessageRule("Uhhuh. NMI received", Host, "hardware_error", Outcome.Failure),
        new MessageRule("Buffer I/O error on ", Host, "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("I/O error, dev ", Host, "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("blk_update_request: ", Host, "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("print_req_error: ", Host, "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("end_request: ", Host, "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("critical medium error, ", Host, "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("critical target error, ", Host, "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("lost page write due to ", Host, "disk_error", Outcome.Failure, Following.Reason),
        new MessageRule("EXT2-fs error ", Host, "filesystem_error", Outcome.Failure, Following.Reason),
        new MessageRule("EXT3-fs error ", Host, "filesystem_error", Outcome.Failure, Following.Reason),
        new MessageRule("EXT4-fs error ", Host, "filesystem_error", Outcome.Failure, Following.Reason),
        new MessageRule("EXT4-fs warning ", Host, "filesystem_error", Outcome.Failure, Following.Reason),
        new MessageRule("BTRFS error ", Host, "filesystem_error", Outcome.Failure, Following.Reason),
        new MessageRule("BTRFS critical ", Host, "filesystem_error", Outcome.Failure, Following.Reason),
        new MessageRule("JBD2: Detected IO errors", Host, "filesystem_error", Outcome.Failure),
        new MessageRule("Aborting journal on device ", Host, "filesystem_error", Outcome.Failure, Following.Reason),
        new MessageRule("SQUASHFS error: ", Host, "filesystem_error", Outcome.Failure, Following.Reason),
        new MessageRule("TCP: request_sock_TCP: Possible SYN flooding on port ", Network, "syn_flood"),
        new MessageRule("TCP: request_sock_TCPv6: Possible SYN flooding on port ", Network, "syn_flood"),
        new MessageRule("TCP: Possible SYN flooding on port ", Network, "syn_flood"),
        new MessageRule("possible SYN flooding on port ", Network, "syn_flood"),
        new MessageRule("TCP: drop open request from ", Network, "connection_dropped", Outcome.Failure),
        new MessageRule("nf_conntrack: nf_conntrack: table full", Network, "connection_table_full", Outcome.Failure),
        new MessageRule("nf_conntrack: table full", Network, "connection_table_full", Outcome.Failure),
        new MessageRule("ip_conntrack: table full", Network, "connection_table_full", Outcome.Failure),
        new MessageRule(
            "neighbour: arp_cache: neighbor table overflow", Network, "neighbour_table_full", Outcome.Failure),
        new MessageRule("Neighbour table overflow", Network, "neighbour_table_full", Outcome.Failure),
        new MessageRule("Disabling lock debugging due to kernel taint", Driver, "kernel_tainted"),
        new MessageRule("Linux version ", Host, "system_started", Outcome.Success),
        new MessageRule("reboot: Restarting system", Host, "system_restarted"),
        new MessageRule("Restarting system", Host, "system_restarted"),
        new MessageRule("reboot: Power down", Host, "system_stopped"),
        new MessageRule("reboot: System halted", Host, "system_stopped"),
        new MessageRule("Power down.", Host, "system_stopped"),
        new MessageRule("System halted", Host, "system_stopped"),
        new MessageRule("PM: suspend entry", Host, "system_suspended"),
        new MessageRule("PM: suspend exit", Host, "system_resumed"),
        new MessageRule("Kernel logging (proc) stopped", "process", "service_stopped"),
        new MessageRule("klogd ", "process", "service_started", Outcome.Success),
        new MessageRule("imklog ", "process", "service_started", Outcome.Success));

    /// <summary>Classifies a message of the kernel.</summary>
    /// <param name="message">The message, with or without the kernel's stamp.</param>
    public static void Classify(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        int stamp = SyslogStamp.UptimeLength(text);
        text = stamp > 0 ? text[stamp..].TrimStart((byte)' ') : text;
        SystemMessage bare = message.With(text);
        if (text.IsEmpty || FirewallMessages.TryClassify(bare))
        {
            return;
        }

        if (s_starts.TryClassify(bare))
        {
            Settle(bare);
            return;
        }

        if (text.StartsWith("audit: "u8) || text.StartsWith("type="u8) || text.StartsWith("audit("u8)
            || text.StartsWith("SELinux: "u8))
        {
            AuditRecord.Classify(bare);
            return;
        }

        bool isKnown = ProcessFaults.TryClassify(bare) || DeviceMessages.TryClassify(bare) || TryClassifyMartian(bare)
            || PacketFilterMessages.TryClassify(bare);
        if (!isKnown)
        {
            // Programs may write to the kernel's log too: "systemd[1]: Started ..."
            ClassifyProgram(bare);
        }
    }

    private static void ClassifyProgram(in SystemMessage message)
    {
        if (message.Text.StartsWith("systemd["u8) && SyslogTag.TryRead(message.Text, 0, out SyslogTag tag))
        {
            SystemdMessages.Classify(message.With(message.Text[tag.MessageStart..]));
        }
    }

    // Ports and addresses that stand in the words of a known message.
    private static void Settle(in SystemMessage message)
    {
        if (message.Target.Action == "syn_flood")
        {
            // "on port 80. Sending cookies." and "on port 10.0.0.1:80." or "[::]:80."
            int mark = message.Text.IndexOf(" on port "u8) + " on port ".Length;
            ReadOnlySpan<byte> place = Utf8Text.Before(message.Text[mark..], (byte)' ').TrimEnd((byte)'.');
            int colon = place.LastIndexOf((byte)':');
            message.Target.Protocol = "tcp";
            message.Target.DestinationPort = SystemMessage.ToPort(place[(colon + 1)..]);
            if (colon > 0)
            {
                message.SetDestination(place[..colon]);
            }
        }
        else if (message.Target.Action == "connection_dropped")
        {
            ReadOnlySpan<byte> peer = Utf8Text.Before(message.Text["TCP: drop open request from ".Length..], (byte)' ');
            if (Utf8Text.TrySplit(peer, "/"u8, out ReadOnlySpan<byte> address, out ReadOnlySpan<byte> port)
                && message.SetSource(address))
            {
                message.Target.SourcePort = SystemMessage.ToPort(port);
            }
        }
    }

    // "IPv4: martian source 10.0.0.255 from 192.0.2.7, on dev eth0"; the destination stands first.
    private static bool TryClassifyMartian(in SystemMessage message)
    {
        ReadOnlySpan<byte> text = message.Text;
        Utf8Text.TryTake(ref text, "IPv4: "u8);
        Utf8Text.TryTake(ref text, "host "u8);
        bool isSource = Utf8Text.TryTake(ref text, "martian source "u8);
        if (!isSource && !Utf8Text.TryTake(ref text, "martian destination "u8))
        {
            return false;
        }

        message.Set(Network, "packet_martian", Outcome.Failure);
        if (Utf8Text.TrySplit(text, " from "u8, out ReadOnlySpan<byte> destination, out ReadOnlySpan<byte> rest))
        {
            message.SetDestination(destination);
            message.SetSource(Utf8Text.Before(rest, (byte)','));
            message.Target.InInterface = message.Get(Utf8Text.Between(rest, "dev "u8, (byte)' '));
        }

        return true;
    }
}
