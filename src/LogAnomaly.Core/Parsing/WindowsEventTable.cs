using System.Collections.Frozen;
using System.Globalization;

namespace LogAnomaly.Parsing;

/// <summary>
/// What the important events of Windows mean. Each row: a provider (or channel), its event ids, category, action and
/// outcome (<c>+</c> success, <c>-</c> failure, <c>?</c> not said, <c>s</c> as the status or the audit says), and where
/// our fields are taken from.
/// </summary>
internal static class WindowsEventTable
{
    private const string Security = "Microsoft-Windows-Security-Auditing";
    private const string Scm = "Service Control Manager";
    private const string Sysmon = "Microsoft-Windows-Sysmon";
    private const string Shell = "Microsoft-Windows-PowerShell";
    private const string OldShell = "PowerShell";
    private const string Tasks = "Microsoft-Windows-TaskScheduler";
    private const string Sessions = "Microsoft-Windows-TerminalServices-LocalSessionManager";
    private const string Defender = "Microsoft-Windows-Windows Defender";
    private const string Firewall = "Microsoft-Windows-Windows Firewall With Advanced Security";
    private const string Wmi = "Microsoft-Windows-WMI-Activity";
    private const string EventLog = "Microsoft-Windows-Eventlog";

    // Who logs on; who acts; who acts on whom.
    private const string Logon =
        "UserName=TargetUserName UserDomain=TargetDomainName SourceIP=IpAddress SourcePort=IpPort "
            + "SourceHost=WorkstationName,Workstation SessionId=TargetLogonId "
            + "Method=LogonType,AuthenticationPackageName ServiceName=ServiceName ";
    private const string Subject = "UserName=SubjectUserName UserDomain=SubjectDomainName SessionId=SubjectLogonId ";
    private const string OnTarget = Subject + "TargetUser=TargetUserName ";
    private const string OnMember = Subject + "TargetUser=MemberName,MemberSid";
    private const string Image = "UserName=User Command=Image ";
    private const string Network = "SourceIP=SourceIp,SourceAddress SourcePort=SourcePort "
        + "DestinationIP=DestinationIp,DestAddress DestinationPort=DestinationPort,DestPort Protocol=Protocol ";

