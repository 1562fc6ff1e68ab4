using System.Collections.Frozen;

namespace LogAnomaly.Rules;

/// <summary>The channels and event ids that Sigma's services and categories of Windows stand for.</summary>
internal static class WindowsSources
{
    private const string Sysmon = "Microsoft-Windows-Sysmon/Operational";
    private const string PowerShell = "Microsoft-Windows-PowerShell/Operational";
    private const string PowerShellCore = "PowerShellCore/Operational";
    private const string PowerShellClassic = "Windows PowerShell";

    private static readonly LogKind[] s_kinds = [LogKind.Windows, LogKind.Record];

    // Services whose channel does not hold the service's own name; all others are found by it.
    private static readonly FrozenDictionary<string, string[]> s_channels = new Dictionary<string, string[]>
    {
        ["security"] = ["Security"],
        ["system"] = ["System"],
        ["application"] = ["Application"],
        ["powershell"] = [PowerShell, PowerShellCore],
        ["powershell-classic"] = [PowerShellClassic],
        ["sysmon"] = [Sysmon],
        ["windefend"] = ["Microsoft-Windows-Windows Defender/Operational"],
        ["firewall-as"] = ["Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"],
        ["driver-framework"] = ["Microsoft-Windows-DriverFrameworks-UserMode/Operational"],
        ["msexchange-management"] = ["MSExchange Management"],
        ["dns-server"] = ["DNS Server"],
        ["dns-server-audit"] = ["Microsoft-Windows-DNS-Server/Audit", "Microsoft-Windows-DNSServer/Audit"],
        ["dns-server-analytic"] = ["Microsoft-Windows-DNS-Server/Analytical", "Microsoft-Windows-DNSServer/Analytical"],
        ["smbserver-connectivity"] = ["Microsoft-Windows-SMBServer/Connectivity"],
        ["ldap"] = ["Microsoft-Windows-LDAP-Client/Debug"],
        ["lsa-server"] = ["Microsoft-Windows-LSA/Operational"],
        ["microsoft-servicebus-client"] = ["Microsoft-ServiceBus-Client"],
        ["bitlocker"] = ["Microsoft-Windows-BitLocker/BitLocker Management"],
        ["appxpackaging-om"] = ["Microsoft-Windows-AppxPackaging/Operational"],
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, int[]> s_sysmon = new Dictionary<string, int[]>
    {
        ["process_creation"] = [1],
        ["file_change"] = [2],
        ["network_connection"] = [3],
        ["sysmon_status"] = [4, 16],
        ["process_termination"] = [5],
        ["driver_load"] = [6],
        ["image_load"] = [7],
        ["create_remote_thread"] = [8],
        ["raw_access_thread"] = [9],
        ["process_access"] = [10],
        ["file_event"] = [11],
        ["registry_add"] = [12],
        ["registry_delete"] = [12],
        ["registry_set"] = [13],
        ["registry_rename"] = [14],
        ["registry_event"] = [12, 13, 14],
        ["create_stream_hash"] = [15],
        ["pipe_created"] = [17, 18],
        ["wmi_event"] = [19, 20, 21],
        ["dns_query"] = [22],
        ["file_delete"] = [23, 26],
        ["clipboard_capture"] = [24],
        ["process_tampering"] = [25],
        ["file_block_executable"] = [27],
        ["file_block_shredding"] = [28],
        ["file_executable_detected"] = [29],
        ["sysmon_error"] = [255],
    }.ToFrozenDictionary();

    // Categories that other channels serve too, or alone.
    private static readonly FrozenDictionary<string, (string[] Channels, int[] Ids)> s_others =
        new Dictionary<string, (string[], int[])>
        {
            ["process_creation"] = (["Security"], [4688]),
            ["process_termination"] = (["Security"], [4689]),
            ["network_connection"] = (["Security"], [5156]),
            ["registry_set"] = (["Security"], [4657]),
            ["registry_event"] = (["Security"], [4657]),
            ["dns_query"] = (["Microsoft-Windows-DNS-Client/Operational"], [3006, 3008]),
            ["ps_module"] = ([PowerShell, PowerShellCore], [4103]),
            ["ps_script"] = ([PowerShell, PowerShellCore], [4104]),
            ["ps_classic_start"] = ([PowerShellClassic], [400]),
            ["ps_classic_provider_start"] = ([PowerShellClassic], [600]),
            ["ps_classic_script"] = ([PowerShellClassic], [800]),
        }.ToFrozenDictionary();

    /// <summary>The filter of a log source whose product is Windows.</summary>
    /// <param name="category">Category in lower case, or empty.</param>
    /// <param name="service">Service in lower case, or empty.</param>
    /// <returns>The filter.</returns>
    public static LogSourceFilter FilterOf(string category, string service)
    {
        if (category.Length == 0)
        {
            return service.Length == 0
                ? new LogSourceFilter(
                    s_kinds, static e => e is WindowsEvent || e.GetValue(LogField.Channel) is not null)
                : OfService(service);
        }

        int[] sysmon = SysmonIdsOf(category);
        bool hasOthers = s_others.TryGetValue(category, out (string[] Channels, int[] Ids) others);
        return sysmon.Length == 0 && !hasOthers
            ? new LogSourceFilter([LogKind.Record], null)
            : new LogSourceFilter(
                s_kinds, e => e.GetValue(LogField.EventId) is int id && e.GetValue(LogField.Channel) is string channel
                    && ((Array.IndexOf(sysmon, id) >= 0 && channel.Equals(Sysmon, StringComparison.OrdinalIgnoreCase))
                        || (hasOthers && Array.IndexOf(others.Ids, id) >= 0 && IsOneOf(channel, others.Channels))));
    }

    /// <summary>The event ids by which Sysmon tells of a category.</summary>
    /// <param name="category">Category in lower case.</param>
    /// <returns>The ids; empty where Sysmon does not tell of it.</returns>
    public static int[] SysmonIdsOf(string category) => s_sysmon.GetValueOrDefault(category) ?? [];

    private static LogSourceFilter OfService(string service)
    {
        string[]? channels = s_channels.GetValueOrDefault(service);
        string plain = Plain(service);
        return new LogSourceFilter(s_kinds, e => e.GetValue(LogField.Channel) is string channel
            && (channels is null
                ? Plain(channel).Contains(plain, StringComparison.Ordinal)
                : IsOneOf(channel, channels)));
    }

    private static bool IsOneOf(string channel, string[] channels)
    {
        foreach (string known in channels)
        {
            if (channel.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Plain(string text)
    {
        Span<char> letters = stackalloc char[256];
        int length = 0;
        foreach (char letter in text.AsSpan(0, Math.Min(text.Length, letters.Length)))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                letters[length++] = char.ToLowerInvariant(letter);
            }
        }

        return new string(letters[..length]);
    }
}
