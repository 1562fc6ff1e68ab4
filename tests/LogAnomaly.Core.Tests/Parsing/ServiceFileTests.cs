using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>The own log files of vsftpd, proftpd, dovecot, exim, MySQL and PostgreSQL.</summary>
public sealed class ServiceFileTests
{
    private static readonly string[] s_vsftpd =
    [
        "Mon Sep  9 10:11:12 2024 [pid 2] CONNECT: Client \"::ffff:192.0.2.7\"",
        "Mon Sep  9 10:11:13 2024 [pid 1] [ann] OK LOGIN: Client \"::ffff:192.0.2.7\"",
        "Mon Sep  9 10:11:14 2024 [pid 3] [ann] OK UPLOAD: Client \"::ffff:192.0.2.7\", \"/a\", 5 bytes, 1.00Kbyte/sec",
    ];

    private static readonly string[] s_proftpd =
    [
        "2024-09-09 10:11:12,345 web1 proftpd[77] web1 (a.example[192.0.2.7]): USER ann: Login successful.",
        "2024-09-09 10:11:12,345 web1 proftpd[77] web1: ProFTPD 1.3.8 standalone mode STARTUP",
    ];

    private static readonly string[] s_dovecot =
    [
        "Nov 01 10:00:00 imap-login: Info: Login: user=<ann>, method=PLAIN, rip=192.0.2.7, lip=10.0.0.1, session=<a>",
        "2024-11-01 10:00:00 imap(ann)<77><a>: Info: Disconnected: Logged out in=5 out=9",
        "dovecot: Nov 01 10:00:00 Info: auth(default): pam(bob,192.0.2.7): unknown user",
    ];

    private static readonly string[] s_exim =
    [
        "2024-11-01 10:00:00 H=a.example [192.0.2.7]:4242 F=<x@y> rejected RCPT <z@b.example>: relay not permitted",
        "2024-11-01 10:00:01.123 [77] 1tQxYz-0001aB-2C <= x@y H=a.example [192.0.2.7] P=esmtps S=4",
        "2024-11-01 10:00:02 +0100 login authenticator failed for (x) [192.0.2.7]: 535 Incorrect authentication data (set_id=ann)",
        "2024-11-01 10:00:03 End queue run: pid=78",
    ];

    private static readonly string[] s_mysql =
    [
        "2024-03-02T10:00:00.861934Z 344 [Note] [MY-010926] [Server] Access denied for user 'ann'@'192.0.2.7' (using password: YES)",
        "2024-03-02  9:05:01 12 [Warning] Access denied for user 'ann'@'192.0.2.7' (using password: NO)",
        "240302  9:05:01 [ERROR] mysqld: Table './a/b' is marked as crashed",
        "2024-03-02T10:00:00.116872Z\t   14 Connect\tAccess denied for user 'ann'@'192.0.2.7' (using password: YES)",
    ];

    private static readonly string[] s_postgres =
    [
        "2024-03-02 10:00:00.536 UTC [147] 192.0.2.7 ann@a FATAL:  password authentication failed for user \"ann\"",
        "2024-03-02 10:00:00.536 UTC:192.0.2.7(5432):ann@a:[127]:FATAL:  password authentication failed for user \"ann\"",
        "192.0.2.7 2024-03-02 10:00:00.536 UTC [147] ann@a FATAL:  password authentication failed for user \"ann\"",
        "2024-03-02 10:00:00.536 UTC [1] LOG:  database system is ready to accept connections",
    ];

    private static readonly string[] s_endlessh =
    [
        "2026-03-02T10:00:00.521Z Port 22",
        "2026-03-02T10:00:01.813Z ACCEPT host=::ffff:192.0.2.7 port=4242 fd=4 n=1/4096",
        "2026-03-02T10:00:21.830Z CLOSE host=::ffff:192.0.2.7 port=4242 fd=4 time=20.017 bytes=20",
    ];

