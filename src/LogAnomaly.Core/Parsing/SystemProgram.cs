namespace LogAnomaly.Parsing;

/// <summary>
/// The families of programs whose lines are told apart among those that are not about authentication.
/// </summary>
internal enum SystemProgram
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The kernel, and programs that write its messages on.</summary>
    Kernel,

    /// <summary>systemd as the manager of a system or a user.</summary>
    Systemd,

    /// <summary>systemd-oomd and earlyoom.</summary>
    MemoryGuard,

    /// <summary>yum, dnf, PackageKit and others that install packages.</summary>
    Packages,

    /// <summary>NetworkManager and other programs that set up interfaces.</summary>
    Network,

    /// <summary>Clients and servers of DHCP.</summary>
    Dhcp,

    /// <summary>Name servers.</summary>
    Names,

    /// <summary>Programs that set the clock.</summary>
    Time,

    /// <summary>smartd and mdadm, which watch disks.</summary>
    Disks,

    /// <summary>syslog daemons and the journal.</summary>
    Loggers,

    /// <summary>The programs that shut a machine down or start it.</summary>
    Power,

    /// <summary>Docker, containerd and other runtimes of containers.</summary>
    Containers,

    /// <summary>Packet filters that write lines of their own: pf and ipfw.</summary>
    PacketFilter,

    /// <summary>auditd's messages, passed on.</summary>
    Audit,

    /// <summary>Devices of Cisco, by their mnemonic.</summary>
    Cisco,
}
