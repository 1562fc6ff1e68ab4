namespace LogAnomaly.PowerShell;

/// <summary>The formats of web servers and proxies, by name.</summary>
internal static class WebFormats
{
    private const string Error = "error";
    private const string ApacheError = "apache-error";

    /// <summary>Their names.</summary>
    public static readonly string[] Names =
    [
        ApacheError, "nginx-error", "access", "json-access", "w3c", "iis", "haproxy", "traefik", "envoy",
        "ingress-nginx", "nginx-proxy-manager", "aws-elb", "squid", "web-syslog", "nginx-error-syslog",
        "modsecurity-audit", "modsecurity-json",
    ];

    /// <summary>
    /// Finds the name of a format, which may be given without regard to case; <c>error</c> is Apache's error log.
    /// </summary>
    /// <param name="name">The name as a user writes it.</param>
    /// <returns>The name, <c>auto</c>, or null where it is none of these formats.</returns>
    public static string? Resolve(string name)
    {
        if (string.Equals(name, FormatArguments.Auto, StringComparison.OrdinalIgnoreCase))
        {
            return FormatArguments.Auto;
        }

        string sought = string.Equals(name, Error, StringComparison.OrdinalIgnoreCase) ? ApacheError : name;
        return Array.Find(Names, known => string.Equals(known, sought, StringComparison.OrdinalIgnoreCase));
    }
}
