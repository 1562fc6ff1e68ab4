using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class SshConnectionTests
{
    private readonly ParseContext _context = AuthLine.NewContext();

    [Fact]
    public void A_line_without_an_address_gets_that_of_its_connection()
    {
        Parse("Connection from 192.0.2.7 port 50022 on 10.0.0.1 port 22");
        AuthEvent made = Parse("Disconnecting: Too many authentication failures for root [preauth]");
        Assert.Equal(("192.0.2.7", 50022, Outcome.Failure), (made.SourceIP, made.SourcePort, made.Outcome));
    }

    [Fact]
    public void Another_process_does_not_get_the_address()
    {
        Parse("Connection from 192.0.2.7 port 50022 on 10.0.0.1 port 22");
        AuthEvent made = Parse("Disconnecting: Too many authentication failures for root [preauth]", process: 2);
        Assert.Null(made.SourceIP);
        Assert.Equal(Outcome.Unknown, made.Outcome);
    }

    [Fact]
    public void The_same_process_id_on_another_host_or_after_a_long_silence_is_another_connection()
    {
        Parse("Connection from 192.0.2.7 port 50022");
        AuthEvent later = Assert.IsType<AuthEvent>(
            AuthLine.Parse(
                "Jun  3 09:01:02 web1 sshd[1]: fatal: Unable to negotiate a key exchange method [preauth]", _context));
        Assert.Null(later.SourceIP);
        Parse("Connection from 192.0.2.7 port 50022");
        AuthEvent other = Assert.IsType<AuthEvent>(
            AuthLine.Parse(
                "Jun  3 08:01:02 web2 sshd[1]: fatal: Unable to negotiate a key exchange method [preauth]", _context));
        Assert.Null(other.SourceIP);
    }

    [Fact]
    public void Another_source_is_another_connection()
    {
        Parse("Connection from 192.0.2.7 port 50022");
        _context.Source = new LogSource("y");
        Assert.Null(Parse("fatal: Unable to negotiate a key exchange method [preauth]").SourceIP);
    }

    [Fact]
    public void A_refused_password_is_one_failure_though_four_lines_tell_of_it()
    {
        Outcome[] outcomes =
        [
            Parse(
                "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root").Outcome,
            Parse("Failed password for root from 192.0.2.7 port 50022 ssh2").Outcome,
            Parse("Received disconnect from 192.0.2.7 port 50022:11: Bye Bye [preauth]").Outcome,
            Parse("Disconnected from authenticating user root 192.0.2.7 port 50022 [preauth]").Outcome,
        ];
        Assert.Equal([Outcome.Unknown, Outcome.Failure, Outcome.Unknown, Outcome.Unknown], outcomes);
    }

    [Fact]
    public void A_client_that_leaves_after_PAM_refused_it_has_failed_as_that_user()
    {
        Parse(
            "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=root");
        AuthEvent made = Parse("Connection closed by 192.0.2.7 port 50022 [preauth]");
        Assert.Equal((Outcome.Failure, "root"), (made.Outcome, made.UserName));
    }

    [Fact]
    public void A_user_who_was_let_in_after_a_refused_module_and_leaves_has_not_failed()
    {
        Parse(
            "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=192.0.2.7  user=ann");
        AuthEvent accepted = Parse("Accepted password for ann from 192.0.2.7 port 50022 ssh2");
        AuthEvent closed = Parse("Connection closed by 192.0.2.7 port 50022");
        Assert.Equal((Outcome.Success, "authentication"), (accepted.Outcome, accepted.Category));
        Assert.Equal((Outcome.Unknown, "session"), (closed.Outcome, closed.Category));
    }

    [Fact]
    public void A_known_client_goes_over_what_a_name_or_a_key_says()
    {
        Parse("Invalid user x from 192.0.2.7 port 22");
        AuthEvent made = Parse(
            "Failed publickey for invalid user x from 192.0.2.7 port 22 ssh2: RSA-CERT 00 ID k from 10.9.9.9 port 5 ssh2");
        Assert.Equal(("x", "192.0.2.7"), (made.UserName, made.SourceIP));
    }

    private AuthEvent Parse(string message, int process = 1) =>
        Assert.IsType<AuthEvent>(AuthLine.Parse($"Jun  3 08:01:02 web1 sshd[{process}]: {message}", _context));
}