    private static readonly
        (string Provider, string Ids, string Category, string Action, char Outcome, string Sources)[] s_rows =
    [
        (Security, "4624", "authentication", "login", '+', Logon),
        (Security, "4625", "authentication", "login", '-', Logon),
        (Security, "4634", "session", "session_closed", '+', Logon),
        (Security, "4647", "session", "session_logout", '+', Logon),
        (Security, "4648", "authentication", "explicit_login", 's',
            OnTarget + "SourceIP=IpAddress SourcePort=IpPort Command=ProcessName"),
        (Security, "4672", "iam", "privileges_assigned", '+', Subject),
        (Security, "4964", "iam", "special_groups_assigned", '+', Logon),
        (Security, "4768", "authentication", "kerberos_login", 's', Logon),
        (Security, "4769", "authentication", "kerberos_service_ticket", 's', Logon),
        (Security, "4770", "authentication", "kerberos_ticket_renewed", 's', Logon),
        (Security, "4771", "authentication", "kerberos_login", '-', Logon),
        (Security, "4772", "authentication", "kerberos_login", '-', Logon),
        (Security, "4776", "authentication", "credential_validation", 's',
            "UserName=TargetUserName SourceHost=Workstation Method=PackageName"),
        (Security, "4777", "authentication", "credential_validation", '-',
            "UserName=TargetUserName SourceHost=Workstation Method=PackageName"),
        (Security, "4774 4775", "authentication", "account_mapped", 's', "UserName=ClientUserName,MappedName"),
        (Security, "4778", "session", "session_reconnected", '+',
            "UserName=AccountName UserDomain=AccountDomain SourceIP=ClientAddress SourceHost=ClientName "
                + "SessionId=LogonID"),
        (Security, "4779", "session", "session_disconnected", '+',
            "UserName=AccountName UserDomain=AccountDomain SourceIP=ClientAddress SourceHost=ClientName "
                + "SessionId=LogonID"),
        (Security, "4800", "session", "workstation_locked", '+',
            "UserName=TargetUserName UserDomain=TargetDomainName SessionId=TargetLogonId"),
        (Security, "4801", "session", "workstation_unlocked", '+',
            "UserName=TargetUserName UserDomain=TargetDomainName SessionId=TargetLogonId"),
        (Security, "4675 4649 5378 4653 4654", "authentication", "login_anomaly", '-', Logon),
        (Security, "5632 5633", "network", "network_authentication", 's',
            "UserName=Identity,SubjectUserName Reason=ReasonText"),
        (Security, "6272 6278", "authentication", "network_policy_login", '+',
            "UserName=SubjectUserName UserDomain=SubjectDomainName SourceIP=NASIPv4Address Method=AuthenticationType"),
        (Security, "6273 6274 6276", "authentication", "network_policy_login", '-',
            "UserName=SubjectUserName UserDomain=SubjectDomainName SourceIP=NASIPv4Address Method=AuthenticationType "
                + "Reason=Reason"),
        (Security, "4720", "iam", "user_added", '+', OnTarget),
        (Security, "4722", "iam", "user_enabled", '+', OnTarget),
        (Security, "4723", "iam", "password_changed", 's', OnTarget),
        (Security, "4724", "iam", "password_reset", 's', OnTarget),
        (Security, "4725", "iam", "user_disabled", '+', OnTarget),
        (Security, "4726", "iam", "user_deleted", '+', OnTarget),
        (Security, "4738", "iam", "user_modified", '+', OnTarget),
        (Security, "4740", "iam", "user_locked", '+', OnTarget + "SourceHost=TargetDomainName"),
        (Security, "4767", "iam", "user_unlocked", '+', OnTarget),
        (Security, "4781", "iam", "user_renamed", '+', Subject + "TargetUser=OldTargetUserName"),
        (Security, "4765 4766", "iam", "sid_history_added", 's', OnTarget),
        (Security, "4780", "iam", "user_modified", '+', OnTarget),
        (Security, "4794", "iam", "directory_restore_password_set", 's', Subject + "SourceHost=Workstation"),
        (Security, "4741", "iam", "computer_added", '+', OnTarget),
        (Security, "4742", "iam", "computer_modified", '+', OnTarget),
        (Security, "4743", "iam", "computer_deleted", '+', OnTarget),
        (Security, "4727 4731 4744 4749 4754 4759", "iam", "group_added", '+', OnTarget),
        (Security, "4728 4732 4746 4751 4756 4761", "iam", "group_member_added", '+', OnMember),
        (Security, "4729 4733 4747 4752 4757 4762", "iam", "group_member_removed", '+', OnMember),
        (Security, "4730 4734 4748 4753 4758 4763", "iam", "group_deleted", '+', OnTarget),
        (Security, "4735 4737 4745 4750 4755 4760 4764", "iam", "group_modified", '+', OnTarget),
        (Security, "4798 4799", "iam", "group_membership_listed", '+', OnTarget + "Command=CallerProcessName"),
        (Security, "4703 4704 4705 4717 4718", "iam", "user_rights_changed", '+',
            Subject + "TargetUser=TargetUserName,TargetSid"),
        (Security, "4673 4674", "iam", "privilege_used", 's', Subject + "Command=ProcessName"),
        (Security, "4719 4902 4904 4905 4906 4907 4908 4912", "configuration", "audit_policy_changed", '+', Subject),
        (Security, "4713 4716 4739 4706 4707", "configuration", "domain_policy_changed", '+', Subject),
        (Security, "1100", "host", "event_log_stopped", '+', ""),
        (EventLog, "1100", "host", "event_log_stopped", '+', ""),
        (EventLog, "1102", "configuration", "event_log_cleared", '+', Subject),
        (Security, "1102", "configuration", "event_log_cleared", '+', Subject),
        (EventLog, "104", "configuration", "event_log_cleared", '+', Subject),
        (EventLog, "1104 1105", "host", "event_log_full", '?', ""),
        (Security, "4688", "process", "process_started", '+',
            Subject + "EffectiveUser=TargetUserName Command=CommandLine,NewProcessName"),
        (Security, "4689", "process", "process_ended", '+', Subject + "Command=ProcessName"),
        (Security, "4696", "process", "process_token_assigned", '+', Subject + "TargetUser=TargetUserName"),
        (Security, "4697", "configuration", "service_installed", '+',
            Subject + "ServiceName=ServiceName Command=ServiceFileName EffectiveUser=ServiceAccount"),
        (Security, "4698", "configuration", "task_added", '+', Subject + "ServiceName=TaskName"),
        (Security, "4699", "configuration", "task_deleted", '+', Subject + "ServiceName=TaskName"),
        (Security, "4700", "configuration", "task_enabled", '+', Subject + "ServiceName=TaskName"),
        (Security, "4701", "configuration", "task_disabled", '+', Subject + "ServiceName=TaskName"),
        (Security, "4702", "configuration", "task_modified", '+', Subject + "ServiceName=TaskName"),
        (Security, "4656 4661", "file", "object_handle_requested", 's', Subject + "Command=ProcessName"),
        (Security, "4657", "registry", "registry_value_changed", '+', Subject + "Command=ProcessName"),
        (Security, "4658 4660 4662 4663 4670", "file", "object_accessed", 's', Subject + "Command=ProcessName"),
        (Security, "5136 5137 5138 5139 5141", "configuration", "directory_object_changed", '+', Subject),
        (Security, "5140", "file", "share_accessed", 's',
            Subject + "SourceIP=IpAddress SourcePort=IpPort ServiceName=ShareName"),
        (Security, "5142 5143 5144", "configuration", "share_changed", '+', Subject + "ServiceName=ShareName"),
        (Security, "5145", "file", "share_accessed", 's',
            Subject + "SourceIP=IpAddress SourcePort=IpPort ServiceName=ShareName Command=RelativeTargetName"),
        (Security, "5152 5157", "network", "packet_blocked", '-', Network + "Command=Application"),
        (Security, "5150 5151", "network", "packet_blocked", '-', Network + "Command=Application"),
        (Security, "5154 5156 5158", "network", "connection_allowed", '+', Network + "Command=Application"),
        (Security, "5155 5159", "network", "connection_blocked", '-', Network + "Command=Application"),
        (Security, "4946 4947 4948 4950", "configuration", "firewall_rule_changed", '+', "RuleName=RuleName"),
        (Security, "5024 5025 5034", "host", "firewall_service", '?', ""),
        (Security, "4608", "host", "system_started", '+', ""),
        (Security, "4609", "host", "system_stopped", '+', ""),
        (Security, "4610 4611 4614 4622", "configuration", "security_package_loaded", '+', Subject),
        (Security, "4616", "configuration", "system_time_changed", '+', Subject + "Command=ProcessName"),
        (Security, "4826", "configuration", "boot_configuration_loaded", '+', Subject),
        (Security, "6416", "host", "device_connected", '+', Subject),
        (Scm, "7045", "configuration", "service_installed", '+',
            "ServiceName=ServiceName Command=ImagePath EffectiveUser=AccountName"),
        (Scm, "7036", "host", "service_state_changed", '+', "ServiceName=param1"),
        (Scm, "7040", "configuration", "service_start_type_changed", '+', "ServiceName=param4,param1"),
        (Scm, "7035", "host", "service_control_sent", '+', "ServiceName=param1"),
        (Scm, "7000 7001 7009 7011 7022 7023 7024 7026 7038 7041", "host", "service_failed", '-',
            "ServiceName=param1 Reason=param2"),
        (Scm, "7031 7034", "host", "service_failed", '-', "ServiceName=param1"),
        (Scm, "7030 7032", "host", "service_warning", '?', "ServiceName=param1"),
        ("EventLog", "6005", "host", "event_log_started", '+', ""),
        ("EventLog", "6006", "host", "event_log_stopped", '+', ""),
        ("EventLog", "6008", "host", "unexpected_shutdown", '-', ""),
        ("EventLog", "6009", "host", "system_started", '+', ""),
        ("EventLog", "6013", "host", "uptime", '?', ""),
        ("Microsoft-Windows-Kernel-Power", "41", "host", "unexpected_shutdown", '-', "ErrorCode=BugcheckCode"),
        ("Microsoft-Windows-Kernel-Power", "42 107 506 507", "host", "power_state_changed", '+', ""),
        ("Microsoft-Windows-Kernel-General", "12", "host", "system_started", '+', ""),
        ("Microsoft-Windows-Kernel-General", "13", "host", "system_stopped", '+', ""),
        ("Microsoft-Windows-Kernel-General", "1", "configuration", "system_time_changed", '+', ""),
        ("User32", "1074", "host", "shutdown_requested", '+', "UserName=param7 Command=param1 Reason=param3"),
        ("User32", "1076", "host", "shutdown_explained", '?', "UserName=param6 Reason=param1"),
        ("Microsoft-Windows-WER-SystemErrorReporting", "1001", "host", "system_crashed", '-', "ErrorCode=param1"),
        ("Microsoft-Windows-WindowsUpdateClient", "19", "package", "update_installed", '+', "PackageName=updateTitle"),
        ("Microsoft-Windows-WindowsUpdateClient", "20", "package", "update_installed", '-',
            "PackageName=updateTitle ErrorCode=errorCode"),
        ("Microsoft-Windows-WindowsUpdateClient", "43 44", "package", "update_started", '?', "PackageName=updateTitle"),
        ("Application Error", "1000", "process", "process_crashed", '-',
            "Command=AppPath,param1,AppName ErrorCode=ExceptionCode,param7"),
        ("Windows Error Reporting", "1001", "process", "crash_reported", '?', "Command=param6,P1"),
        ("Application Hang", "1002", "process", "process_hung", '-', "Command=param1"),
        (".NET Runtime", "1022 1023 1026", "process", "process_crashed", '-', ""),
        ("MsiInstaller", "1033 11707", "package", "package_installed", 's', "PackageName=param1 PackageVersion=param2"),
        ("MsiInstaller", "1034 11724", "package", "package_removed", 's', "PackageName=param1 PackageVersion=param2"),
        ("MsiInstaller", "11708", "package", "package_installed", '-', "PackageName=param1"),
        ("MsiInstaller", "1040 1042", "package", "installer_transaction", '?', "PackageName=param1"),
        (Sysmon, "1", "process", "process_started", '+',
            "UserName=User Command=CommandLine,Image WorkingDirectory=CurrentDirectory SessionId=LogonId "
                + "RuleName=RuleName"),
        (Sysmon, "2", "file", "file_time_changed", '+', Image),
        (Sysmon, "3", "network", "connection", '+', Image + Network),
        (Sysmon, "4", "host", "sysmon_state_changed", '?', ""),
        (Sysmon, "5", "process", "process_ended", '+', Image),
        (Sysmon, "6", "driver", "driver_loaded", '+', "Command=ImageLoaded"),
        (Sysmon, "7", "process", "image_loaded", '+', Image),
        (Sysmon, "8", "process", "remote_thread_created", '+',
            "UserName=SourceUser Command=SourceImage TargetUser=TargetUser"),
        (Sysmon, "9", "file", "raw_disk_read", '+', Image),
        (Sysmon, "10", "process", "process_accessed", '+',
            "UserName=SourceUser Command=SourceImage TargetUser=TargetUser"),
        (Sysmon, "11", "file", "file_created", '+', Image),
        (Sysmon, "12 13 14", "registry", "registry_changed", '+', Image),
        (Sysmon, "15", "file", "file_stream_created", '+', Image),
        (Sysmon, "16", "configuration", "sysmon_configuration_changed", '+', ""),
        (Sysmon, "17", "process", "pipe_created", '+', Image),
        (Sysmon, "18", "process", "pipe_connected", '+', Image),
        (Sysmon, "19 20 21", "configuration", "wmi_subscription", '+', "UserName=User Command=Consumer,Query"),
        (Sysmon, "22", "network", "dns_query", '+', Image),
        (Sysmon, "23 26", "file", "file_deleted", '+', Image),
        (Sysmon, "24", "process", "clipboard_changed", '+', Image),
        (Sysmon, "25", "intrusion_detection", "process_tampered", '+', Image),
        (Sysmon, "27 28", "intrusion_detection", "file_blocked", '-', Image),
        (Sysmon, "29", "file", "executable_created", '+', Image),
        (Sysmon, "255", "host", "sysmon_error", '-', "Reason=Description"),
        (OldShell, "400", "process", "powershell_started", '+', ""),
        (OldShell, "403", "process", "powershell_ended", '+', ""),
        (OldShell, "600", "process", "powershell_provider_started", '+', ""),
        (OldShell, "800", "process", "powershell_command", '+', ""),
        (Shell, "4103", "process", "powershell_command", '+', "Command=Payload"),
        (Shell, "4104", "process", "powershell_script", '+', "Command=ScriptBlockText"),
        (Shell, "4105 4106", "process", "powershell_script_state", '?', ""),
        (Shell, "40961 40962 53504", "process", "powershell_started", '+', ""),
        ("PowerShellCore", "4103", "process", "powershell_command", '+', "Command=Payload"),
        ("PowerShellCore", "4104", "process", "powershell_script", '+', "Command=ScriptBlockText"),
        (Tasks, "106", "configuration", "task_added", '+', "UserName=UserContext ServiceName=TaskName"),
        (Tasks, "140", "configuration", "task_modified", '+', "UserName=UserName ServiceName=TaskName"),
        (Tasks, "141", "configuration", "task_deleted", '+', "UserName=UserName ServiceName=TaskName"),
        (Tasks, "142", "configuration", "task_disabled", '+', "UserName=UserName ServiceName=TaskName"),
        (Tasks, "100 129 200", "process", "task_started", '+',
            "UserName=UserContext ServiceName=TaskName Command=ActionName,Path"),
        (Tasks, "102 201", "process", "task_ended", '+',
            "UserName=UserContext ServiceName=TaskName Command=ActionName ErrorCode=ResultCode"),
        (Tasks, "101 103 203", "process", "task_failed", '-',
            "UserName=UserContext ServiceName=TaskName ErrorCode=ResultCode"),
        (Sessions, "21", "authentication", "login", '+', "UserName=User SourceIP=Address SessionId=SessionID"),
        (Sessions, "22", "session", "session_opened", '+', "UserName=User SourceIP=Address SessionId=SessionID"),
        (Sessions, "23", "session", "session_logout", '+', "UserName=User SessionId=SessionID"),
        (Sessions, "24", "session", "session_disconnected", '+', "UserName=User SourceIP=Address SessionId=SessionID"),
        (Sessions, "25", "session", "session_reconnected", '+', "UserName=User SourceIP=Address SessionId=SessionID"),
        (Sessions, "39 40", "session", "session_disconnected", '+', "SessionId=Session,TargetSession ErrorCode=Reason"),
        ("Microsoft-Windows-TerminalServices-RemoteConnectionManager", "1149", "authentication",
            "remote_desktop_connection", '?', "UserName=Param1,param1 UserDomain=Param2,param2 SourceIP=Param3,param3"),
        ("Microsoft-Windows-RemoteDesktopServices-RdpCoreTS", "131 140", "network", "remote_desktop_connection", '?',
            "SourceIP=ClientIP,IPString"),
        ("OpenSSH", "4", "authentication", "ssh_message", '?', ""),
        (Defender, "1006 1015 1116", "intrusion_detection", "malware_detected", '?',
            "UserName=Detection?User RuleName=Threat?Name Command=Process?Name"),
        (Defender, "1007 1117", "intrusion_detection", "malware_removed", 's',
            "UserName=Detection?User RuleName=Threat?Name Command=Process?Name"),
        (Defender, "1008 1118 1119", "intrusion_detection", "malware_removed", '-',
            "UserName=Detection?User RuleName=Threat?Name Command=Process?Name"),
        (Defender, "1121 1122", "intrusion_detection", "attack_surface_blocked", '-',
            "UserName=User Command=Process?Name RuleId=ID"),
        (Defender, "5001 5010 5012", "configuration", "malware_protection_disabled", '+', ""),
        (Defender, "5000", "configuration", "malware_protection_enabled", '+', ""),
        (Defender, "5004 5007 5013", "configuration", "malware_protection_changed", '+', ""),
        (Defender, "1000 1001 1002 1009 1013 1150 1151 2000 2001 2002", "host", "malware_protection_state", '?', ""),
        (Firewall, "2004 2071 2097", "configuration", "firewall_rule_added", '+',
            "RuleName=RuleName RuleId=RuleId Command=ApplicationPath"),
        (Firewall, "2005 2073 2099", "configuration", "firewall_rule_changed", '+',
            "RuleName=RuleName RuleId=RuleId Command=ApplicationPath"),
        (Firewall, "2006 2033 2052 2059", "configuration", "firewall_rule_deleted", '+',
            "RuleName=RuleName RuleId=RuleId"),
        (Firewall, "2002 2003 2008 2009", "configuration", "firewall_setting_changed", '+', ""),
        (Wmi, "5857", "process", "wmi_provider_started", '?', "Command=ProviderPath"),
        (Wmi, "5858", "process", "wmi_operation_failed", '-',
            "UserName=User SourceHost=ClientMachine Command=Operation ErrorCode=ResultCode"),
        (Wmi, "5859 5860 5861", "configuration", "wmi_subscription", '+', "UserName=User,USER Command=Query,CONSUMER"),
        ("Microsoft-Windows-Bits-Client", "3 16403", "network", "transfer_added", '+',
            "UserName=jobOwner,User Command=processPath"),
        ("Microsoft-Windows-Bits-Client", "59", "network", "transfer_started", '?', "Url=url"),
        ("Microsoft-Windows-Bits-Client", "60 61", "network", "transfer_ended", '?', "Url=url"),
        ("Microsoft-Windows-Bits-Client", "4", "network", "transfer_ended", '+', "UserName=User"),
        ("Microsoft-Windows-IIS-Logging", "6200", "web", "request", '?',
            "UserName=cs-username SourceIP=c-ip DestinationIP=s-ip DestinationPort=s-port Method=cs-method "
                + "UrlPath=cs-uri-stem UrlQuery=cs-uri-query StatusCode=sc-status BytesSent=sc-bytes "
                + "BytesReceived=cs-bytes UserAgent=csUser-Agent VirtualHost=cs-host DurationMs=time-taken"),
    ];

