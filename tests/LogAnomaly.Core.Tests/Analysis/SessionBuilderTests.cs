using System.Text;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.Tests.Analysis;

public sealed class SessionBuilderTests
{
    private const string Attack = """
        Nov 20 01:04:00 web1 sshd[1001]: Did not receive identification string from 203.0.113.7 port 4000
        Nov 20 01:05:01 web1 sshd[1002]: Invalid user oracle from 203.0.113.7 port 4001
        Nov 20 01:05:03 web1 sshd[1002]: Failed password for invalid user oracle from 203.0.113.7 port 4001 ssh2
        Nov 20 01:05:30 web1 sshd[1003]: Failed password for root from 203.0.113.7 port 4002 ssh2
        Nov 20 01:06:30 web1 sshd[1004]: Failed password for root from 203.0.113.7 port 4003 ssh2
        Nov 20 01:07:30 web1 sshd[1005]: message repeated 3 times: [ Failed password for root from 203.0.113.7 port 4004 ssh2]
        Nov 20 01:08:00 web1 sshd[1005]: error: maximum authentication attempts exceeded for root from 203.0.113.7 port 4004 ssh2 [preauth]
        Nov 20 03:10:00 web1 sshd[1008]: Accepted publickey for anna from 192.0.2.9 port 5000 ssh2: ED25519 SHA256:abc
        Nov 20 03:14:07 web1 sshd[1010]: Accepted password for backup from 203.0.113.7 port 4010 ssh2
        Nov 20 03:14:07 web1 sshd[1010]: pam_unix(sshd:session): session opened for user backup(uid=34) by (uid=0)
        Nov 20 03:14:07 web1 systemd-logind[500]: New session 55 of user backup.
        Nov 20 03:14:15 web1 sudo:     anna : TTY=pts/0 ; PWD=/ ; USER=www-data ; COMMAND=/usr/bin/tail /var/log/syslog
        Nov 20 03:14:20 web1 sudo:   backup : TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/bash
        Nov 20 03:14:20 web1 sudo: pam_unix(sudo:session): session opened for user root(uid=0) by backup(uid=34)
        Nov 20 03:14:30 web1 useradd[1100]: new user: name=svc2, UID=1005, GID=1005, home=/home/svc2, shell=/bin/bash, from=/dev/pts/1
        Nov 20 03:14:40 web1 usermod[1101]: add 'svc2' to group 'sudo'
        Nov 20 03:14:50 web1 passwd[1102]: pam_unix(passwd:chauthtok): password changed for svc2
        Nov 20 03:15:00 web1 crontab[1103]: (root) REPLACE (root)
        Nov 20 03:15:20 web1 sudo:   backup : TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/truncate -s 0 /var/log/auth.log
        Nov 20 03:15:25 web1 systemd[1]: Stopped auditd.service - Security Auditing Service.
        Nov 20 03:16:00 web1 CRON[1106]: (root) CMD (useradd is not run here)
        Nov 20 03:20:00 web1 sshd[1010]: pam_unix(sshd:session): session closed for user backup
        Nov 20 03:25:00 web1 useradd[1200]: new user: name=later, UID=1006, GID=1006, home=/home/later, shell=/bin/sh
        """;

    [Fact]
    public void An_attack_is_told_as_one_story_of_its_source()
    {
        LogSession session = Assert.Single(Sessions(Attack));
        Assert.Equal("203.0.113.7", session.Entity);
        Assert.Equal(Severity.Critical, session.Severity);
        Assert.Equal((7, 6, 3), (session.Tries, session.Failures, session.Accounts));
        Assert.Equal("root", session.TopAccounts[0].Name);
        Assert.True(session.Succeeded);
        SessionLogin login = Assert.Single(session.Logins);
        Assert.Equal(
            ("backup", "password", "web1", 6), (login.UserName, login.Method, login.HostName, login.FailuresBefore));
        Assert.Equal(["/bin/bash", "/usr/bin/truncate -s 0 /var/log/auth.log"], session.Commands);
        Assert.Equal(["svc2"], session.AccountsMade);
        Assert.Equal(Enum.GetValues<SessionStage>(), session.Phases.Select(phase => phase.Stage));
        Assert.All(session.Phases, phase => Assert.NotEmpty(phase.Evidence));
        Assert.Equal(4, Phase(session, SessionStage.Persistence).Count);
        Assert.Equal(2, Phase(session, SessionStage.CleanUp).Count);
        Assert.Equal(TimeSpan.FromMinutes(136), session.Duration);
    }