    private static readonly string[] s_sshesame =
    [
        "2026/03/02 10:00:00 [192.0.2.7:4242] authentication for user \"ann\" without credentials rejected",
        "2026/03/02 10:00:01 [192.0.2.7:4242] authentication for user \"a\\\" with\" with password \"x\" accepted",
        "2026/03/02 10:00:02 [[2001:db8::7]:4242] [channel 0] command \"uname -a\" requested",
        "{\"time\":\"2026-03-02T10:00:03Z\",\"source\":\"192.0.2.7:4242\",\"event_type\":\"password_auth\",\"event\":{\"user\":\"ann\",\"accepted\":true,\"password\":\"x\"}}",
    ];

    private static readonly string[] s_logback =
    [
        "2026-03-02T10:00:00,820Z [http-nio-8080-exec-5] WARN  o.a.g.r.auth.AuthenticationService - Authentication attempt from [192.0.2.7, 10.0.0.2] for user \"ann\" failed.",
        "guacamole_1  | 2026-03-02 10:00:01.820 [http-nio-8080-exec-5] INFO  o.a.g.r.auth.AuthenticationService - User \"ann\" successfully authenticated from 192.0.2.7.",
        "2026-03-02 10:00:02.001 [main] ERROR com.example.Shop - Out of stock",
    ];

    private static readonly string[] s_monolog =
    [
        "[2026-03-02 10:00:00] shop-events.INFO:  {\"type\":\"ADMIN_LOGIN_FAILED\",\"ip\":\"192.0.2.7\"} []",
        "[2026-03-02T10:00:01.123456+00:00] main.CRITICAL: Uncaught exception {\"exception\":\"x\"} []",
    ];

    private static readonly string[] s_servarr =
    [
        "2026-03-02 10:00:00.2|Warn|Auth|Auth-Failure ip 192.0.2.7 username 'ann'",
        "2026-03-02 10:00:01.2|Info|Bootstrap|Starting",
    ];

    public static TheoryData<string, string[]> Files => new()
    {
        { "endlessh", s_endlessh },
        { "sshesame", s_sshesame },
        { "logback", s_logback },
        { "monolog", s_monolog },
        { "servarr", s_servarr },
        { "exim", s_exim },
        { "mysql", s_mysql },
        { "postgresql", s_postgres },
        { "vsftpd", s_vsftpd },
        { "proftpd", s_proftpd },
        { "dovecot", s_dovecot },
    };

    [Theory]
    [InlineData(
        "Mon Sep  9 10:11:12 2024 [pid 2] [x] FAIL LOGIN: Client \"10.9.9.9\"] FAIL LOGIN: Client \"::ffff:192.0.2.7\"",
        "authentication login Failure UserName=x] FAIL LOGIN: Client \"10.9.9.9\" SourceIP=192.0.2.7")]
    [InlineData("Mon Sep  9 10:11:12 2024 [pid 2] [a b\" c] OK LOGIN: Client \"192.0.2.7\"",
        "authentication login Success UserName=a b\" c SourceIP=192.0.2.7")]
    [InlineData("Mon Sep  9 10:11:12 2024 [pid 2] CONNECT: Client \"2001:db8::7\"",
        "network ftp_connection Unknown SourceIP=2001:db8::7")]
    public void A_line_of_vsftpd_gives_its_fields(string line, string expected)
    {
        AuthEvent made = Assert.IsType<AuthEvent>(Sample.Parse(new VsftpdFormat(), line));
        Assert.Equal(expected, AuthLine.Describe(made));
        Assert.Equal(("vsftpd", 2, new DateTimeOffset(2024, 9, 9, 10, 11, 12, TimeSpan.Zero)),
            (made.Program, made.ProcessId!.Value, made.Timestamp!.Value));
    }

    [Theory]
    [InlineData(
        "2024-09-09 10:11:12,345 web1 proftpd[77] web1 (a.example[192.0.2.7]): USER x (b[10.9.9.9]): no such user found from a.example [192.0.2.7] to 10.0.0.1:21",
        "authentication login Failure UserName=x (b[10.9.9.9]) SourceIP=192.0.2.7 Reason=no such user found")]
    [InlineData(
        "Sep  9 10:11:12 web1 proftpd[77] web1 (a.example[192.0.2.7]): USER ann (Login failed): Incorrect password.",
        "authentication login Failure UserName=ann SourceIP=192.0.2.7 Reason=Incorrect password")]
    public void A_line_of_proftpd_gives_its_fields(string line, string expected)
    {
        AuthEvent made = Assert.IsType<AuthEvent>(Sample.Parse(new ProftpdFormat(), line));
        Assert.Equal(expected, AuthLine.Describe(made));
        Assert.Equal(("web1", "proftpd", 77), (made.HostName, made.Program, made.ProcessId!.Value));
    }

