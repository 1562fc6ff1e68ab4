using System.Collections.Frozen;
using System.Globalization;

namespace LogAnomaly.Parsing;

/// <summary>
/// The names of the values of the important events, in the order of their manifests, for records that give values only.
/// </summary>
internal static class WindowsDataNames
{
    private const string Security = "Microsoft-Windows-Security-Auditing";
    private const string Sysmon = "Microsoft-Windows-Sysmon";
    private const string Subject = "SubjectUserSid SubjectUserName SubjectDomainName SubjectLogonId ";
    private const string Target = "TargetUserSid TargetUserName TargetDomainName ";
    private const string Account = "TargetUserName TargetDomainName TargetSid " + Subject;
    private const string Process = "RuleName UtcTime ProcessGuid ProcessId Image ";

    private static readonly (string Provider, string Ids, string Names)[] s_rows =
    [
        (Security, "4624",
            Subject + Target
                + "TargetLogonId LogonType LogonProcessName AuthenticationPackageName WorkstationName LogonGuid "
                + "TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort "
                + "ImpersonationLevel RestrictedAdminMode TargetOutboundUserName TargetOutboundDomainName "
                + "VirtualAccount TargetLinkedLogonId ElevatedToken"),
        (Security, "4625",
            Subject + Target + "Status FailureReason SubStatus LogonType LogonProcessName AuthenticationPackageName "
                + "WorkstationName TransmittedServices LmPackageName KeyLength ProcessId ProcessName IpAddress IpPort"),
        (Security, "4634", Target + "TargetLogonId LogonType"),
        (Security, "4647", Target + "TargetLogonId"),
        (Security, "4648", Subject + "LogonGuid TargetUserName TargetDomainName TargetLogonGuid TargetServerName "
            + "TargetInfo ProcessId ProcessName IpAddress IpPort"),
        (Security, "4672", Subject + "PrivilegeList"),
        (Security, "4688", Subject + "NewProcessId NewProcessName TokenElevationType ProcessId CommandLine "
            + "TargetUserSid TargetUserName TargetDomainName TargetLogonId ParentProcessName MandatoryLabel"),
        (Security, "4689", Subject + "Status ProcessId ProcessName"),
        (Security, "4697", Subject + "ServiceName ServiceFileName ServiceType ServiceStartType ServiceAccount"),
        (Security, "4698 4700 4701 4702", Subject + "TaskName TaskContent"),
        (Security, "4699", Subject + "TaskName"),
        (Security, "4719", Subject + "CategoryId SubcategoryId SubcategoryGuid AuditPolicyChanges"),
        (Security, "4720",
            Account
                + "PrivilegeList SamAccountName DisplayName UserPrincipalName HomeDirectory HomePath ScriptPath "
                + "ProfilePath UserWorkstations PasswordLastSet AccountExpires PrimaryGroupId AllowedToDelegateTo "
                + "OldUacValue NewUacValue UserAccountControl UserParameters SidHistory LogonHours"),
        (Security, "4722 4724 4725 4740 4767", Account),
        (Security, "4723 4726", Account + "PrivilegeList"),
        (Security, "4738",
            "Dummy " + Account
                + "PrivilegeList SamAccountName DisplayName UserPrincipalName HomeDirectory HomePath ScriptPath "
                + "ProfilePath UserWorkstations PasswordLastSet AccountExpires PrimaryGroupId AllowedToDelegateTo "
                + "OldUacValue NewUacValue UserAccountControl UserParameters SidHistory LogonHours"),
        (Security, "4728 4729 4732 4733 4756 4757",
            "MemberName MemberSid TargetUserName TargetDomainName TargetSid " + Subject + "PrivilegeList"),
        (Security, "4727 4731 4754", Account + "PrivilegeList SamAccountName SidHistory"),
        (Security, "4730 4734 4758", Account + "PrivilegeList"),
        (Security, "4768", "TargetUserName TargetDomainName TargetSid ServiceName ServiceSid TicketOptions Status "
            + "TicketEncryptionType PreAuthType IpAddress IpPort CertIssuerName CertSerialNumber CertThumbprint"),
        (Security, "4769", "TargetUserName TargetDomainName ServiceName ServiceSid TicketOptions TicketEncryptionType "
            + "IpAddress IpPort Status LogonGuid TransmittedServices"),
        (Security, "4770", "TargetUserName TargetDomainName ServiceName ServiceSid TicketOptions TicketEncryptionType "
            + "IpAddress IpPort"),
        (Security, "4771", "TargetUserName TargetSid ServiceName TicketOptions Status PreAuthType IpAddress IpPort "
            + "CertIssuerName CertSerialNumber CertThumbprint"),
        (Security, "4776", "PackageName TargetUserName Workstation Status"),
        (Security, "4778 4779", "AccountName AccountDomain LogonID SessionName ClientName ClientAddress"),
        (Security, "4781",
            "OldTargetUserName NewTargetUserName TargetDomainName TargetSid " + Subject + "PrivilegeList"),
        (Security, "4798", Account + "CallerProcessId CallerProcessName"),
        (Security, "4799", Account + "CallerProcessId CallerProcessName"),
        (Security, "5140", Subject + "ObjectType IpAddress IpPort ShareName ShareLocalPath AccessMask AccessList"),
        (Security, "5145",
            Subject + "ObjectType IpAddress IpPort ShareName ShareLocalPath RelativeTargetName AccessMask AccessList "
                + "AccessReason"),
        (Security, "5152",
            "ProcessId Application Direction SourceAddress SourcePort DestAddress DestPort Protocol FilterRTID "
                + "LayerName LayerRTID"),
        (Security, "5156 5157",
            "ProcessID Application Direction SourceAddress SourcePort DestAddress DestPort Protocol FilterRTID "
                + "LayerName LayerRTID RemoteUserID RemoteMachineID"),
        ("Microsoft-Windows-Eventlog", "1102", Subject),
        ("Microsoft-Windows-Eventlog", "104", "SubjectUserName SubjectDomainName Channel BackupPath"),
        ("Service Control Manager", "7045", "ServiceName ImagePath ServiceType StartType AccountName"),
        ("Microsoft-Windows-PowerShell", "4103", "ContextInfo UserData Payload"),
        ("Microsoft-Windows-PowerShell", "4104", "MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path"),
        ("PowerShellCore", "4104", "MessageNumber MessageTotal ScriptBlockText ScriptBlockId Path"),
        ("Microsoft-Windows-TaskScheduler", "106", "TaskName UserContext"),
        ("Microsoft-Windows-TaskScheduler", "140 141 142", "TaskName UserName"),
        ("Microsoft-Windows-TaskScheduler", "200", "TaskName ActionName TaskInstanceId EnginePID"),
        ("Microsoft-Windows-TaskScheduler", "201", "TaskName TaskInstanceId ActionName ResultCode EnginePID"),
        ("Microsoft-Windows-TerminalServices-LocalSessionManager", "21 22 24 25", "User SessionID Address"),
        ("Microsoft-Windows-TerminalServices-LocalSessionManager", "23", "User SessionID"),
        ("Microsoft-Windows-TerminalServices-RemoteConnectionManager", "1149", "Param1 Param2 Param3"),
        (Sysmon, "1",
            Process
                + "FileVersion Description Product Company OriginalFileName CommandLine CurrentDirectory User "
                + "LogonGuid LogonId TerminalSessionId IntegrityLevel Hashes ParentProcessGuid ParentProcessId "
                + "ParentImage ParentCommandLine ParentUser"),
        (Sysmon, "2", Process + "TargetFilename CreationUtcTime PreviousCreationUtcTime User"),
        (Sysmon, "3", Process + "User Protocol Initiated SourceIsIpv6 SourceIp SourceHostname SourcePort "
            + "SourcePortName DestinationIsIpv6 DestinationIp DestinationHostname DestinationPort DestinationPortName"),
        (Sysmon, "5", Process + "User"),
        (Sysmon, "6", "RuleName UtcTime ImageLoaded Hashes Signed Signature SignatureStatus"),
        (Sysmon, "7", Process + "ImageLoaded FileVersion Description Product Company OriginalFileName Hashes Signed "
            + "Signature SignatureStatus User"),
        (Sysmon, "8",
            "RuleName UtcTime SourceProcessGuid SourceProcessId SourceImage TargetProcessGuid TargetProcessId "
                + "TargetImage NewThreadId StartAddress StartModule StartFunction SourceUser TargetUser"),
        (Sysmon, "9", Process + "Device User"),
        (Sysmon, "10",
            "RuleName UtcTime SourceProcessGUID SourceProcessId SourceThreadId SourceImage TargetProcessGUID "
                + "TargetProcessId TargetImage GrantedAccess CallTrace SourceUser TargetUser"),
        (Sysmon, "11", Process + "TargetFilename CreationUtcTime User"),
        (Sysmon, "12", "RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject User"),
        (Sysmon, "13", "RuleName EventType UtcTime ProcessGuid ProcessId Image TargetObject Details User"),
        (Sysmon, "15", Process + "TargetFilename CreationUtcTime Hash Contents User"),
        (Sysmon, "17 18", "RuleName EventType UtcTime ProcessGuid ProcessId PipeName Image User"),
        (Sysmon, "22", "RuleName UtcTime ProcessGuid ProcessId QueryName QueryStatus QueryResults Image User"),
        (Sysmon, "23 26",
            "RuleName UtcTime ProcessGuid ProcessId User Image TargetFilename Hashes IsExecutable Archived"),
    ];

    private static readonly FrozenDictionary<(string Provider, int Id), string[]> s_byEvent = s_rows
        .SelectMany(row => row.Ids.Split(' ').Select(id => KeyValuePair.Create(
            (row.Provider, int.Parse(id, CultureInfo.InvariantCulture)),
            row.Names.Split(' ', StringSplitOptions.RemoveEmptyEntries))))
        .ToFrozenDictionary();

    /// <summary>The names of an event's values.</summary>
    /// <param name="provider">Its provider, or null.</param>
    /// <param name="id">Its id.</param>
    /// <returns>The names in their order; empty where they are not known.</returns>
    public static string[] Of(string? provider, int id) =>
        provider is not null && s_byEvent.TryGetValue((provider, id), out string[]? names) ? names : [];
}