    private static readonly FrozenDictionary<(string Provider, int Id), WindowsEventRow> s_byEvent = Build();

    /// <summary>Finds what an event means.</summary>
    /// <param name="provider">Its provider, or null.</param>
    /// <param name="channel">Its channel, which stands in for a provider that is not given.</param>
    /// <param name="id">Its id.</param>
    /// <returns>The row, or null where the event is not known.</returns>
    public static WindowsEventRow? Find(string? provider, string? channel, int id)
    {
        string name = (provider ?? ProviderOf(channel)).ToUpperInvariant();
        return s_byEvent.GetValueOrDefault((name, id));
    }

    private static string ProviderOf(string? channel) => channel switch
    {
        "Security" => Security,
        "Microsoft-Windows-Sysmon/Operational" => Sysmon,
        "Microsoft-Windows-PowerShell/Operational" => Shell,
        "Windows PowerShell" => OldShell,
        "Microsoft-Windows-TaskScheduler/Operational" => Tasks,
        "Microsoft-Windows-Windows Defender/Operational" => Defender,
        "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational" => Sessions,
        "System" => Scm,
        _ => "",
    };

    private static FrozenDictionary<(string Provider, int Id), WindowsEventRow> Build()
    {
        Dictionary<(string Provider, int Id), WindowsEventRow> rows = [];
        foreach ((string provider, string ids, string category, string action, char outcome, string sources) in s_rows)
        {
            WindowsEventRow row = new(
                category, action, outcome == '+' ? Outcome.Success : outcome == '-' ? Outcome.Failure : Outcome.Unknown,
                outcome == 's', Sources(sources));
            foreach (string id in ids.Split(' '))
            {
                rows.Add((provider.ToUpperInvariant(), int.Parse(id, CultureInfo.InvariantCulture)), row);
            }
        }

        return rows.ToFrozenDictionary();
    }

    // "Field=Name,Name Field=Name"; a question mark is a space in a name.
    private static (LogField Field, string[] Names)[] Sources(string sources) =>
        sources.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(source => source.Split('='))
            .Select(pair =>
                (Enum.Parse<LogField>(pair[0]), Array.ConvertAll(pair[1].Split(','), name => name.Replace('?', ' '))))
            .ToArray();
}
