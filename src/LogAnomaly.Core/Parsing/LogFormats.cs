using System.Diagnostics.CodeAnalysis;

namespace LogAnomaly.Parsing;

/// <summary>The log formats that are known, by name.</summary>
public static class LogFormats
{
    // The most specific first: where two read a file equally well, the first wins.
    private static readonly DetectableFormat[] s_detectable =
    [
        new(new ApacheErrorFormat(), LogKind.ApacheError, ["error"]),
        new(new NginxErrorFormat(), LogKind.NginxError, ["error"]),
        new(new HaproxyFormat(), LogKind.Access, ["haproxy"]),
        new(new TraefikFormat(), LogKind.Access, ["access"]),
        new(new IngressNginxFormat(), LogKind.Access, ["access"]),
        new(new EnvoyFormat(), LogKind.Access, ["access"]),
        new(new AwsLoadBalancerFormat(), LogKind.Access, []),
        new(new AccessFormat(), LogKind.Access, ["access"]),

        // It reads the lines of the format before it, too, so it must come second.
        new(new NginxProxyManagerFormat(), LogKind.Access, []),
        new(new W3CFormat(), LogKind.Access, []),
        new(new IisFormat(), LogKind.Access, []),
        new(new SquidFormat(), LogKind.Access, ["access"]),
        new(new ModSecurityAuditFormat(), LogKind.Access, ["audit"]),
        new(new ModSecurityJsonFormat(), LogKind.Access, ["audit"]),
        new(new JsonAccessFormat(), LogKind.Access, ["access"]),
        new(new WebSyslogFormat(LogKind.Access), LogKind.Access, []),
        new(new WebSyslogFormat(LogKind.NginxError), LogKind.NginxError, []),
        new(new AuthFormat(), LogKind.Authentication, ["auth", "secure"]),
        new(new SyslogFormat(), LogKind.System, []),
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
