using LogAnomaly.Parsing;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>Short ways to make rules and events for them.</summary>
internal static class RuleSamples
{
    public const string Access = """
        192.0.2.7 - - [02/Mar/2026:10:00:01 +0100] "GET /index.html HTTP/1.1" 200 512 "-" "Mozilla/5.0 (X11; Linux x86_64)"
        192.0.2.7 - alice [02/Mar/2026:10:00:02 +0100] "POST /wp-login.php?redirect_to=%2fwp-admin HTTP/1.1" 401 1024 "https://example.org/" "curl/8.5.0"
        2001:db8::5 - - [02/Mar/2026:10:00:03 +0100] "GET /a/%252e%252e/%c0%ae%c0%ae/etc/passwd HTTP/1.0" 404 - "-" "sqlmap/1.8"
        198.51.100.9 - - [02/Mar/2026:23:59:59 +0100] "GET /search?q=1+UNION+SELECT+2 HTTP/2.0" 500 77 "http://evil.example/x.php" "Mozilla/5.0"
        198.51.100.9 - - [02/Mar/2026:23:59:59 +0100] "\x16\x03\x01" 400 226 "-" "-"
        192.0.2.7 - - [02/Mar/2026:10:00:01 +0100] "GET /index.html HTTP/1.1" 200 512 "-" "Mozilla/5.0 (X11; Linux x86_64)"

        """;

    public const string Auth = """
        Mar  2 10:00:01 web sshd[100]: Failed password for invalid user admin from 192.0.2.7 port 50000 ssh2
        Mar  2 10:00:02 web sshd-session[101]: Accepted publickey for alice from 2001:db8::5 port 50001 ssh2: RSA SHA256:abc
        Mar  2 10:00:03 web sudo:    alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/find / -exec /bin/sh ;
        Mar  2 10:00:04 web CRON[200]: (root) CMD (/usr/local/bin/backup.sh)
        Mar  2 10:00:05 web useradd[300]: new user: name=mallory, UID=0, GID=0, home=/home/mallory, shell=/bin/bash
        Mar  2 10:00:06 web kernel: [12.3] Out of memory: Killed process 4242 (mysqld) total-vm:1kB
        Mar  2 10:00:07 web su[301]: FAILED SU (to root) bob on pts/1
        Mar  2 10:00:08 web sshd[102]: fatal: buffer_get_string: bad string length – über

        """;

    public const string Audit = """
        type=SYSCALL msg=audit(1772442001.123:100): arch=c000003e syscall=59 success=yes exit=0 a0=55d a1=7ff ppid=1 pid=2 auid=1000 uid=0 comm="wget" exe="/usr/bin/wget" key="susp"
        type=EXECVE msg=audit(1772442001.123:100): argc=3 a0="wget" a1="-O" a2="/tmp/x"
        type=PATH msg=audit(1772442001.123:100): item=0 name="/etc/passwd" nametype=NORMAL
        type=USER_LOGIN msg=audit(1772442002.123:101): pid=3 uid=0 auid=1000 ses=1 msg='op=login acct="root" exe="/usr/sbin/sshd" hostname=192.0.2.7 addr=192.0.2.7 terminal=ssh res=failed'

        """;

    public const string Records = """
        {"time":"2026-03-02T10:00:01Z","level":"warning","message":"login failed","user":"bob","count":403,"tags":["alpha","Beta"],"path":"/srv/x","ok":true}
        {"time":"2026-03-02T10:00:02Z","level":"info","message":"done","user":"eve","count":200,"ratio":0.5,"code":"0x10","path":"/srv/y","ok":false,"note":""}

        """;

    public const string ApacheErrors = """
        [Mon Mar 02 10:00:01.000001 2026] [core:notice] [pid 1:tid 1] AH00052: child pid 99 exit signal Segmentation fault (11)
        [Mon Mar 02 10:00:02.000001 2026] [authz_core:error] [pid 1:tid 1] [client 192.0.2.7:40000] AH01630: client denied by server configuration: /var/www/x
        [Mon Mar 02 10:00:03.000001 2026] [auth_basic:error] [pid 1:tid 1] [client 192.0.2.8:40000] AH01617: user bob: authentication failure for "/": Password Mismatch

        """;

    public const string NginxErrors = """
        2026/03/02 10:00:01 [error] 10#10: *5 open() "/var/www/.env" failed (2: No such file or directory), client: 192.0.2.7, server: example.org, request: "GET /.env?x=%41 HTTP/1.1", host: "example.org"
        2026/03/02 10:00:02 [alert] 10#10: worker process 12 exited on signal 11 (core dumped)

        """;

    public const string Windows = """
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4625</EventID><Level>0</Level><TimeCreated SystemTime='2026-03-02T10:00:01.0000000Z'/><EventRecordID>7</EventRecordID><Channel>Security</Channel><Computer>dc1</Computer></System><EventData><Data Name='TargetUserName'>bob</Data><Data Name='LogonType'>3</Data><Data Name='IpAddress'>192.0.2.7</Data><Data Name='Status'>0xc000006d</Data></EventData></Event>
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Sysmon'/><EventID>1</EventID><Level>4</Level><TimeCreated SystemTime='2026-03-02T10:00:02.0000000Z'/><EventRecordID>8</EventRecordID><Channel>Microsoft-Windows-Sysmon/Operational</Channel><Computer>pc1</Computer></System><EventData><Data Name='Image'>C:\Windows\System32\cmd.exe</Data><Data Name='CommandLine'>cmd.exe /c whoami</Data><Data Name='ParentImage'>C:\Tools\a.exe</Data><Data Name='User'>PC1\bob</Data></EventData></Event>
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4688</EventID><Level>0</Level><TimeCreated SystemTime='2026-03-02T10:00:03.0000000Z'/><EventRecordID>9</EventRecordID><Channel>Security</Channel><Computer>pc1</Computer></System><EventData><Data Name='NewProcessName'>C:\Windows\System32\net.exe</Data><Data Name='CommandLine'>net user /add x</Data></EventData></Event>

        """;

    public static List<LogEvent> Read(string text) =>
        Samples.Read(text, out _, new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });

    public static List<LogEvent> ReadAll() =>
    [
        .. Read(Access), .. Read(Auth), .. Read(Audit), .. Read(Records), .. Read(ApacheErrors), .. Read(NginxErrors),
        .. Read(Windows),
    ];

    public static LogRule Rule(RuleCondition? condition, RuleLogSource? source = null) => new()
    {
        Id = "T-01",
        Title = "test",
        LogSource = source ?? new RuleLogSource(),
        Condition = condition,
    };

    /// <summary>Whether the condition holds of the event, asked of the matcher.</summary>
    public static bool Holds(LogEvent logEvent, RuleCondition condition, RuleLogSource? source = null)
    {
        List<int> matched = [99];
        new EventMatcher([Rule(condition, source)]).Match(logEvent, matched);
        return matched.Count == 1;
    }

    public static bool Holds(LogEvent logEvent, string? field, TestOperator test, string value = "") =>
        Holds(logEvent, new FieldTest(field, test, value));
}
