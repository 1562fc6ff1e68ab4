using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class AuditFormatTests
{
    private static readonly (string Line, string Expected)[] s_samples =
    [
        ("type=USER_LOGIN msg=audit(1717401662.123:456): pid=7 uid=0 auid=4294967295 ses=4294967295 msg='op=login acct=\"root\" exe=\"/usr/sbin/sshd\" hostname=? addr=192.0.2.7 terminal=ssh res=failed'",
            "authentication login Failure UserName=root SourceIP=192.0.2.7 Reason=login Tty=ssh"),
        ("type=USER_AUTH msg=audit(1717401662.123:456): pid=7 uid=0 auid=1000 ses=3 msg='op=PAM:authentication acct=28756E6B6E6F776E207573657229 exe=\"/usr/sbin/sshd\" hostname=2001:db8::7 addr=2001:db8::7 terminal=ssh res=success'",
            "authentication audit_authentication Success UserName=(unknown user) SourceIP=2001:db8::7 Reason=PAM:authentication Tty=ssh SessionId=3"),
        ("type=USER_CMD msg=audit(1717401662.123:456): pid=7 uid=1000 auid=1000 ses=3 msg='cwd=\"/home/ann\" cmd=6C73202D6C exe=\"/usr/bin/sudo\" terminal=pts/0 res=success'\u001dUID=\"ann\" AUID=\"ann\"",
            "process sudo_command Success UserName=ann Tty=pts/0 Command=ls -l WorkingDirectory=/home/ann SessionId=3"),
        ("type=ADD_USER msg=audit(1717401662.123:456): pid=7 uid=0 auid=1000 ses=3 msg='op=adding user acct=\"eve\" exe=\"/usr/sbin/useradd\" hostname=web1 addr=? terminal=pts/0 res=success'\u001dUID=\"root\" AUID=\"ann\"",
            "iam user_added Success UserName=ann TargetUser=eve SourceHost=web1 Reason=adding Tty=pts/0 SessionId=3"),
        ("type=SERVICE_START msg=audit(1717401662.123:456): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=sshd comm=\"systemd\" exe=\"/usr/lib/systemd/systemd\" hostname=? addr=? terminal=? res=success'",
            "process service_started Success ServiceName=sshd"),
        ("type=EXECVE msg=audit(1717401662.123:456): argc=3 a0=\"sh\" a1=\"-c\" a2=6563686F2061",
            "process command_executed Unknown Command=sh -c echo a"),
        ("type=PROCTITLE msg=audit(1717401662.123:456): proctitle=7375002D2D68656C70",
            "process process_titled Unknown Command=su --help"),
        ("type=SYSCALL msg=audit(1717401662.123:456): arch=c000003e syscall=59 success=no exit=-2 a0=1 a1=2 items=2 ppid=1 pid=7 auid=1000 uid=1000 tty=pts2 ses=1 comm=\"id\" exe=\"/usr/bin/id\" key=\"priv_esc\"",
            "process system_call Failure Command=/usr/bin/id RuleName=priv_esc"),
        ("type=AVC msg=audit(1717401662.123:456): avc:  denied  { read write } for  pid=7 comm=\"httpd\" name=\"x\" scontext=a tcontext=b tclass=file permissive=0",
            "process access_denied Failure Reason=read write"),
        ("node=web1 type=UNHEARD_OF msg=audit(1717401662.123:456): a=1", "process audit_unheard_of Unknown"),
    ];

    [Fact]
    public void Every_sample_line_gives_the_event_that_its_table_says()
    {
        foreach ((string line, string expected) in s_samples)
        {
            LogEvent? made = SystemLine.Parse(new AuditFormat(), line);
            Assert.Equal(expected, SystemLine.Describe(made!));
            Assert.Equal(new DateTimeOffset(2024, 6, 3, 8, 1, 2, 123, TimeSpan.Zero), made!.Timestamp);
        }
    }

    [Fact]
    public void Records_about_authentication_give_authentication_events_with_their_program_and_all_fields()
    {
        AuthEvent made = Assert.IsType<AuthEvent>(SystemLine.Parse(new AuditFormat(), s_samples[0].Line));
        Assert.Equal(("sshd", 7, LogLevel.Warning), (made.Program, made.ProcessId, made.Level));
        Assert.Equal(("USER_LOGIN", "root", "4294967295"), (made["type"], made["acct"], made["auid"]));
        Assert.Equal("web1", SystemLine.Parse(new AuditFormat(), s_samples[^1].Line)!.HostName);
    }

    [Fact]
    public void A_name_that_someone_chose_never_shifts_the_fields()
    {
        string hex = Convert.ToHexString(Encoding.UTF8.GetBytes("x\" addr=10.9.9.9 res=success"));
        string line =
            $"type=USER_LOGIN msg=audit(1717401662.123:456): pid=7 msg='op=login acct={hex} exe=\"/usr/sbin/sshd\" hostname=? addr=192.0.2.7 terminal=ssh res=failed'";
        AuthEvent made = Assert.IsType<AuthEvent>(SystemLine.Parse(new AuditFormat(), line));
        Assert.Equal(
            ("x\" addr=10.9.9.9 res=success", "192.0.2.7", Outcome.Failure),
            (made.UserName, made.SourceIP, made.Outcome));
    }

    [Theory]
    [InlineData("type=USER_LOGIN msg=audit(1.2:3): a=b")]
    [InlineData("type=USER_LOGIN msg=audit(1717401662.123")]
    [InlineData("node=web1")]
    [InlineData("type=")]
    public void A_line_without_the_stamp_of_a_record_is_not_of_this_format(string line) =>
        Assert.Null(SystemLine.Parse(new AuditFormat(), line));

    [Fact]
    public void Mutated_and_cut_records_never_throw()
    {
        Random random = new(7);
        foreach ((string line, _) in s_samples)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            for (int i = 0; i < 500; i++)
            {
                byte[] mutated = Soundness.Mutate(
                    bytes, Encoding.UTF8.GetBytes(s_samples[random.Next(s_samples.Length)].Line), random);
                mutated = i % 3 == 0 ? mutated[..random.Next(mutated.Length + 1)] : mutated;
                LogEvent? made = mutated.Length == 0
                    ? null
                    : new AuditFormat().Parse(new LogLine(mutated, 0, mutated.Length, 1, 0), AuthLine.NewContext());
                Assert.True(made?.GetValue(LogField.SourceIP) is not string address
                    || System.Net.IPAddress.TryParse(address, out _));
                Assert.True(made is null || made.GetProperties().Count >= 0);
            }
        }
    }
}