    [Fact]
    public void The_paragraph_says_what_a_person_would()
    {
        LogSession session = Assert.Single(Sessions(Attack));
        Assert.Equal(
            "203.0.113.7 tried 6 passwords on 3 accounts over 2 min, about one every 60 s; root was tried most."
            + " At 03:14:07 on 2026-11-20 it got in as backup with a password after 6 failures."
            + " Then it ran /bin/bash by sudo, made the user svc2, added svc2 to the group sudo, changed the password of svc2,"
            + " changed the crontab of root, ran /usr/bin/truncate -s 0 /var/log/auth.log by sudo and stopped auditd.service.",
            session.Story);
    }

    [Fact]
    public void The_ordinary_session_of_an_administrator_stays_apart()
    {
        LogSession anna = Assert.Single(
            Sessions(Attack, new SessionOptions { IncludesAll = true }), session => session.Entity == "192.0.2.9");
        Assert.Equal(Severity.Informational, anna.Severity);
        Assert.Equal(["/usr/bin/tail /var/log/syslog"], anna.Commands);
        Assert.Empty(anna.AccountsMade);
        Assert.StartsWith(
            "192.0.2.9 was seen. At 03:10:00 on 2026-11-20 it got in as anna with a key.",
            anna.Story,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_root_does_is_given_to_nobody_where_two_sources_are_root_at_the_time()
    {
        string both = """
            Nov 20 03:00:00 web1 sshd[1]: Accepted password for root from 203.0.113.7 port 4010 ssh2
            Nov 20 03:01:00 web1 sshd[2]: Accepted publickey for root from 192.0.2.9 port 4010 ssh2
            Nov 20 03:05:00 web1 useradd[3]: new user: name=svc2, UID=1005, GID=1005, home=/home/svc2, shell=/bin/bash
            """;
        Assert.All(
            Sessions(both, new SessionOptions { IncludesAll = true }), session => Assert.Empty(session.AccountsMade));
        string one = both.Replace("web1 sshd[2]", "web2 sshd[2]", StringComparison.Ordinal);
        LogSession source = Assert.Single(
            Sessions(one, new SessionOptions { IncludesAll = true }), session => session.AccountsMade.Count == 1);
        Assert.Equal("203.0.113.7", source.Entity);
    }

    [Fact]
    public void A_user_who_changes_the_own_password_is_not_taken_for_a_root_of_hours_ago()
    {
        const string Log = """
            Nov 20 01:00:00 web1 sshd[1]: Accepted password for root from 203.0.113.7 port 4010 ssh2
            Nov 20 08:36:42 web1 sshd[2]: Accepted password for david from 10.0.16.23 port 50128 ssh2
            Nov 20 08:37:12 web1 passwd[3]: pam_unix(passwd:chauthtok): password changed for david
            Nov 20 09:55:20 web1 useradd[4]: new user: name=toor, UID=0, GID=0, home=/root, shell=/bin/bash
            """;
        IReadOnlyList<LogSession> sessions = Sessions(Log, new SessionOptions { IncludesAll = true });
        LogSession root = Assert.Single(sessions, session => session.Entity == "203.0.113.7");
        Assert.Equal([SessionStage.Success], root.Phases.Select(phase => phase.Stage));
        Assert.Contains(
            "changed the password of david",
            Assert.Single(sessions, session => session.Entity == "10.0.16.23").Story,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Two_logins_of_one_user_are_told_apart_by_their_terminals()
    {
        string log = """
            Nov 20 03:00:00 web1 sshd[1]: Accepted publickey for anna from 192.0.2.9 port 1 ssh2
            Nov 20 03:00:10 web1 sudo:     anna : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/first
            Nov 20 03:10:00 web1 sshd[2]: Accepted password for anna from 203.0.113.7 port 2 ssh2
            Nov 20 03:20:00 web1 sudo:     anna : TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/bin/second
            Nov 20 03:30:00 web1 sudo:     anna : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/third
            """;
        IReadOnlyList<LogSession> sessions = Sessions(log, new SessionOptions { IncludesAll = true });
        Assert.Equal(
            ["/bin/first", "/bin/third"], Assert.Single(sessions, session => session.Entity == "192.0.2.9").Commands);
        Assert.Equal(["/bin/second"], Assert.Single(sessions, session => session.Entity == "203.0.113.7").Commands);
    }

    [Fact]
    public void Four_failures_before_a_success_are_a_bad_memory_and_five_are_an_attack()
    {
        string failures = string.Concat(Enumerable.Range(0, 5).Select(
            i => $"Nov 20 03:00:0{i} web1 sshd[{i + 1}]: Failed password for anna from 192.0.2.9 port 1 ssh2\n"));
        const string Success = "Nov 20 03:01:00 web1 sshd[9]: Accepted password for anna from 192.0.2.9 port 1 ssh2\n";
        string four = failures[..(failures.LastIndexOf("Nov", StringComparison.Ordinal))];
        Assert.Empty(Sessions(four + Success));
        Assert.Equal(Severity.Critical, Assert.Single(Sessions(failures + Success)).Severity);
        Assert.Empty(Sessions(four + Success + four.Replace("03:00", "03:02", StringComparison.Ordinal)
            + Success.Replace("03:01", "03:03", StringComparison.Ordinal), new SessionOptions { MinimumTries = 9 }));
    }

    [Fact]
    public void By_user_and_by_host_the_same_events_tell_of_those()
    {
        LogSession root = Assert.Single(
            Sessions(Attack, new SessionOptions { By = SessionGrouping.User }), session => session.Entity == "root");
        Assert.Equal((5, 1), (root.Failures, root.Sources.Count));
        Assert.StartsWith(
            "As root, 5 passwords were refused from 203.0.113.7 over 2 min", root.Story, StringComparison.Ordinal);
        LogSession backup = Assert.Single(
            Sessions(Attack, new SessionOptions { By = SessionGrouping.User }), session => session.Entity == "backup");
        Assert.Equal(Severity.Critical, backup.Severity);
        Assert.Equal(["svc2"], backup.AccountsMade);
        LogSession host = Assert.Single(Sessions(Attack, new SessionOptions { By = SessionGrouping.Host }));
        Assert.Equal(("web1", 6L, Severity.Critical), (host.Entity, host.Failures, host.Severity));
        Assert.Contains("later", host.AccountsMade);
    }

    [Fact]
    public void A_scan_of_a_web_site_is_told_by_its_requests()
    {
        StringBuilder log = new();
        for (int i = 0; i < 200; i++)
        {
            log.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"198.51.100.4 - - [20/Nov/2026:03:{i / 60:00}:{i % 60:00} +0000] \"GET /p{i}.php HTTP/1.1\" {(i % 10 == 0 ? 200 : 404)} 12 \"-\" \"x\"\n");
            log.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"198.51.100.5 - - [20/Nov/2026:03:{i / 60:00}:{i % 60:00} +0000] \"GET /index.html HTTP/1.1\" 200 12 \"-\" \"x\"\n");
        }

        LogSession session = Assert.Single(Sessions(log.ToString()));
        Assert.Equal(("198.51.100.4", 200L, 0.9), (session.Entity, session.Requests, session.ClientErrorShare));
        Assert.Equal(Severity.Medium, session.Severity);
        Assert.StartsWith(
            "198.51.100.4 sent 200 requests; 90 % were answered with a status from 400 to 499.",
            session.Story,
            StringComparison.Ordinal);
        Assert.Equal(5, Phase(session, SessionStage.Recon).Evidence.Count);
    }

    [Fact]
    public void Findings_of_rules_give_their_severity_ids_and_techniques_and_those_of_no_rule_none()
    {
        SessionBuilder builder = new();
        builder.Add(new Anomaly(null)
        {
            RuleId = "SSH-02",
            RuleName = "SSH user enumeration",
            Severity = Severity.High,
            Techniques = ["T1589"],
            EntityType = "Source",
            Entity = "192.0.2.1",
        });
        builder.Add(new Anomaly(null) { Severity = Severity.Critical, SourceIP = "192.0.2.2" });
        LogSession session = Assert.Single(builder.Complete());
        Assert.Equal(("192.0.2.1", Severity.High), (session.Entity, session.Severity));
        Assert.Equal(["SSH-02"], session.RuleIds);
        Assert.Equal(["T1589"], session.Techniques);
        Assert.Contains("Rules say: SSH user enumeration.", session.Story, StringComparison.Ordinal);
    }

    [Fact]
    public void Beyond_the_most_sources_the_quietest_are_forgotten()
    {
        StringBuilder log = new(Attack);
        for (int i = 0; i < 1_000; i++)
        {
            log.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"\nNov 20 04:{i / 60:00}:{i % 60:00} web1 sshd[{2000 + i}]: Accepted password for u from 10.0.{i / 250}.{i % 250} port 1 ssh2");
        }

        SessionBuilder builder = new(new SessionOptions { MaximumEntities = 100, IncludesAll = true });
        Samples.Read(log.ToString(), out _).ForEach(builder.Add);
        IReadOnlyList<LogSession> sessions = builder.Complete();
        Assert.InRange(sessions.Count, 1, 100);
        Assert.True(builder.Forgotten > 800);
        Assert.Equal("203.0.113.7", sessions[0].Entity);
    }

    [Fact]
    public void The_command_reads_the_lines_of_the_source_and_those_of_its_login()
    {
        LogReader reader = new(new LogReaderOptions
        {
            TimeZone = TimeZoneInfo.Utc,
            ReferenceTime = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
        });
        SessionBuilder builder = new();
        foreach (LogEvent logEvent in reader
            .ReadStream(Samples.Stream(Attack), "/var/log/it's [1].log", TestContext.Current.CancellationToken))
        {
            builder.Add(logEvent);
        }

        Assert.Equal(
            "Get-LogEvent -LiteralPath '/var/log/it''s [1].log' -SourceIP '203.0.113.7' -After '2026-11-20T01:04:00+00:00' -Before '2026-11-20T03:20:01+00:00';"
            + " Get-LogEvent -LiteralPath '/var/log/it''s [1].log' -UserName 'backup','root','svc2' -HostName 'web1'"
            + " -After '2026-11-20T03:14:20+00:00' -Before '2026-11-20T03:20:01+00:00'",
            Assert.Single(builder.Complete()).LinesCommand);
    }

    [Theory]
    [InlineData("plain", "'plain'")]
    [InlineData("", "''")]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\u2019; Remove-Item x", "'a\u2019\u2019; Remove-Item x'")]
    [InlineData("$(x) `n \"q\"", "'$(x) `n \"q\"'")]
    [InlineData("a\u001b[31m\nb", "('a'+[char]27+'[31m'+[char]10+'b')")]
    public void A_word_of_the_command_is_quoted_whatever_it_holds(string text, string expected) =>
        Assert.Equal(expected, SessionCommand.Quote(text));

    [Theory]
    [InlineData("/bin/bash", SessionStage.Privilege)]
    [InlineData("/usr/bin/truncate -s 0 /var/log/auth.log", SessionStage.CleanUp)]
    [InlineData("/bin/sh -c cat /dev/null > /var/log/wtmp", SessionStage.CleanUp)]
    [InlineData("/usr/bin/systemctl stop rsyslog.service", SessionStage.CleanUp)]
    [InlineData("/usr/bin/systemctl stop nginx", SessionStage.Privilege)]
    [InlineData("/usr/bin/tail -f /var/log/syslog", SessionStage.Privilege)]
    [InlineData("/usr/sbin/useradd -m x", SessionStage.Persistence)]
    [InlineData("/usr/bin/tee -a /root/.ssh/authorized_keys", SessionStage.Persistence)]
    public void A_command_tells_its_stage(string command, SessionStage stage) =>
        Assert.Equal(stage, SessionStages.OfCommand(command));

    [Fact]
    public void The_median_of_the_gaps_is_exact_for_few_and_near_for_many()
    {
        GapSample few = new();
        Array.ForEach([0L, 10, 30, 130], few.Add);
        Assert.Equal(20, few.ToMedian()!.Value.Ticks);
        GapSample many = new();
        for (int i = 0; i < 100_000; i++)
        {
            many.Add(i * 1_000L);
        }

        Assert.Equal(1_000, many.ToMedian()!.Value.Ticks);
        Assert.Null(new GapSample().ToMedian());
    }

    private static SessionPhase Phase(LogSession session, SessionStage stage) =>
        Assert.Single(session.Phases, phase => phase.Stage == stage);

    private static IReadOnlyList<LogSession> Sessions(string log, SessionOptions? options = null)
    {
        SessionBuilder builder = new(options);
        LogReaderOptions reading = new()
        {
            TimeZone = TimeZoneInfo.Utc,
            ReferenceTime = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero),
        };
        Samples.Read(log, out _, reading).ForEach(builder.Add);
        return builder.Complete();
    }
}
