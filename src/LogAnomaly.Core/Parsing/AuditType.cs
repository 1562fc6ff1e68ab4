namespace LogAnomaly.Parsing;

/// <summary>A type of record of the Linux audit and what it says.</summary>
/// <param name="Name">Its name, such as <c>USER_LOGIN</c>.</param>
/// <param name="IsAuthentication">Whether it is about authentication, accounts or sessions.</param>
/// <param name="Category">Its category.</param>
/// <param name="Action">Its action.</param>
/// <param name="HasTarget">Whether the account that it names is the one that is acted on.</param>
internal sealed record AuditType(
    string Name, bool IsAuthentication, string Category, string Action, bool HasTarget = false)
{
    private static readonly Dictionary<string, AuditType> s_byName = Build();

    /// <summary>Finds a type.</summary>
    /// <param name="name">Its name, or its number where the writer has no name for it.</param>
    /// <returns>The type; one that is not known has its own name, in lower case, for its action.</returns>
    public static AuditType Find(string name) => s_byName.TryGetValue(name, out AuditType? known)
        ? known
        : new AuditType(name, false, "process", "audit_" + ToLower(name));

    private static Dictionary<string, AuditType> Build()
    {
        AuditType[] types =
        [
            new("USER_AUTH", true, "authentication", "audit_authentication"),
            new("USER_ACCT", true, "authentication", "audit_authorization"),
            new("USER_LOGIN", true, "authentication", "login"),
            new("USER_LOGOUT", true, "session", "session_logout"),
            new("USER_START", true, "session", "session_opened"),
            new("USER_END", true, "session", "session_closed"),
            new("LOGIN", true, "session", "session_assigned"),
            new("USER_ERR", true, "authentication", "authentication_error"),
            new("USER_CMD", true, "process", "sudo_command"),
            new("CRED_ACQ", true, "authentication", "credentials_acquired"),
            new("CRED_DISP", true, "authentication", "credentials_disposed"),
            new("CRED_REFR", true, "authentication", "credentials_refreshed"),
            new("USER_CHAUTHTOK", true, "iam", "password_changed", true),
            new("USER_MGMT", true, "iam", "user_modified", true),
            new("ACCT_LOCK", true, "iam", "user_locked", true),
            new("ACCT_UNLOCK", true, "iam", "user_unlocked", true),
            new("ADD_USER", true, "iam", "user_added", true),
            new("DEL_USER", true, "iam", "user_deleted", true),
            new("ADD_GROUP", true, "iam", "group_added", true),
            new("DEL_GROUP", true, "iam", "group_deleted", true),
            new("GRP_MGMT", true, "iam", "group_modified", true),
            new("GRP_CHAUTHTOK", true, "iam", "group_password_changed", true),
            new("GRP_AUTH", true, "authentication", "group_authentication"),
            new("CHUSER_ID", true, "iam", "user_modified", true),
            new("CHGRP_ID", true, "iam", "group_modified", true),
            new("ROLE_ASSIGN", true, "iam", "role_assigned", true),
            new("ROLE_REMOVE", true, "iam", "role_removed", true),
            new("USER_ROLE_CHANGE", true, "iam", "role_changed"),
            new("USER_SELINUX_ERR", true, "authentication", "selinux_error"),
            new("ANOM_LOGIN_FAILURES", true, "intrusion_detection", "login_failures"),
            new("ANOM_LOGIN_TIME", true, "intrusion_detection", "login_time"),
            new("ANOM_LOGIN_SESSIONS", true, "intrusion_detection", "login_sessions"),
            new("ANOM_LOGIN_ACCT", true, "intrusion_detection", "login_account"),
            new("ANOM_LOGIN_LOCATION", true, "intrusion_detection", "login_location"),
            new("RESP_ACCT_LOCK", true, "iam", "user_locked", true),
            new("RESP_ACCT_UNLOCK_TIMED", true, "iam", "user_unlocked", true),
            new("SERVICE_START", false, "process", "service_started"),
            new("SERVICE_STOP", false, "process", "service_stopped"),
            new("SYSTEM_BOOT", false, "host", "system_started"),
            new("SYSTEM_SHUTDOWN", false, "host", "system_stopped"),
            new("SYSTEM_RUNLEVEL", false, "host", "runlevel_changed"),
            new("DAEMON_START", false, "process", "service_started"),
            new("DAEMON_END", false, "process", "service_stopped"),
            new("DAEMON_ABORT", false, "process", "service_failed"),
            new("DAEMON_CONFIG", false, "configuration", "audit_configured"),
            new("DAEMON_ROTATE", false, "process", "audit_rotated"),
            new("CONFIG_CHANGE", false, "configuration", "audit_configured"),
            new("SYSCALL", false, "process", "system_call"),
            new("EXECVE", false, "process", "command_executed"),
            new("PROCTITLE", false, "process", "process_titled"),
            new("PATH", false, "file", "path_used"),
            new("CWD", false, "process", "directory_used"),
            new("SOCKADDR", false, "network", "socket_used"),
            new("AVC", false, "process", "access_checked"),
            new("USER_AVC", false, "process", "access_checked"),
            new("APPARMOR_DENIED", false, "process", "access_checked"),
            new("SELINUX_ERR", false, "process", "selinux_error"),
            new("SECCOMP", false, "process", "seccomp_violation"),
            new("ANOM_ABEND", false, "process", "process_crashed"),
            new("ANOM_PROMISCUOUS", false, "network", "promiscuous_mode"),
            new("NETFILTER_CFG", false, "configuration", "firewall_configured"),
            new("NETFILTER_PKT", false, "network", "packet_logged"),
            new("KERN_MODULE", false, "driver", "module_loaded"),
            new("BPF", false, "process", "bpf_loaded"),
            new("MAC_POLICY_LOAD", false, "configuration", "policy_loaded"),
            new("MAC_STATUS", false, "configuration", "policy_changed"),
            new("SOFTWARE_UPDATE", false, "package", "package_installed"),
            new("VIRT_CONTROL", false, "host", "virtual_machine_controlled"),
            new("CRYPTO_KEY_USER", false, "session", "key_destroyed"),
            new("CRYPTO_SESSION", false, "session", "session_encrypted"),
            new("TTY", false, "process", "terminal_input"),
            new("USER_TTY", false, "process", "terminal_input"),
            new("INTEGRITY_RULE", false, "file", "integrity_checked"),
            new("FANOTIFY", false, "file", "access_checked"),
        ];
        Dictionary<string, AuditType> byName = types.ToDictionary(type => type.Name, StringComparer.Ordinal);

        // The kernel's own log has numbers (linux/audit.h).
        (string Number, string Name)[] numbers =
        [
            ("1100", "USER_AUTH"), ("1101", "USER_ACCT"), ("1102", "USER_MGMT"), ("1103", "CRED_ACQ"),
            ("1104", "CRED_DISP"), ("1105", "USER_START"), ("1106", "USER_END"), ("1107", "USER_AVC"),
            ("1108", "USER_CHAUTHTOK"), ("1109", "USER_ERR"), ("1110", "CRED_REFR"), ("1112", "USER_LOGIN"),
            ("1113", "USER_LOGOUT"), ("1114", "ADD_USER"), ("1115", "DEL_USER"), ("1116", "ADD_GROUP"),
            ("1117", "DEL_GROUP"), ("1123", "USER_CMD"), ("1127", "SYSTEM_BOOT"), ("1128", "SYSTEM_SHUTDOWN"),
            ("1130", "SERVICE_START"), ("1131", "SERVICE_STOP"), ("1006", "LOGIN"), ("1300", "SYSCALL"),
            ("1302", "PATH"), ("1305", "CONFIG_CHANGE"), ("1306", "SOCKADDR"), ("1307", "CWD"), ("1309", "EXECVE"),
            ("1325", "NETFILTER_CFG"), ("1326", "SECCOMP"), ("1327", "PROCTITLE"), ("1334", "BPF"), ("1400", "AVC"),
            ("1403", "MAC_POLICY_LOAD"), ("1404", "MAC_STATUS"), ("1700", "ANOM_PROMISCUOUS"), ("1701", "ANOM_ABEND"),
        ];
        foreach ((string number, string name) in numbers)
        {
            byName.Add(number, byName[name]);
        }

        return byName;
    }

    private static string ToLower(string name) => string.Create(name.Length, name, static (lower, text) =>
    {
        for (int i = 0; i < text.Length; i++)
        {
            lower[i] = char.ToLowerInvariant(text[i]);
        }
    });
}
