using System.Collections.Frozen;

namespace LogAnomaly.Detection;

/// <summary>Names of accounts that packages make for services. Nobody logs in as them, and they are not root.</summary>
internal static class ServiceAccounts
{
    private static readonly FrozenSet<string> s_names = FrozenSet.ToFrozenSet(
        [
            "www-data", "apache", "httpd", "nginx", "lighttpd", "tomcat", "http", "mysql", "mariadb", "postgres",
            "mongodb", "redis", "elasticsearch", "nobody", "daemon", "bin", "sys", "mail", "news", "uucp", "ftp",
            "games", "backup", "lp", "proxy", "postfix", "dovecot", "bind", "named", "ntp", "sshd", "rabbitmq",
            "grafana", "prometheus",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether a name is that of such an account.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is.</returns>
    public static bool Contains(string name) => s_names.Contains(name);
}
