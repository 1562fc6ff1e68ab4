using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class AuthFormatTests
{
    [Fact]
    public void Every_sample_line_gives_the_event_that_its_table_says()
    {
        List<string> wrong = [];
        foreach ((string program, string message, string expected) in AuthSamples.All)
        {
            string found = AuthLine.Describe(AuthLine.Auth(program, message));
            if (found != expected)
            {
                wrong.Add($"{message}\n  expected {expected}\n  found    {found}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void A_failure_is_a_warning_and_anything_else_informational()
    {
        Assert.Equal(LogLevel.Warning, AuthLine.Sshd("Invalid user bob from 192.0.2.7").Level);
        Assert.Equal(
            LogLevel.Informational, AuthLine.Sshd("Accepted password for ann from 192.0.2.7 port 5 ssh2").Level);
    }

    [Fact]
    public void The_level_of_the_line_goes_before_that_of_the_outcome()
    {
        LogEvent? made = AuthLine.Parse("<35>Jun  3 08:01:02 web1 sshd[1]: Invalid user bob from 192.0.2.7");
        Assert.Equal(LogLevel.Error, made!.Level);
        Assert.Equal(LogLevel.Notice, AuthLine.Sshd("[ID 800047 auth.notice] Invalid user bob from 192.0.2.7").Level);
    }

    [Fact]
    public void The_message_is_a_slice_without_the_header()
    {
        Assert.Equal("Invalid user bob from 192.0.2.7", AuthLine.Sshd("Invalid user bob from 192.0.2.7").Message);
    }

    [Fact]
    public void A_program_that_is_not_about_authentication_gives_a_system_event()
    {
        LogEvent? made = AuthLine.Parse("Jun  3 08:01:02 web1 postfix/smtpd[3]: connect from unknown[192.0.2.7]");
        Assert.Equal(LogKind.System, made!.Kind);
        Assert.Null(made.Level);
    }

    [Fact]
    public void A_line_of_a_server_that_tells_of_no_login_gives_a_system_event()
    {
        foreach ((string program, string message) in ServiceSamples.Plain)
        {
            LogEvent? made = AuthLine.Parse($"Jun  3 08:01:02 web1 {program}: {message}");
            Assert.True(made is { Kind: LogKind.System }, message);
            Assert.Equal(message, made!.Message);
        }
    }

    [Fact]
    public void A_login_after_an_ignored_key_file_ends_without_a_failure()
    {
        ParseContext context = AuthLine.NewContext();
        string[] messages =
        [
            "Authentication refused: bad ownership or modes for directory /home/ann",
            "User ann not allowed because account is locked",
            "Accepted password for ann from 192.0.2.7 port 22 ssh2",
            "Connection closed by 192.0.2.7 port 22",
        ];
        List<LogEvent?> made = [.. messages.Select(m => AuthLine.Parse($"Jun  3 08:01:02 web1 sshd[5]: {m}", context))];
        Assert.DoesNotContain(made, e => ((AuthEvent)e!).Outcome == Outcome.Failure);
    }

    [Fact]
    public void Both_formats_give_the_same_event()
    {
        LogLine line = LogLine.FromString("Jun  3 08:01:02 web1 su[5]: Successful su for root by ann");
        AuthEvent auth = Assert.IsType<AuthEvent>(new AuthFormat().Parse(line, AuthLine.NewContext()));
        AuthEvent syslog = Assert.IsType<AuthEvent>(new SyslogFormat().Parse(line, AuthLine.NewContext()));
        Assert.Equal(AuthLine.Describe(syslog), AuthLine.Describe(auth));
        Assert.Equal(("auth", "syslog"), (new AuthFormat().Name, new SyslogFormat().Name));
    }

    [Theory]
    [InlineData("Invalid user root from 10.9.9.9 from 192.0.2.7 port 22", "root from 10.9.9.9")]
    [InlineData("Invalid user  from 192.0.2.7 port 22", "")]
    [InlineData("Invalid user a port 1 ssh2 from 192.0.2.7 port 22", "a port 1 ssh2")]
    [InlineData("Invalid user \"q\\' from 192.0.2.7 port 22", "\"q\\'")]
    [InlineData("Invalid user a\u0001\u001b[31m from 192.0.2.7 port 22", "a\u0001\u001b[31m")]
    [InlineData("Failed password for invalid user x from 10.9.9.9 port 5 ssh2 from 192.0.2.7 port 22 ssh2",
        "x from 10.9.9.9 port 5 ssh2")]
    [InlineData("Failed password for invalid user x from 10.9.9.9 port 5 ssh2: y from 192.0.2.7 port 22 ssh2",
        "x from 10.9.9.9 port 5 ssh2: y")]
    [InlineData("Failed password for invalid user from 10.9.9.9 from 192.0.2.7 port 22 ssh2", "from 10.9.9.9")]
    [InlineData("Failed password for root from 192.0.2.7 port 22 ssh2: ruser x from 10.9.9.9 port 5 ssh2", "root")]
    [InlineData(
        "Failed hostbased for ann from 192.0.2.7 port 22 ssh2: RSA 00, client user \"a from 10.9.9.9 port 5 ssh2\", client host \"b\"",
        "ann")]
    [InlineData("Connection closed by invalid user a 10.9.9.9 port 5 192.0.2.7 port 22 [preauth]", "a 10.9.9.9 port 5")]
    [InlineData(
        "Disconnecting invalid user a 10.9.9.9 port 5: b 192.0.2.7 port 22: Too many authentication failures [preauth]",
        "a 10.9.9.9 port 5: b")]
    [InlineData(
        "Disconnecting invalid user a 192.0.2.7 port 22: Change of username or service not allowed: (a,ssh-connection) -> (z 10.9.9.9 port 5: q,ssh-connection) [preauth]",
        "a")]
    public void A_name_that_the_client_chose_never_shifts_its_address(string message, string user)
    {
        AuthEvent made = AuthLine.Sshd(message);
        Assert.Equal((user, "192.0.2.7", 22), (made.UserName, made.SourceIP, made.SourcePort));
    }

    [Theory]
    [InlineData("ruser=a rhost=10.9.9.9 rhost=192.0.2.7", "a rhost=10.9.9.9")]
    [InlineData("ruser= rhost=192.0.2.7  user=a rhost=10.9.9.9", "a rhost=10.9.9.9")]
    [InlineData("ruser=a rhost=10.9.9.9  user=b rhost=192.0.2.7  user=a rhost=10.9.9.9  user=b",
        "a rhost=10.9.9.9  user=b")]
    public void A_name_in_a_line_of_PAM_never_shifts_its_address(string fields, string user)
    {
        AuthEvent made = AuthLine.Auth(
            "vsftpd", $"pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp {fields}");
        Assert.Equal((user, "192.0.2.7"), (made.UserName, made.SourceIP));
    }

    [Fact]
    public void A_name_that_is_not_UTF8_leaves_the_address_alone()
    {
        byte[] bytes = [.. "Jun  3 08:01:02 web1 sshd[1]: Invalid user "u8, 0xFF, 0xC3, .. " from 192.0.2.7 port 22"u8];
        AuthEvent made = Assert.IsType<AuthEvent>(
            new AuthFormat().Parse(new LogLine(bytes, 0, bytes.Length, 1, 0), AuthLine.NewContext()));
        Assert.Equal(("\uFFFD\uFFFD", "192.0.2.7"), (made.UserName, made.SourceIP));
    }
}
