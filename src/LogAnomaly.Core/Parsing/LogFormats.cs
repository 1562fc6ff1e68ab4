using System.Diagnostics.CodeAnalysis;

namespace LogAnomaly.Parsing;

/// <summary>The log formats that are known, by name.</summary>
public static class LogFormats
{
    // The most specific first: where two read a file equally well, the first wins.
    private static readonly DetectableFormat[] s_detectable =
    [
        new(new ApacheErrorFormat(), LogKind.ApacheError, ["error"]) { IsPlain = true },
        new(new NginxErrorFormat(), LogKind.NginxError, ["error"]) { IsPlain = true },
        new(new HaproxyFormat(), LogKind.Access, ["haproxy"]) { IsPlain = true },
        new(new TraefikFormat(), LogKind.Access, ["access"]) { IsPlain = true },
        new(new IngressNginxFormat(), LogKind.Access, ["access"]),
        new(new EnvoyFormat(), LogKind.Access, ["access"]),
        new(new AwsLoadBalancerFormat(), LogKind.Access, []),
        new(new AccessFormat(), LogKind.Access, ["access"]) { IsPlain = true },
        new(new AuditFormat(), null, ["audit"]) { IsPlain = true },
        new(new JournalJsonFormat(), null, ["journal"]),
        new(new JournalExportFormat(), null, ["journal"]),
        new(new JournalVerboseFormat(), null, ["journal"]),
        new(new DpkgFormat(), LogKind.System, ["dpkg"]),
        new(new AptHistoryFormat(), LogKind.System, ["history"]),
        new(new AptTermFormat(), LogKind.System, ["term"]),
        new(new YumFormat(), LogKind.System, ["yum"]),
        new(new DnfFormat(), LogKind.System, ["dnf"]),
        new(new PacmanFormat(), LogKind.System, ["pacman"]),
        new(new ZypperFormat(), LogKind.System, ["history"]),
        new(new DmesgFormat(), null, ["dmesg"]),

        // It reads the lines of the format before it, too, so it must come second.
        new(new NginxProxyManagerFormat(), LogKind.Access, []) { IsPlain = true },
        new(new W3CFormat(), LogKind.Access, []),
        new(new IisFormat(), LogKind.Access, []),
        new(new SquidFormat(), LogKind.Access, ["access"]),
        new(new ModSecurityAuditFormat(), LogKind.Access, ["audit"]),
        new(new ModSecurityJsonFormat(), LogKind.Access, ["audit"]),
        new(new JsonAccessFormat(), LogKind.Access, ["access"]) { IsPlain = true },
        new(new WebSyslogFormat(LogKind.Access), LogKind.Access, []),
        new(new WebSyslogFormat(LogKind.NginxError), LogKind.NginxError, []),
        new(new VsftpdFormat(), null, ["vsftpd"]),
        new(new ProftpdFormat(), null, ["proftpd"]),
        new(new DovecotFormat(), null, ["dovecot"]),
        new(new EximFormat(), null, ["exim", "mainlog", "rejectlog"]),
        new(new MySqlFormat(), null, ["mysql", "mariadb"]),
        new(new PostgreSqlFormat(), null, ["postgresql", "pg_log"]),
        new(new EndlesshFormat(), LogKind.System, ["endlessh"]),
        new(new SshesameFormat(), LogKind.Authentication, ["sshesame"]),
        new(new LogbackFormat(), null, []),
        new(new MonologFormat(), null, []),
        new(new ServarrFormat(), null, []),
        new(new WindowsAgentFormat(), LogKind.Windows, []),
        new(new CefFormat(), LogKind.Record, []),
        new(new AuthFormat(), LogKind.Authentication, ["auth", "secure"]) { IsPlain = true },
        new(new SyslogFormat(), LogKind.System, []) { IsPlain = true },
        new(new WindowsXmlFormat(), LogKind.Windows, []),
        new(new WindowsJsonFormat(), LogKind.Windows, []) { IsPlain = true },
        new(new CriFormat(), LogKind.Record, []),
        new(new JsonFormat(), null, []) { IsPlain = true },
        new(new LtsvFormat(), LogKind.Record, []),
        new(new LogfmtFormat(), LogKind.Record, []),
        new(new CsvFormat(), LogKind.Record, [], LeastLines: 3),
    ];

    /// <summary>All formats, the most specific first.</summary>
    public static IReadOnlyList<LogFormat> All { get; } =
        Array.AsReadOnly(Array.ConvertAll(s_detectable, entry => entry.Format));

    /// <summary>All formats with what their detection needs, the most specific first.</summary>
    internal static IReadOnlyList<DetectableFormat> Detectable => s_detectable;

    /// <summary>Finds a format by its name, without regard to case.</summary>
    /// <param name="name">The name, such as <c>apache-error</c>.</param>
    /// <param name="format">The format.</param>
    /// <returns>Whether the name is known.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out LogFormat? format)
    {
        ArgumentNullException.ThrowIfNull(name);
        format = null;
        foreach (DetectableFormat entry in s_detectable)
        {
            if (entry.Format.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                format = entry.Format;
                return true;
            }
        }

        return false;
    }
}