    [Theory]
    [InlineData(
        "Nov 01 10:00:00 imap-login: Info: Aborted login (auth failed, 1 attempts in 2 secs): user=<x>, method=PLAIN, rip=192.0.2.7, lip=10.0.0.1",
        "authentication login Failure UserName=x SourceIP=192.0.2.7 Method=PLAIN Reason=auth failed, 1 attempts in 2 secs")]
    [InlineData("2024-11-01 10:00:00 auth-worker(12): Info: sql(ann@a.example,192.0.2.7,<s>): Password mismatch",
        "authentication login Failure UserName=ann@a.example SourceIP=192.0.2.7 Reason=Password mismatch")]
    [InlineData("dovecot: Nov 01 10:00:00 Info: auth(default): pam(bob,192.0.2.7): unknown user",
        "authentication login Failure UserName=bob SourceIP=192.0.2.7 Reason=unknown user")]
    public void A_line_of_dovecot_gives_its_fields(string line, string expected)
    {
        AuthEvent made = Assert.IsType<AuthEvent>(Sample.Parse(new DovecotFormat(), line));
        Assert.Equal(expected, AuthLine.Describe(made));
        Assert.Equal(("dovecot", LogLevel.Informational), (made.Program, made.Level));
    }

    [Fact]
    public void Refused_logins_of_databases_name_their_client_however_the_line_is_laid_out()
    {
        foreach (string line in (string[])[s_mysql[0], s_mysql[1], s_mysql[3]])
        {
            AuthEvent made = Assert.IsType<AuthEvent>(Sample.Parse(new MySqlFormat(), line));
            Assert.Equal(
                ("mysqld", "ann", "192.0.2.7", Outcome.Failure),
                (made.Program, made.UserName, made.SourceIP, made.Outcome));
        }

        foreach (string line in s_postgres[..3])
        {
            AuthEvent made = Assert.IsType<AuthEvent>(Sample.Parse(new PostgreSqlFormat(), line));
            Assert.Equal(
                ("postgres", "ann", "192.0.2.7", Outcome.Failure),
                (made.Program, made.UserName, made.SourceIP, made.Outcome));
        }
    }

    [Theory]
    [InlineData(0,
        "authentication decoy_probe Unknown UserName=ann SourceIP=192.0.2.7 SourcePort=4242 Method=none Reason=rejected")]
    [InlineData(1,
        "authentication decoy_login Failure UserName=a\\\" with SourceIP=192.0.2.7 SourcePort=4242 Method=password Reason=accepted")]
    [InlineData(2, "intrusion_detection decoy_command Unknown SourceIP=2001:db8::7 SourcePort=4242 Command=uname -a")]
    [InlineData(3,
        "authentication decoy_login Failure UserName=ann SourceIP=192.0.2.7 SourcePort=4242 Method=password")]
    public void A_visit_of_a_decoy_tells_who_came_and_what_was_tried(int index, string expected)
    {
        AuthEvent made = Assert.IsType<AuthEvent>(Sample.Parse(new SshesameFormat(), s_sshesame[index]));
        Assert.Equal(expected, AuthLine.Describe(made));
        Assert.Equal(
            ("sshesame", new DateTimeOffset(2026, 3, 2, 10, 0, index, TimeSpan.Zero)),
            (made.Program, made.Timestamp!.Value));
    }

