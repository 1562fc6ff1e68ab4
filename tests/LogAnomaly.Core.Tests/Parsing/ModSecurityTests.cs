using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class ModSecurityTests
{
    private const string Record = """
        --a7f2b3c4-A--
        [27/Aug/2020:15:39:32 +0200] X0fU 192.0.2.1 54321 10.0.0.1 80
        --a7f2b3c4-B--
        POST /login?a=1 HTTP/1.1
        Host: www.b
        User-Agent: curl/7

        --a7f2b3c4-C--
        user=1
        --deadbeef-A--
        [27/Aug/2020:15:39:32 +0200] X0fU 9.9.9.9 54321 10.0.0.1 80
        --a7f2b3c4-F--
        HTTP/1.1 403 Forbidden
        Content-Length: 199

        --a7f2b3c4-H--
        Message: Warning. Pattern match "a" at ARGS:[id "3"]. [file "/r"] [id "1"] [msg "first"]
        Message: Access denied with code 403 (phase 2). Operator GE. [file "/r"] [id "2"] [msg "second"] [severity "CRITICAL"]
        Action: Intercepted (phase 2)
        --a7f2b3c4-Z--


        """;

    [Fact]
    public void The_sections_of_an_audit_log_become_one_request_whatever_its_body_says()
    {
        string second = Record.Replace("a7f2b3c4", "b8f2b3c4", StringComparison.Ordinal);
        List<LogEvent> events = Samples.Read(Record + second, out ParseLedger ledger);
        Assert.Equal("modsecurity-audit", ledger.Entries[0].Format);
        Assert.Equal(0, ledger.Entries[0].Unparsed);
        Assert.Equal(2, events.Count);
        AccessEvent made = Assert.IsType<AccessEvent>(events[0]);
        Assert.Equal("192.0.2.1", made.SourceIP);
        Assert.Equal(54321, made.SourcePort);
        Assert.Equal("X0fU", made.RequestId);
        Assert.Equal("POST", made.Method);
        Assert.Equal("/login", made.UrlPath);
        Assert.Equal("www.b", made.VirtualHost);
        Assert.Equal("curl/7", made.UserAgent);
        Assert.Equal(403, made.StatusCode);
        Assert.Equal(199, made.BytesSent);
        Assert.Equal("request_blocked", made.Action);
        Assert.Equal("2", made.RuleId);
        Assert.Equal("second", made.RuleName);
        Assert.Equal("intrusion_detection", made["event.category"]);
        Assert.Equal(Outcome.Failure, made.Outcome);
    }

    [Theory]
    [InlineData("Access denied with code 403 (phase 2).", "request_blocked", Outcome.Failure)]
    [InlineData("Warning.", "rule_matched", Outcome.Unknown)]
    public void A_message_in_an_apache_error_log_names_its_rule(string text, string action, Outcome outcome)
    {
        string line = "[Thu Sep 30 13:27:06.009964 2021] [:error] [pid 9] [client 192.0.2.1:5] [client 192.0.2.1] "
            + "ModSecurity: "
            + text
            + " Pattern match \"x\" at ARGS:[id \"1\"] [msg \"no\"] y. [file \"/r\"] [line \"4\"] [id \"930100\"] [msg \"Path (a)\"] "
            + "[data \"Matched \\\"] [id \\\"7\\\"]\"] [severity \"CRITICAL\"] [tag \"a\"] [tag \"b\"] [hostname \"h\"] [uri \"/u\"] [unique_id \"q\"]";
        ApacheErrorEvent made = Assert.IsType<ApacheErrorEvent>(Sample.Parse(new ApacheErrorFormat(), line));
        Assert.Equal("930100", made.RuleId);
        Assert.Equal("Path (a)", made.RuleName);
        Assert.Equal(action, made.Action);
        Assert.Equal(outcome, made.Outcome);
        Assert.Equal("intrusion_detection", made.Category);
        Assert.Equal("CRITICAL", made["severity"]);
        Assert.Equal("/u", made["uri"]);
        Assert.Equal("h", made["hostname"]);
        Assert.Equal("a, b", made["tag"]);
        Assert.Equal("192.0.2.1", made.SourceIP);
    }

    [Fact]
    public void Every_truncated_record_is_read_or_refused_without_a_fault()
    {
        ModSecurityAuditFormat format = new();
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(Record);
        int read = 0;
        for (int length = 1; length < bytes.Length; length++)
        {
            read += format.Parse(
                new LogLine(bytes, 0, length, 1, 0), Sample.NewContext()) is AccessEvent { Level: not null } ? 1 : 0;
        }

        Assert.InRange(read, 100, bytes.Length);
    }
}
