using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class ApacheAuthTests
{
    [Theory]
    [InlineData("[auth_basic:error]", "AH01618: user bob not found: /a", "authentication http_login Failure bob")]
    [InlineData("[auth_basic:error]", "AH01617: user ann: authentication failure for \"/a\": Password Mismatch",
        "authentication http_login Failure ann")]
    [InlineData("[auth_basic:error]",
        "AH01614: client used wrong authentication scheme: /a", "authentication http_login Failure ")]
    [InlineData("[auth_form:error]", "AH01807: user 'ann': authentication failure for \"/a\": password Mismatch",
        "authentication http_login Failure ann")]
    [InlineData("[auth_digest:error]",
        "AH01790: user `bob' in realm `a `b' c' not found: /a", "authentication http_login Failure bob")]
    [InlineData("[auth_digest:error]",
        "AH01791: user `ann' in realm `x' denied by provider: /a", "authentication http_login Failure ann")]
    [InlineData("[auth_digest:error]",
        "AH01792: user ann: password mismatch: /a", "authentication http_login Failure ann")]
    [InlineData("[auth_digest:error]", "AH01793: invalid qop `x' received: /a", "authentication http_login Failure ")]
    [InlineData("[auth_digest:error]",
        "AH01788: realm mismatch - got `a' but expected `b'", "authentication http_login Failure ")]
    [InlineData("[auth_digest:error]",
        "AH01789: unknown algorithm `x' received: /a", "authentication http_login Failure ")]
    [InlineData("[auth_digest:error]", "AH01774: Warning, possible replay attack: nonce-count check failed: 1 != 2",
        "authentication http_login Failure ")]
    [InlineData("[auth_digest:error]",
        "AH01777: invalid nonce x received - user attempted time travel", "authentication http_login Failure ")]
    [InlineData(
        "[auth_digest:error]",
        "AH01775: invalid nonce 'x' received - length is not 52 or time encoding is incorrect",
        "authentication http_login Failure ")]
    [InlineData("[auth_digest:error]",
        "AH01776: invalid nonce x received - hash is not y", "authentication http_login Unknown ")]
    [InlineData(
        "[auth_digest:info]",
        "AH01778: user ann: nonce expired (301.00 seconds old - max lifetime 300.00) - sending new nonce",
        "authentication http_login Unknown ann")]
    [InlineData("[auth_digest:info]",
        "AH01779: user ann: one-time-nonce mismatch - sending new nonce", "authentication http_login Unknown ann")]
    [InlineData("[auth_digest:error]",
        "AH01785: uri mismatch - </a> does not match request-uri </b>", "authentication http_login Failure ")]
    [InlineData("[auth_bearer:error]", "AH10425: bearer token x: authentication failure for \"/a\": Token Rejected",
        "authentication http_login Failure ")]
    [InlineData(
        "[authnz_ldap:info]",
        "AH01695: auth_ldap authenticate: user ann authentication failed; URI /a [User not found][No such object]",
        "authentication http_login Failure ann")]
    [InlineData("[authz_core:error]",
        "AH01631: user ann: authorization failure for \"/a\": ", "authentication http_authorization Failure ann")]
    [InlineData(
        "[authz_owner:error]",
        "AH01637: Authorization of user ann to access /a failed, reason: file owner x does not match",
        "authentication http_authorization Failure ann")]
    [InlineData("[authz_core:error]",
        "AH01629: authorization failure (no authenticated user): /a", "authentication http_authorization Failure ")]
    [InlineData("[authz_core:error]",
        "AH01630: client denied by server configuration: /srv/a", "web access_denied Failure ")]
    [InlineData("[access_compat:error]",
        "AH01797: client denied by server configuration: uri /a", "web access_denied Failure ")]
    [InlineData("[ssl:error]",
        "AH02031: Hostname a provided via SNI, but no hostname provided in HTTP request", "web access_denied Failure ")]
    [InlineData("[error]", "user bob not found: /a", "authentication http_login Failure bob")]
    [InlineData("[error]", "Digest: user ann: password mismatch: /a", "authentication http_login Failure ann")]
    [InlineData("[error]",
        "access to /a failed, reason: user ann not allowed access", "authentication http_authorization Failure ann")]
    [InlineData(
        "[error]",
        "access to /a failed, reason: user 'ann' does not meet 'require'ments for user/valid-user to be allowed access",
        "authentication http_authorization Failure ann")]
    [InlineData("[core:error]", "AH00126: Invalid URI in request GET x", "web - Unknown ")]
    [InlineData("[cgi:error]", "AH01215: user root not found: /a", "web - Unknown ")]
    [InlineData("[php:error]", "user root not found: /a", "web - Unknown ")]
    public void A_message_gives_its_meaning(string level, string message, string expected)
    {
        ApacheErrorEvent made = Parse(level, message);
        Assert.Equal(expected, $"{made.Category} {made.Action ?? "-"} {made.Outcome} {made.UserName}");
        Assert.Equal("192.0.2.7", made.SourceIP);
    }

    [Theory]
    [InlineData("AH01618: user root: authentication failure for \"/\": Password Mismatch not found: /a",
        "root: authentication failure for \"/\": Password Mismatch")]
    [InlineData("AH01618: user x not found: /b not found: /a", "x not found: /b")]
    [InlineData("AH01617: user root not found: /: authentication failure for \"/a\": Password Mismatch",
        "root not found: /")]
    [InlineData("AH01792: user a b'\": password mismatch: /a", "a b'\"")]
    [InlineData("AH01618: user [client 10.9.9.9] root not found: /a, referer: http://x/ not found: /",
        "[client 10.9.9.9] root")]
    [InlineData("AH01790: user `a' in realm `b' not found: /' in realm `r' not found: /a",
        "a' in realm `b' not found: /")]
    public void A_name_that_the_client_chose_never_gives_that_of_another(string message, string user)
    {
        ApacheErrorEvent made = Parse("[auth_basic:error]", message);
        Assert.Equal((user, "192.0.2.7"), (made.UserName, made.SourceIP));
    }

    [Fact]
    public void The_error_log_in_syslog_gives_the_same_event_from_every_format()
    {
        const string Line =
            "Jun  3 08:01:02 web1 httpd/a[77]: [auth_basic:error] [pid 78:tid 5] [client 192.0.2.7:4242] AH01618: user bob not found: /a";
        foreach (LogFormat format in (LogFormat[])[new ApacheErrorFormat(), new SyslogFormat(), new AuthFormat()])
        {
            ApacheErrorEvent made = Assert.IsType<ApacheErrorEvent>(Sample.Parse(format, Line));
            Assert.Equal(
                ("web1", "httpd/a", 78, "bob", Outcome.Failure),
                (made.HostName, made.Program, made.ProcessId!.Value, made.UserName, made.Outcome));
            Assert.Equal(
                ("auth_basic", "AH01618", "192.0.2.7", 4242),
                (made.Module, made.ErrorCode, made.SourceIP, made.SourcePort!.Value));
        }
    }

    private static ApacheErrorEvent Parse(string level, string message)
    {
        string line = $"[Thu Sep 30 13:27:06 2021] {level} [client 192.0.2.7] {message}";
        return Assert.IsType<ApacheErrorEvent>(Sample.Parse(new ApacheErrorFormat(), line));
    }
}