    [Fact]
    public void Logins_of_applications_name_their_client_and_not_its_proxy()
    {
        AuthEvent guacamole = Assert.IsType<AuthEvent>(Sample.Parse(new LogbackFormat(), s_logback[0]));
        Assert.Equal("authentication login Failure UserName=ann SourceIP=192.0.2.7", AuthLine.Describe(guacamole));
        AuthEvent granted = Assert.IsType<AuthEvent>(Sample.Parse(new LogbackFormat(), s_logback[1]));
        Assert.Equal("authentication login Success UserName=ann SourceIP=192.0.2.7", AuthLine.Describe(granted));
        AuthEvent magento = Assert.IsType<AuthEvent>(Sample.Parse(new MonologFormat(), s_monolog[0]));
        Assert.Equal(
            "authentication login Failure SourceIP=192.0.2.7 Reason=ADMIN_LOGIN_FAILED", AuthLine.Describe(magento));
        AuthEvent prowlarr = Assert.IsType<AuthEvent>(Sample.Parse(new ServarrFormat(), s_servarr[0]));
        Assert.Equal("authentication login Failure UserName=ann SourceIP=192.0.2.7", AuthLine.Describe(prowlarr));
        Assert.Equal("com.example.Shop", Sample.Parse(new LogbackFormat(), s_logback[2])!.Program);
    }

    [Theory]
    [InlineData("2026-03-02T10:22:21.684Z ACCEPT host=::ffff:192.0.2.7 port=4242 fd=4 n=1/4096")]
    [InlineData("I0302 10:22:21.684000       1 client.go:58] ACCEPT host=192.0.2.7 port=4242 n=2/4096")]
    public void A_visit_of_a_tar_pit_is_a_connection(string line)
    {
        // The stamp in Go's form has no year: it takes that of the reference, or the one before.
        SystemEvent made = Assert.IsType<SystemEvent>(Sample.Parse(new EndlesshFormat(), line));
        Assert.Equal(
            ("endlessh", "connection_opened", "192.0.2.7", 4242),
            (made.Program, made.Action, made.SourceIP, made.SourcePort!.Value));
        Assert.Equal(
            ("03-02 10:22:21"),
            made.Timestamp!.Value.ToString("MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_is_recognised_and_read_to_the_last_line(string name, string[] lines)
    {
        List<LogLine> sample = [.. lines.Select(line => LogLine.FromString(line))];
        LogFormat? format = FormatDetector.Detect(sample, null);
        Assert.Equal(name, format?.Name);
        Assert.All(lines, line => Assert.NotNull(Sample.Parse(format!, line)));
    }

    [Fact]
    public void A_line_that_tells_of_no_login_is_a_system_event()
    {
        Assert.Equal(LogKind.System, Sample.Parse(new VsftpdFormat(), s_vsftpd[2])!.Kind);
        Assert.Equal(LogKind.System, Sample.Parse(new ProftpdFormat(), s_proftpd[1])!.Kind);
        Assert.Equal(LogKind.System, Sample.Parse(new DovecotFormat(), s_dovecot[1])!.Kind);
    }

    [Theory]
    [InlineData(
        "Jun  3 08:01:02 web1 dovecot: imap-login: Login: user=<ann>, method=PLAIN, rip=192.0.2.7, lip=10.0.0.1")]
    [InlineData("Jun  3 08:01:02 web1 vsftpd[3]: [ann] OK LOGIN: Client \"192.0.2.7\"")]
    [InlineData("Jun  3 08:01:02 web1 proftpd[3]: web1 (a[192.0.2.7]) - USER ann: Login successful.")]
    public void Lines_of_syslog_stay_with_the_formats_of_syslog(string line)
    {
        List<LogLine> sample = [LogLine.FromString(line), LogLine.FromString(line)];
        Assert.True(FormatDetector.Detect(sample, null) is AuthFormat or SyslogFormat);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Changed_lines_are_read_or_refused_soundly(string name, string[] lines)
    {
        Assert.True(LogFormats.TryGet(name, out LogFormat? format));
        Random random = new(4711);
        int read = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] line = Soundness.Mutate(System.Text.Encoding.UTF8.GetBytes(lines[random.Next(lines.Length)]),
                System.Text.Encoding.UTF8.GetBytes(lines[random.Next(lines.Length)]), random);
            ParseContext context = Sample.NewContext();
            LogEvent? made = line.Length == 0 ? null : format!.Parse(new LogLine(line, 0, line.Length, 1, 0), context);
            read += made is null ? 0 : 1;
            Assert.True(
                made is not AuthEvent { SourceIP: { } address } || System.Net.IPAddress.TryParse(address, out _));
        }

        // Formats of few and fixed words lose more of their lines to the changes.
        Assert.InRange(read, 500, 3000);
    }
}
