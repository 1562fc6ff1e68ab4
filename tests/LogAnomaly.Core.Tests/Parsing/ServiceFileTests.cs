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

    public static TheoryData<string, string[]> Files => new()
    {
        { "exim", s_exim },
        { "mysql", s_mysql },
        { "postgresql", s_postgres },
        { "vsftpd", s_vsftpd },
        { "proftpd", s_proftpd },
        { "dovecot", s_dovecot },
    };

    [Theory]
    [InlineData("Mon Sep  9 10:11:12 2024 [pid 2] [x] FAIL LOGIN: Client \"10.9.9.9\"] FAIL LOGIN: Client \"::ffff:192.0.2.7\"",
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
    [InlineData("2024-09-09 10:11:12,345 web1 proftpd[77] web1 (a.example[192.0.2.7]): USER x (b[10.9.9.9]): no such user found from a.example [192.0.2.7] to 10.0.0.1:21",
        "authentication login Failure UserName=x (b[10.9.9.9]) SourceIP=192.0.2.7 Reason=no such user found")]
    [InlineData("Sep  9 10:11:12 web1 proftpd[77] web1 (a.example[192.0.2.7]): USER ann (Login failed): Incorrect password.",
        "authentication login Failure UserName=ann SourceIP=192.0.2.7 Reason=Incorrect password")]
    public void A_line_of_proftpd_gives_its_fields(string line, string expected)
    {
        AuthEvent made = Assert.IsType<AuthEvent>(Sample.Parse(new ProftpdFormat(), line));
        Assert.Equal(expected, AuthLine.Describe(made));
        Assert.Equal(("web1", "proftpd", 77), (made.HostName, made.Program, made.ProcessId!.Value));
    }

    [Theory]
    [InlineData("Nov 01 10:00:00 imap-login: Info: Aborted login (auth failed, 1 attempts in 2 secs): user=<x>, method=PLAIN, rip=192.0.2.7, lip=10.0.0.1",
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
            Assert.Equal(("mysqld", "ann", "192.0.2.7", Outcome.Failure), (made.Program, made.UserName, made.SourceIP, made.Outcome));
        }

        foreach (string line in s_postgres[..3])
        {
            AuthEvent made = Assert.IsType<AuthEvent>(Sample.Parse(new PostgreSqlFormat(), line));
            Assert.Equal(("postgres", "ann", "192.0.2.7", Outcome.Failure), (made.Program, made.UserName, made.SourceIP, made.Outcome));
        }
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
    [InlineData("Jun  3 08:01:02 web1 dovecot: imap-login: Login: user=<ann>, method=PLAIN, rip=192.0.2.7, lip=10.0.0.1")]
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
            Assert.True(made is not AuthEvent { SourceIP: { } address } || System.Net.IPAddress.TryParse(address, out _));
        }

        Assert.InRange(read, 900, 3000);
    }
}
