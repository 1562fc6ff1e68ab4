using System.Globalization;

namespace LogAnomaly.Parsing;

/// <summary>
/// The words for the codes of Windows: NTSTATUS of logons, results of Kerberos (RFC 4120, section 7.5.9), kinds of
/// logon.
/// </summary>
internal static class WindowsStatus
{
    /// <summary>Whether a status is success.</summary>
    /// <param name="status">The status, <c>0x</c> and hexadecimal digits.</param>
    /// <returns>Whether it is zero.</returns>
    public static bool IsSuccess(string status) => Number(status) == 0;

    /// <summary>Words for a status.</summary>
    /// <param name="status">The status, <c>0x</c> and hexadecimal digits.</param>
    /// <returns>The words, or the status itself where it is not known.</returns>
    public static string Reason(string status) => Number(status) switch
    {
        0xC000005E => "no logon server",
        0xC0000064 => "invalid user",
        0xC000006A => "wrong password",
        0xC000006D => "wrong user name or password",
        0xC000006E => "account restriction",
        0xC000006F => "outside of the allowed hours",
        0xC0000070 => "workstation not allowed",
        0xC0000071 => "password expired",
        0xC0000072 => "account disabled",
        0xC00000DC => "server in the wrong state",
        0xC0000133 => "clocks differ too much",
        0xC000015B => "kind of logon not granted",
        0xC000018C or 0xC000018D => "trust relationship failed",
        0xC0000192 => "logon service not started",
        0xC0000193 => "account expired",
        0xC0000224 => "password must be changed",
        0xC0000225 => "internal error",
        0xC0000234 => "account locked out",
        0xC00002EE => "error during logon",
        0xC0000413 => "authentication firewall",
        0x6 => "invalid user",
        0x7 => "unknown service",
        0x9 => "null key",
        0xC => "policy rejects the request",
        0xD => "option not possible",
        0xE => "encryption type not supported",
        0x12 => "account disabled, expired or locked out",
        0x17 => "password expired",
        0x18 => "wrong password",
        0x19 => "further pre-authentication required",
        0x1B => "service for user to user only",
        0x1F => "integrity check failed",
        0x20 => "ticket expired",
        0x21 => "ticket not yet valid",
        0x22 => "request is a replay",
        0x25 => "clocks differ too much",
        0x29 => "message modified",
        0x3C => "generic error",
        _ => status,
    };

    /// <summary>Word for a kind of logon.</summary>
    /// <param name="type">Its number.</param>
    /// <returns>The word, or null where the number is none.</returns>
    public static string? LogonType(string type) => type switch
    {
        "0" => "system",
        "2" => "interactive",
        "3" => "network",
        "4" => "batch",
        "5" => "service",
        "7" => "unlock",
        "8" => "network_cleartext",
        "9" => "new_credentials",
        "10" => "remote_interactive",
        "11" => "cached_interactive",
        "12" => "cached_remote_interactive",
        "13" => "cached_unlock",
        _ => null,
    };

    private static uint? Number(string status) =>
        status.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && uint.TryParse(
                status.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint number)
                ? number
                : null;
}
