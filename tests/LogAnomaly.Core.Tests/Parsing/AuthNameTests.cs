using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>A name that an attacker chose stays a name, in what every family of programs writes.</summary>
public sealed class AuthNameTests
{
    private const string Client = "192.0.2.7";

    private static readonly string[] s_names =
    [
        "root from 10.9.9.9",
        "root from 10.9.9.9 port 5 ssh2",
        "a port 22 ssh2",
        "a b  c",
        "q'\"`",
        "x\\nJun  3 08:01:02 web1 sshd[1]: Accepted password for root from 10.9.9.9 port 5 ssh2",
        "x#012y",
        "x]: Accepted password for root from 10.9.9.9",
        "x\", rip=10.9.9.9",
        "x (10.9.9.9)",
        "x[10.9.9.9]",
        "x, y",
        "x : TTY=pts/0 ; USER=root ; COMMAND=/bin/sh",
        "\u4e2d\u6587 from 10.9.9.9",
    ];

    // The client's address and a port, if any, are those of the server.
    private static readonly (string Program, string Message)[] s_sourced =
    [
        ("sshd[1]", "Invalid user {0} from 192.0.2.7 port 4242"),
        ("sshd[1]", "Failed password for invalid user {0} from 192.0.2.7 port 4242 ssh2"),
        ("sshd[1]", "Connection closed by invalid user {0} 192.0.2.7 port 4242 [preauth]"),
        ("sshd[1]", "Disconnected from invalid user {0} 192.0.2.7 port 4242 [preauth]"),
        ("sshd[1]", "Disconnecting invalid user {0} 192.0.2.7 port 4242: Too many authentication failures [preauth]"),
        ("sshd[1]",
            "error: maximum authentication attempts exceeded for invalid user {0} from 192.0.2.7 port 4242 ssh2 [preauth]"),
        ("sshd[1]", "error: PAM: Authentication failure for illegal user {0} from 192.0.2.7"),
        ("sshd[1]",
            "ssh_dispatch_run_fatal: Connection from invalid user {0} 192.0.2.7 port 4242: Broken pipe [preauth]"),
        ("dropbear[1]", "Bad password attempt for '{0}' from 192.0.2.7:4242"),
        ("dropbear[1]", "Login attempt for nonexistent user '{0}' from 192.0.2.7:4242"),
        ("dropbear[1]",
            "Exit before auth from <192.0.2.7:4242>: (user '{0}', 3 fails): Max auth tries reached - user '{0}'"),
        ("vsftpd[1]", "[{0}] FAIL LOGIN: Client \"192.0.2.7\""),
        ("proftpd[1]",
            "web1 (a.example[192.0.2.7]): USER {0}: no such user found from a.example [192.0.2.7] to 10.0.0.1:21"),
        ("proftpd[1]", "web1 (a.example[192.0.2.7]) - USER {0} (Login failed): Incorrect password."),
        ("pure-ftpd", "(?@192.0.2.7) [WARNING] Authentication failed for user [{0}]"),
        ("dovecot",
            "imap-login: Disconnected (auth failed, 1 attempts in 2 secs): user=<{0}>, method=PLAIN, rip=192.0.2.7, lip=10.0.0.1, session=<a>"),
        ("dovecot", "auth: passwd-file({0},192.0.2.7,<a>): unknown user"),
        ("dovecot",
            "auth-worker(7): conn unix:auth-worker (pid=1,uid=2): auth-worker<3>: sql({0},192.0.2.7,<a>): Password mismatch"),
        ("postfix/smtpd[1]",
            "warning: a.example[192.0.2.7]: SASL LOGIN authentication failed: authentication failure, sasl_username={0}"),
        ("exim[1]",
            "plain authenticator failed for (x) [192.0.2.7]:4242: 535 Incorrect authentication data (set_id={0})"),
        ("imapd[1]", "LOGIN FAILED, user={0}, ip=[::ffff:192.0.2.7]"),
        ("imapd[1]", "Login failure user={0} host=a.example [192.0.2.7]"),
        ("login[1]", "FAILED LOGIN 1 FROM 192.0.2.7 FOR {0}, Authentication failure"),
        ("vsftpd[1]",
            "pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser={0} rhost=192.0.2.7"),
        ("vsftpd[1]",
            "pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser= rhost=192.0.2.7  user={0}"),
        ("login[1]", "pam_access(login:account): access denied for user `{0}' from `192.0.2.7'"),
        ("login[1]", "pam_abl(login:auth): Blocking access from 192.0.2.7 to service login, user {0}"),
    ];

    // Without an address: none may appear.
    private static readonly (string Program, string Message)[] s_local =
    [
        ("saslauthd[1]",
            "do_auth         : auth failure: [user={0}] [service=smtp] [realm=] [mech=pam] [reason=PAM auth error]"),
        ("login[1]", "FAILED LOGIN (1) on '/dev/tty1' FOR '{0}', Authentication failure"),
        ("login[1]", "pam_faillock(login:auth): Consecutive login failures for user {0} account temporarily locked"),
        ("login[1]", "pam_succeed_if(login:auth): requirement \"uid >= 1000\" not met by user \"{0}\""),
        ("vsftpd[1]", "pam_listfile(vsftpd:auth): Refused user {0} for service vsftpd"),
        ("unix_chkpwd[1]", "password check failed for user ({0})"),
    ];

    [Fact]
    public void No_name_shifts_the_address_or_itself()
    {
        List<string> wrong = [];
        foreach ((string program, string form) in s_sourced)
        {
            foreach (string name in s_names)
            {
                string message = form.Replace("{0}", name, StringComparison.Ordinal);
                AuthEvent made = AuthLine.Auth(program, message);
                bool isRight = made.SourceIP == Client && made.SourceHost is null && made.UserName == name
                    && made.Outcome == Outcome.Failure && made.SourcePort is null or 4242;
                wrong.AddRange(isRight ? [] : [$"{AuthLine.Describe(made)} <- {message}"]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void No_name_brings_an_address_of_its_own()
    {
        List<string> wrong = [];
        foreach ((string program, string form) in s_local)
        {
            foreach (string name in s_names)
            {
                AuthEvent made = AuthLine.Auth(program, form.Replace("{0}", name, StringComparison.Ordinal));
                bool isRight = made.SourceIP is null && made.SourceHost is null && made.UserName == name;
                wrong.AddRange(isRight ? [] : [$"{AuthLine.Describe(made)} <- {name} in {form}"]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("su[1]", "FAILED su for {0} by ann", "ann")]
    [InlineData("su[1]", "- pts/0 ann:{0}", "ann")]
    [InlineData("sudo", "ann : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/echo {0}", "ann")]
    [InlineData("sudo", "ann : unknown user {0} ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/echo", "ann")]
    [InlineData("pkexec[1]",
        "ann: Error executing command as another user: Not authorized [USER=root] [TTY=pts/0] [CWD=/] [COMMAND=/bin/echo {0}]", "ann")]
    [InlineData("polkitd[1]",
        "Operator of unix-session:2 FAILED to authenticate to gain authorization for action a.b for unix-process:1:2 [{0}] (owned by unix-user:ann)", "ann")]
    public void What_a_user_types_never_changes_who_it_is(string program, string form, string user)
    {
        Assert.All(s_names, name =>
        {
            AuthEvent made = AuthLine.Auth(program, form.Replace("{0}", name, StringComparison.Ordinal));
            Assert.Equal((user, Outcome.Failure), (made.UserName, made.Outcome));
            Assert.Null(made.SourceIP);
        });
    }
}
