using System.Collections.Frozen;

namespace LogAnomaly.Analysis;

/// <summary>Tells which stage of an attack an event would belong to, by its category, action and outcome.</summary>
internal static class SessionStages
{
    private static readonly FrozenSet<string> s_watchers = new[]
    {
        "auditd", "rsyslog", "syslog-ng", "syslog", "systemd-journald", "fail2ban", "crowdsec", "ufw", "firewalld",
        "nftables", "iptables", "falco", "wazuh-agent", "ossec", "osqueryd", "apparmor", "clamav-daemon", "sysmon",
        "Security Auditing Service", "System Logging Service", "Fail2Ban Service", "Journal Service",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The stage of an event.</summary>
    /// <param name="act">What the event says.</param>
    /// <returns>The stage, or null where it belongs to none.</returns>
    public static SessionStage? Of(in SessionAct act) => act.Category switch
    {
        "authentication" => OfLogin(act),
        "intrusion_detection" => act.Action is "ssh_login" && act.Outcome == Outcome.Success
            ? SessionStage.Success
            : SessionStage.Recon,
        "network" => act.Source is not null && act.Outcome == Outcome.Failure ? SessionStage.Recon : null,
        "web" => act.Source is not null && act.Outcome == Outcome.Failure ? SessionStage.Recon : null,
        "process" => OfProcess(act),
        "iam" => act.Outcome == Outcome.Failure ? null : OfAccount(act.Action),
        "configuration" => act.Outcome == Outcome.Failure ? null : OfConfiguration(act.Action),
        _ => null,
    };

    /// <summary>
    /// Whether an event ends or starves the watching of a host. Then it belongs to a session only if that acts as root.
    /// </summary>
    /// <param name="act">What the event says.</param>
    /// <returns>Whether it does.</returns>
    public static bool StopsWatching(in SessionAct act) => act.Category == "process" && act.Action == "service_stopped"
        && act.Text(LogField.ServiceName) is { } service
        && s_watchers.Contains(service.EndsWith(".service", StringComparison.Ordinal) ? service[..^8] : service);

    /// <summary>The stage that a command of sudo belongs to.</summary>
    /// <param name="command">The command line.</param>
    /// <returns>The stage; <see cref="SessionStage.Privilege"/> where it is no other.</returns>
    public static SessionStage OfCommand(string? command)
    {
        if (command is null)
        {
            return SessionStage.Privilege;
        }

        bool isLog = Has(command, "/var/log/") || Has(command, "_history") || Has(command, "wtmp")
            || Has(command, "lastlog");
        bool empties = Has(command, "truncate") || Has(command, "shred") || Has(command, "rm ")
            || Has(command, "/dev/null") || Has(command, "unlink") || Has(command, "> /") || Has(command, "sed -i");
        bool stops = (Has(command, "systemctl stop") || Has(command, "systemctl disable")
            || Has(command, "systemctl mask")
            || Has(command, "service ") && Has(command, " stop")) && NamesWatcher(command);
        if ((isLog && empties) || stops || Has(command, "history -c") || Has(command, "--vacuum")
            || Has(command, "auditctl -e 0") || Has(command, "auditctl -D") || Has(command, "userdel")
            || Has(command, "deluser"))
        {
            return SessionStage.CleanUp;
        }

        bool stays = Has(command, "crontab") || Has(command, "/etc/cron") || Has(command, "authorized_keys")
            || Has(command, "useradd") || Has(command, "adduser") || Has(command, "usermod") || Has(command, "chpasswd")
            || Has(command, "systemctl enable") || Has(command, "/etc/sudoers") || Has(command, "visudo")
            || Has(command, "/etc/systemd/system/");
        return stays ? SessionStage.Persistence : SessionStage.Privilege;
    }

    // What no login is, but is said of one (a ticket, a check of a password), is no success of its own.
    private static SessionStage? OfLogin(in SessionAct act)
    {
        bool isElevation = act.Action is "su" or "sudo_command" or "sudo"
            || act.Event.Program is "su" or "sudo" or "doas" or "pkexec";
        if (isElevation)
        {
            return act.Outcome == Outcome.Unknown ? null : SessionStage.Privilege;
        }

        return act.Outcome switch
        {
            Outcome.Failure => SessionStage.Guessing,
            Outcome.Success when act.Action is { } action && action.EndsWith("login", StringComparison.Ordinal)
                && action != "explicit_login" => SessionStage.Success,
            _ => null,
        };
    }

    private static SessionStage? OfProcess(in SessionAct act) => act.Action switch
    {
        "sudo_command" => act.Outcome == Outcome.Failure
            ? SessionStage.Privilege
            : OfCommand(act.Text(LogField.Command)),
        "service_stopped" => StopsWatching(act) ? SessionStage.CleanUp : null,
        _ => null,
    };

    private static SessionStage? OfAccount(string? action) => action switch
    {
        "user_deleted" or "group_deleted" => SessionStage.CleanUp,
        "user_added" or "user_enabled" or "user_unlocked" or "user_modified" or "user_renamed" or "user_rights_changed"
            or "group_added" or "group_member_added" or "password_changed" or "password_reset" or "sid_history_added"
            => SessionStage.Persistence,
        _ => null,
    };

    private static SessionStage? OfConfiguration(string? action) => action switch
    {
        "crontab_replaced" or "crontab_edited" or "service_installed" or "task_added" or "task_modified"
            or "task_enabled"
            => SessionStage.Persistence,
        "crontab_deleted" or "event_log_cleared" => SessionStage.CleanUp,
        _ => null,
    };

    private static bool NamesWatcher(string command) =>
        command.Split([' ', ';', '&', '|'], StringSplitOptions.RemoveEmptyEntries)
            .Any(word => s_watchers.Contains(word.EndsWith(".service", StringComparison.Ordinal) ? word[..^8] : word));

    private static bool Has(string command, string part) => command.Contains(part, StringComparison.Ordinal);
}
