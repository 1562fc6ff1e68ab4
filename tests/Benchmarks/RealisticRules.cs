using LogAnomaly.Rules;

namespace LogAnomaly.Benchmarks;

/// <summary>About a hundred rules of the shape that rules for web, login and system logs have, with several hundred literals.</summary>
internal static class RealisticRules
{
    private static readonly string[] s_words =
    [
        "wp-config", "id_rsa", ".git/", ".env", "passwd", "union select", "sleep(", "<script", "../..", "cmd.exe", "jndi:", "eval(",
        "base64", "phpinfo", "shell", "backup", "admin", "config", "xmlrpc", "boot.ini", "web.xml", "actuator", "solr", "cgi-bin",
    ];

    private static readonly string[] s_actions =
    [
        "ssh_login", "sudo_command", "user_added", "user_deleted", "group_member_added", "password_changed", "su_session", "cron_edit",
        "session_opened", "account_locked", "ssh_disconnect", "ssh_scan", "service_failed", "out_of_memory", "packet_blocked",
    ];

    /// <summary>Makes the rules.</summary>
    /// <returns>The rules.</returns>
    public static IReadOnlyList<LogRule> Make()
    {
        List<LogRule> rules = [];
        string[] fields = ["UrlDecoded", "UrlPath", "UserAgent", "Url", "UrlQuery"];
        for (int i = 0; i < 50; i++)
        {
            string field = fields[i % fields.Length];
            int number = i;
            RuleCondition[] literals =
            [
                .. Enumerable.Range(0, 10).Select(k => new FieldTest(
                    field, TestOperator.Contains, FormattableString.Invariant($"{s_words[(number + k) % s_words.Length]}{number * k}"))),
            ];
            RuleCondition any = new AnyOf(literals);
            RuleCondition condition = (i % 4) switch
            {
                0 => new AllOf([any, new FieldTest("StatusCode", TestOperator.Less, "400")]),
                1 => new AllOf([any, new NotOf(new FieldTest("SourceIP", TestOperator.Cidr, "10.0.0.0/8"))]),
                2 => new AnyOf([any, new FieldTest(field, TestOperator.Regex, FormattableString.Invariant($"(?i)exec{i}\\s*\\("))]),
                _ => any,
            };
            rules.Add(Rule(condition, new RuleLogSource(null, "webserver")));
        }

        for (int i = 0; i < 50; i++)
        {
            RuleCondition condition = (i % 5) switch
            {
                0 => new AllOf([Test("event.category", "authentication"), Test("event.action", s_actions[i % s_actions.Length]), Test("event.outcome", "failure")]),
                1 => new AnyOf([.. Enumerable.Range(0, 4).Select(k => new FieldTest("Message", TestOperator.Contains, $"fatal: {s_words[(i + k) % s_words.Length]}"))]),
                2 => new AnyOf([.. Enumerable.Range(0, 6).Select(k => new FieldTest(null, TestOperator.Contains, $"{s_words[(i + (3 * k)) % s_words.Length]} refused"))]),
                3 => new AllOf([Test("Action", s_actions[(i * 7) % s_actions.Length]), new FieldTest("Command", TestOperator.Contains, s_words[i % s_words.Length])]),
                _ => new AllOf([Test("event.action", s_actions[(i * 3) % s_actions.Length]), Test("UserName", "root")]),
            };
            string? service = (i % 3) switch
            {
                0 => "sshd",
                1 => "auth",
                _ => null,
            };
            rules.Add(Rule(condition, new RuleLogSource("linux", null, service)));
        }

        return rules;
    }

    private static FieldTest Test(string field, string value) => new(field, TestOperator.Equals, value);

    private static LogRule Rule(RuleCondition condition, RuleLogSource source) =>
        new() { Id = "BENCH-01", Title = "shape of a rule", Condition = condition, LogSource = source };
}
