namespace LogAnomaly.Parsing;

/// <summary>
/// Gives the lines that are not about authentication their meaning, by the program that wrote them and then by how the
/// message begins. A message that is not known keeps its event as it is.
/// </summary>
internal static class SystemMessages
{
    /// <summary>Classifies a message.</summary>
    /// <param name="made">The event to fill, with host, program and level.</param>
    /// <param name="context">Clock, pools and source.</param>
    /// <param name="text">The message without marks that say nothing of its meaning.</param>
    /// <param name="family">The family of the program.</param>
    public static void Classify(SystemEvent made, ParseContext context, ReadOnlySpan<byte> text, SystemProgram family)
    {
        SystemMessage message = new(made, context, text);
        switch (family)
        {
            case SystemProgram.Kernel:
                KernelMessages.Classify(message);
                break;
            case SystemProgram.Systemd:
                SystemdMessages.Classify(message);
                break;
            case SystemProgram.MemoryGuard:
                ProcessFaults.ClassifyGuard(message);
                break;
            case SystemProgram.Packages:
                PackageMessages.Classify(message);
                break;
            case SystemProgram.Network:
                NetworkMessages.ClassifyManager(message);
                break;
            case SystemProgram.Dhcp:
                NetworkMessages.ClassifyDhcp(message);
                break;
            case SystemProgram.Names:
                NameServerMessages.Classify(message);
                break;
            case SystemProgram.PacketFilter:
                PacketFilterMessages.Classify(message);
                break;
            case SystemProgram.Audit:
                AuditRecord.Classify(message);
                break;
            case SystemProgram.Cisco:
                CiscoMessages.Classify(message);
                break;
            case SystemProgram.None when made.Program is null:
                ClassifyWithoutProgram(message);
                break;
            default:
                DaemonMessages.Classify(message, family);
                break;
        }
    }

    /// <summary>The family of a program.</summary>
    /// <param name="program">Its name.</param>
    /// <returns>The family.</returns>
    public static SystemProgram Family(string program)
    {
        switch (program)
        {
            case "kernel" or "ulogd" or "klogd" or "vmunix" or "unix" or "genunix" or "abrt-dump-journal-oops":
                return SystemProgram.Kernel;
            case "systemd" or "(systemd)" or "systemd-shutdown" or "init" or "initrd":
                return SystemProgram.Systemd;
            case "systemd-oomd" or "earlyoom" or "nohang":
                return SystemProgram.MemoryGuard;
            case "yum" or "dnf" or "dnf5" or "dnf-automatic" or "packagekitd" or "PackageKit" or "packagekit"
                or "zypper" or "zypp" or "rpm" or "apt" or "aptd" or "dpkg" or "pacman" or "apk" or "yumBackend.py"
                or "pkg" or "ALPM":
                return SystemProgram.Packages;
            case "NetworkManager" or "systemd-networkd" or "nm-dispatcher" or "netifd" or "wpa_supplicant" or "hostapd"
                or "avahi-daemon" or "ModemManager" or "systemd-resolved" or "connmand" or "ifplugd" or "pppd"
                or "network":
                return SystemProgram.Network;
            case "dhclient" or "dhcpd" or "dhcpcd" or "udhcpc" or "udhcpd" or "dnsmasq-dhcp" or "dhcpdiscover"
                or "dhclient-script" or "dhcp" or "isc-dhcpd" or "kea-dhcp4":
                return SystemProgram.Dhcp;
            case "named" or "unbound" or "dnsmasq" or "pdns" or "bind" or "named-sdb" or "unbound-anchor"
                or "pdns_recursor":
                return SystemProgram.Names;
            case "ntpd" or "chronyd" or "systemd-timesyncd" or "ntpdate" or "openntpd" or "sntp" or "ptp4l" or "timed"
                or "systemd-timedated" or "phc2sys":
                return SystemProgram.Time;
            case "smartd" or "mdadm" or "lvm" or "multipathd" or "zed" or "udisksd" or "fsck" or "systemd-fsck"
                or "ntfs-3g":
                return SystemProgram.Disks;
            case "rsyslogd" or "syslogd" or "syslog-ng" or "systemd-journald" or "systemd-journal" or "journal"
                or "rsyslogd-pstats" or "imklog" or "logrotate" or "auditd" or "xinetd" or "inetd" or "in.telnetd"
                or "in.ftpd" or "in.tftpd" or "in.fingerd" or "in.rshd" or "tcpd" or "portmap" or "rpcbind" or "telnetd"
                or "rshd" or "endlessh" or "portsentry" or "snort" or "suricata" or "fail2ban.actions"
                or "fail2ban-server" or "freshclam" or "clamd" or "sshguard":
                return SystemProgram.Loggers;
            case "shutdown" or "reboot" or "halt" or "poweroff" or "systemd-sleep" or "acpid" or "exiting" or "apcupsd"
                or "upsmon":
                return SystemProgram.Power;
            case "dockerd" or "containerd" or "podman" or "kubelet" or "crio" or "docker" or "conmon" or "k3s":
                return SystemProgram.Containers;
            case "filterlog" or "pf" or "ipfw" or "pflog" or "ipmon":
                return SystemProgram.PacketFilter;
            case "audispd" or "audisp-syslog" or "audit" or "audisp" or "audit_tail":
                return SystemProgram.Audit;
            case "firewalld" or "ufw":
                return SystemProgram.Network;
            default:
                return FamilyOfPath(program);
        }
    }

    private static SystemProgram FamilyOfPath(string program)
    {
        if (program[0] == '%')
        {
            return SystemProgram.Cisco;
        }

        int slash = program.LastIndexOf('/');
        bool isPath = program[0] == '/' && slash >= 0 && slash + 1 < program.Length;
        return isPath ? Family(program[(slash + 1)..]) : SystemProgram.None;
    }

    // The kernel's lines may come without its name, and pf's and the audit's too.
    private static void ClassifyWithoutProgram(in SystemMessage message)
    {
        if (SyslogStamp.UptimeLength(message.Text) > 0 || message.Text.StartsWith("IN="u8)
            || message.Text.StartsWith("[UFW "u8) || message.Text.StartsWith("Shorewall:"u8))
        {
            KernelMessages.Classify(message);
        }
        else if (message.Text.StartsWith("type="u8))
        {
            AuditRecord.Classify(message);
        }
    }
}
