namespace LogAnomaly.Tests.Parsing;

/// <summary>Lines of the Apache error log with their fields: the specification of the format.</summary>
internal static class ApacheErrorSamples
{
    public static readonly Sample[] All =
    [
        // 2.2
        new("[Wed Oct 11 14:32:52 2000] [error] [client 127.0.0.1] client denied by server configuration: /export/home/test",
            """
            Timestamp: 2000-10-11 14:32:52 +00:00
            Level: Error
            Message: client denied by server configuration: /export/home/test
            SourceIP: 127.0.0.1
            Category: web
            Action: access_denied
            Outcome: Failure
            """),
        new("[Sun Jan  7 03:04:05 2001] [warn] child process 42 still did not exit, sending a SIGTERM",
            """
            Timestamp: 2001-01-07 03:04:05 +00:00
            Level: Warning
            Message: child process 42 still did not exit, sending a SIGTERM
            Category: web
            Outcome: Unknown
            """),
        new("[Wed Oct 11 14:32:53 2000] [crit] [client 192.0.2.7] (13)Permission denied: /srv/.htaccess pcfg_openfile: unable to check",
            """
            Timestamp: 2000-10-11 14:32:53 +00:00
            Level: Critical
            Message: /srv/.htaccess pcfg_openfile: unable to check
            SourceIP: 192.0.2.7
            SystemErrorCode: 13
            SystemError: Permission denied
            Category: web
            Outcome: Unknown
            """),
        new("[Wed Oct 11 14:32:53 2000] [error] [client ::1] File does not exist: /srv/a b, referer: http://example.org/?q=[x]",
            """
            Timestamp: 2000-10-11 14:32:53 +00:00
            Level: Error
            Message: File does not exist: /srv/a b, referer: http://example.org/?q=[x]
            SourceIP: ::1
            Referrer: http://example.org/?q=[x]
            Category: web
            Outcome: Unknown
            """),
        new("[Wed Oct 11 14:32:53 2000] [error] [client 2001:db8::1:443] user root not found: /",
            """
            Timestamp: 2000-10-11 14:32:53 +00:00
            Level: Error
            Message: user root not found: /
            SourceIP: 2001:db8::1:443
            Category: authentication
            Action: http_login
            Outcome: Failure
            UserName: root
            """),
        new("[Wed Oct 11 14:32:53 2000] [alert] [client host-7.example.org] /srv/.htaccess: Invalid command 'Foo'",
            """
            Timestamp: 2000-10-11 14:32:53 +00:00
            Level: Alert
            Message: /srv/.htaccess: Invalid command 'Foo'
            SourceHost: host-7.example.org
            Category: web
            Outcome: Unknown
            """),
        // A path that poses as a client stays in the message.
        new("[Sat Jun 01 02:17:42 2013] [error] [client 192.0.2.1] File does not exist: /srv/[client 198.51.100.9] user root not found",
            """
            Timestamp: 2013-06-01 02:17:42 +00:00
            Level: Error
            Message: File does not exist: /srv/[client 198.51.100.9] user root not found
            SourceIP: 192.0.2.1
            Category: web
            Outcome: Unknown
            """),
        new("[Sat Jun 01 02:17:42 2013] [emerg] [client 192.0.2.1] [client 198.51.100.9] twice",
            """
            Timestamp: 2013-06-01 02:17:42 +00:00
            Level: Emergency
            Message: [client 198.51.100.9] twice
            SourceIP: 192.0.2.1
            Category: web
            Outcome: Unknown
            """),
        // 2.4
        new("[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416] [client 192.0.2.15:4711] AH00128: File does not exist: /a.ico",
            """
            Timestamp: 2011-09-09 10:42:29.902022 +00:00
            ProcessId: 35708
            Level: Error
            Message: AH00128: File does not exist: /a.ico
            Module: core
            ErrorCode: AH00128
            ThreadId: 4328636416
            SourceIP: 192.0.2.15
            SourcePort: 4711
            Category: web
            Outcome: Unknown
            """),
        new("[Mon Dec 26 16:15:55.103786 2016] [mpm_prefork:notice] [pid 11379] AH00163: Apache/2.4.23 (Unix) configured -- resuming",
            """
            Timestamp: 2016-12-26 16:15:55.103786 +00:00
            ProcessId: 11379
            Level: Notice
            Message: AH00163: Apache/2.4.23 (Unix) configured -- resuming
            Module: mpm_prefork
            ErrorCode: AH00163
            Category: web
            Outcome: Unknown
            """),
        // A module that writes the client once more, and no module at all.
        new("[Thu Sep 30 13:27:06.009964 2021] [:error] [pid 2560:tid 7] [client ::1:37752] [client ::1] ModSecurity: Warning. [file \"/a\"] [id \"9\"]",
            """
            Timestamp: 2021-09-30 13:27:06.009964 +00:00
            ProcessId: 2560
            Level: Error
            Message: [client ::1] ModSecurity: Warning. [file "/a"] [id "9"]
            RuleId: 9
            ThreadId: 7
            SourceIP: ::1
            SourcePort: 37752
            Category: intrusion_detection
            Action: rule_matched
            Outcome: Unknown
            """),
        new("[Thu Sep 30 13:27:06.009964 2021] [:notice] [pid 9] [client ::1] ModSecurity: loaded",
            """
            Timestamp: 2021-09-30 13:27:06.009964 +00:00
            ProcessId: 9
            Level: Notice
            Message: ModSecurity: loaded
            SourceIP: ::1
            Category: web
            Outcome: Unknown
            """),
        new("[Thu Sep 30 13:27:06.5 2021] [authz_core:error] [pid 9] [client 2001:db8::1:443] AH01630: client denied",
            """
            Timestamp: 2021-09-30 13:27:06.5 +00:00
            ProcessId: 9
            Level: Error
            Message: AH01630: client denied
            Module: authz_core
            ErrorCode: AH01630
            SourceIP: 2001:db8::1
            SourcePort: 443
            Category: web
            Outcome: Unknown
            """),
        new("[Thu Sep 30 13:27:06.5 2021] [ssl:info] [pid 9] [client [2001:db8::1]:443] AH01964: Connection to child 3 established",
            """
            Timestamp: 2021-09-30 13:27:06.5 +00:00
            ProcessId: 9
            Level: Informational
            Message: AH01964: Connection to child 3 established
            Module: ssl
            ErrorCode: AH01964
            SourceIP: 2001:db8::1
            SourcePort: 443
            Category: web
            Outcome: Unknown
            """),
        new("[Thu Sep 30 13:27:06.5 2021] [core:error] [pid 9] [client 2001:db8:1:2:3:4:5:6:443] AH00126: Invalid URI",
            """
            Timestamp: 2021-09-30 13:27:06.5 +00:00
            ProcessId: 9
            Level: Error
            Message: AH00126: Invalid URI
            Module: core
            ErrorCode: AH00126
            SourceIP: 2001:db8:1:2:3:4:5:6
            SourcePort: 443
            Category: web
            Outcome: Unknown
            """),
        new("[Thu Sep 30 13:27:06.5 2021] [core:error] [pid 9] [client 2001:db8::b2c] AH00126: Invalid URI",
            """
            Timestamp: 2021-09-30 13:27:06.5 +00:00
            ProcessId: 9
            Level: Error
            Message: AH00126: Invalid URI
            Module: core
            ErrorCode: AH00126
            SourceIP: 2001:db8::b2c
            Category: web
            Outcome: Unknown
            """),
        new("[Mon Nov 06 13:39:56.637868 2023] [auth_basic:error] [pid 31:tid 14] [remote 192.0.2.111:35924] AH01618: user a b not found: /admin",
            """
            Timestamp: 2023-11-06 13:39:56.637868 +00:00
            ProcessId: 31
            Level: Error
            Message: AH01618: user a b not found: /admin
            Module: auth_basic
            ErrorCode: AH01618
            ThreadId: 14
            SourceIP: 192.0.2.111
            SourcePort: 35924
            Category: authentication
            Action: http_login
            Outcome: Failure
            UserName: a b
            """),
        // The errno before the client, after it, of Windows, of APR and of the resolver.
        new("[Mon Nov 06 13:39:56.6 2023] [core:crit] [pid 31] (13)Permission denied: [client 192.0.2.1:80] AH00529: /x unreadable, referer: -",
            """
            Timestamp: 2023-11-06 13:39:56.6 +00:00
            ProcessId: 31
            Level: Critical
            Message: AH00529: /x unreadable, referer: -
            Module: core
            ErrorCode: AH00529
            SourceIP: 192.0.2.1
            SourcePort: 80
            SystemErrorCode: 13
            SystemError: Permission denied
            Category: web
            Outcome: Unknown
            """),
        new("[Mon Nov 06 13:39:56.6 2023] [proxy:error] [pid 31:tid 5] (OS 10061)No connection could be made.  : AH00957: HTTP: attempt to connect",
            """
            Timestamp: 2023-11-06 13:39:56.6 +00:00
            ProcessId: 31
            Level: Error
            Message: AH00957: HTTP: attempt to connect
            Module: proxy
            ErrorCode: AH00957
            ThreadId: 5
            SystemErrorCode: 10061
            SystemError: No connection could be made.
            Category: web
            Outcome: Unknown
            """),
        new("[Mon Nov 06 13:39:56.6 2023] [proxy_http:error] [pid 31] [client 192.0.2.1:80] (70007)The timeout specified has expired: AH01110: error",
            """
            Timestamp: 2023-11-06 13:39:56.6 +00:00
            ProcessId: 31
            Level: Error
            Message: AH01110: error
            Module: proxy_http
            ErrorCode: AH01110
            SourceIP: 192.0.2.1
            SourcePort: 80
            SystemErrorCode: 70007
            SystemError: The timeout specified has expired
            Category: web
            Outcome: Unknown
            """),
        new("[Mon Nov 06 13:39:56.6 2023] [core:warn] [pid 31] (EAI 2)Name or service not known: AH00547: Could not resolve host name b",
            """
            Timestamp: 2023-11-06 13:39:56.6 +00:00
            ProcessId: 31
            Level: Warning
            Message: AH00547: Could not resolve host name b
            Module: core
            ErrorCode: AH00547
            SystemError: Name or service not known
            Category: web
            Outcome: Unknown
            """),
        new("[Mon Nov 06 13:39:56.6 2023] [core:error] [pid 31] AH00126: [client 192.0.2.1:80] Invalid URI (1) in request",
            """
            Timestamp: 2023-11-06 13:39:56.6 +00:00
            ProcessId: 31
            Level: Error
            Message: AH00126: [client 192.0.2.1:80] Invalid URI (1) in request
            Module: core
            ErrorCode: AH00126
            SourceIP: 192.0.2.1
            SourcePort: 80
            Category: web
            Outcome: Unknown
            """),
        // The source file, from debug down; above, such a text is the message.
        new("[Mon Nov 06 13:39:56.6 2023] [authz_core:debug] [pid 31] mod_authz_core.c(817): [client 192.0.2.1:80] AH01626: authorization result: granted",
            """
            Timestamp: 2023-11-06 13:39:56.6 +00:00
            ProcessId: 31
            Level: Debug
            Message: AH01626: authorization result: granted
            Module: authz_core
            ErrorCode: AH01626
            SourceIP: 192.0.2.1
            SourcePort: 80
            Category: web
            Outcome: Unknown
            """),
        new("[Mon Nov 06 13:39:56.6 2023] [core:trace8] [pid 31] util.c(12): (2)No such file or directory: [client 192.0.2.1:80] x",
            """
            Timestamp: 2023-11-06 13:39:56.6 +00:00
            ProcessId: 31
            Level: Trace
            Message: x
            Module: core
            SourceIP: 192.0.2.1
            SourcePort: 80
            SystemErrorCode: 2
            SystemError: No such file or directory
            Category: web
            Outcome: Unknown
            """),
        new("[Mon Nov 06 13:39:56.6 2023] [lua:error] [pid 31] run.lua(12): attempt to index nil",
            """
            Timestamp: 2023-11-06 13:39:56.6 +00:00
            ProcessId: 31
            Level: Error
            Message: run.lua(12): attempt to index nil
            Module: lua
            Category: web
            Outcome: Unknown
            """),
        new("[2023-11-06 13:39:56.637868] [php:error] [pid 31] [client 192.0.2.1:80] PHP Fatal error:  Uncaught Ex\u00fc, referer: x, referer: http://b/",
            """
            Timestamp: 2023-11-06 13:39:56.637868 +00:00
            ProcessId: 31
            Level: Error
            Message: PHP Fatal error:  Uncaught Exü, referer: x, referer: http://b/
            Module: php
            SourceIP: 192.0.2.1
            SourcePort: 80
            Referrer: http://b/
            Category: web
            Outcome: Unknown
            """),
    ];

    public static readonly string[] Strangers =
    [
        "script not found or unable to stat",
        "PHP Warning:  Undefined variable $a in /srv/index.php on line 3",
        "sh: 1: /usr/sbin/sendmail: not found",
        "[Wed Oct 11 14:32:52 2000] cart.pl: Died at line 7.",
        "[Wed Oct 11 14:32:52 2000] usb 1-1: new high-speed device",
        "[Wed Oct 11 14:32:52 2000] [1234:5678] [info] init_jk::mod_jk.c (3365): initialized",
        "[Foo Oct 11 14:32:52 2000] [error] weekday",
        "[Wed Oct 32 14:32:52 2000] [error] day",
        "[Wed Oct 11 14:32:52 2000 [error] bracket",
        "[2023-11-06 13:39:56] production.ERROR: text",
        "2016/10/25 14:49:34 [error] 54053#0: *1 open() \"/x\" failed",
        "Oct 11 14:32:52 host kernel: [error] text",
        "127.0.0.1 - - [11/Oct/2000:14:32:52 +0000] \"GET / HTTP/1.1\" 200 5",
        "[",
        "[]",
        " ",
    ];
}
