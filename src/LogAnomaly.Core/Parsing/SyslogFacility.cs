using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>The facilities of RFC 5424, section 6.2.1, by the names of <c>syslog.conf</c>.</summary>
internal static class SyslogFacility
{
    private static readonly string[] s_names =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp",
        "security", "console", "cron2", "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    /// <summary>The name of a facility.</summary>
    /// <param name="facility">0 to 23.</param>
    /// <returns>The name, or null for another number.</returns>
    public static string? Name(int facility) => (uint)facility < (uint)s_names.Length ? s_names[facility] : null;

    /// <summary>Reads <c>facility.severity</c>, by name (<c>auth.info</c>) or by number (<c>4.6</c>).</summary>
    /// <param name="text">The whole word.</param>
    /// <param name="facility">Name of the facility.</param>
    /// <param name="level">The level of the severity.</param>
    /// <returns>Whether the word names both.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out string facility, out LogLevel level)
    {
        facility = "";
        level = default;
        int dot = text.Length is > 2 and < 20 ? text.IndexOf((byte)'.') : -1;
        if (dot <= 0)
        {
            return false;
        }

        ReadOnlySpan<byte> severity = text[(dot + 1)..];
        if (FieldScanner.ToInt32(text[..dot]) is { } number)
        {
            facility = Name(number) ?? "";
            level = severity.Length == 1 ? SyslogSeverity.ToLevel((severity[0] - '0') & 7) : default;
            return facility.Length > 0 && severity.Length == 1 && severity[0] is >= (byte)'0' and <= (byte)'7';
        }

        return SyslogSeverity.TryParseSeverity(severity, out level) && TryParseFacility(text[..dot], out facility);
    }

    private static bool TryParseFacility(ReadOnlySpan<byte> text, out string facility)
    {
        foreach (string name in s_names)
        {
            if (Ascii.Equals(text, name))
            {
                facility = name;
                return true;
            }
        }

        facility = "";
        return false;
    }
}
