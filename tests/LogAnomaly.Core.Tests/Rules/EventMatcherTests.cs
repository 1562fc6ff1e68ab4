using LogAnomaly.Rules;
using static LogAnomaly.Tests.Rules.RuleSamples;

namespace LogAnomaly.Tests.Rules;

public class EventMatcherTests
{
    private static readonly List<LogEvent> s_access = Read(Access);
    private static readonly List<LogEvent> s_auth = Read(Auth);
    private static readonly List<LogEvent> s_records = Read(Records);
    private static readonly List<LogEvent> s_windows = Read(Windows);

    [Theory]
    [InlineData("sc-status", "Equals", "401", true)]
    [InlineData("StatusCode", "Equals", "401.0", true)]
    [InlineData("StatusCode", "Equals", "0x191", false)]
    [InlineData("StatusCode", "StartsWith", "40", true)]
    [InlineData("StatusCode", "GreaterOrEqual", "401", true)]
    [InlineData("StatusCode", "Less", "401", false)]
    [InlineData("event.outcome", "Equals", "FAILURE", true)]
    [InlineData("Level", "Equals", "warning", true)]
    [InlineData("cs-method", "Equals", "post", true)]
    [InlineData("UrlPath", "Equals", "/WP-LOGIN.php", true)]
    [InlineData("UrlQuery", "Contains", "redirect", true)]
    [InlineData("UrlPath", "Contains", "redirect", false)]
    [InlineData("UrlDecoded", "EndsWith", "/wp-admin", true)]
    [InlineData("c-uri-extension", "Equals", "php", true)]
    [InlineData("User-Agent", "StartsWith", "Curl/", true)]
    [InlineData("c-ip", "Cidr", "192.0.2.0/29", true)]
    [InlineData("c-ip", "Cidr", "192.0.2.8/29", false)]
    [InlineData("c-ip", "Cidr", "::ffff:192.0.2.0/120", true)]
    [InlineData("c-ip", "Cidr", "::/0", false)]
    [InlineData("Source", "Equals", "192.0.2.7", true)]
    [InlineData("Account", "Equals", "alice", true)]
    [InlineData("Url", "Like", "/wp-*.php?redirect*", true)]
    [InlineData("Url", "Like", "/wp-*.php", false)]
    [InlineData("Url", "Like", @"/wp-login.php\?*", true)]
    [InlineData("Url", "Like", @"/wp-login.php\*", false)]
    [InlineData("Url", "Regex", @"^/wp-\w+\.php", true)]
    [InlineData("Url", "Regex", "WP-LOGIN", false)]
    [InlineData("Url", "Regex", "(?i)WP-LOGIN", true)]
    [InlineData("Url", "Regex", @"(p).*\1", true)]
    [InlineData("Url", "Exists", "", true)]
    [InlineData("Url", "IsNull", "", false)]
    [InlineData("nosuchfield", "IsNull", "", true)]
    [InlineData("nosuchfield", "Missing", "", true)]
    [InlineData("nosuchfield", "Exists", "", false)]
    [InlineData("nosuchfield", "Equals", "", false)]
    [InlineData(null, "Contains", "post /WP-LOGIN", true)]
    [InlineData(null, "Contains", "\" 401 1024 \"", true)]
    [InlineData(null, "Contains", "alice", true)]
    [InlineData(null, "Contains", "mar/2026", true)]
    [InlineData(null, "Contains", "curly", false)]
    [InlineData(null, "Like", "wp-login*curl", true)]
    [InlineData(null, "Equals", "curl/8.5.0", true)]
    public void A_request_passes_the_tests_that_its_fields_pass(
        string? field, string test, string value, bool isPassed) =>
        Assert.Equal(isPassed, Holds(s_access[1], field, Enum.Parse<TestOperator>(test), value));

    [Fact]
    public void Case_counts_only_where_the_rule_says_so()
    {
        FieldTest test = new("UserAgent", TestOperator.Contains, "CURL");
        Assert.True(Holds(s_access[1], test));
        Assert.False(Holds(s_access[1], test with { IsCaseSensitive = true }));
        Assert.True(Holds(s_access[1], test with { IsCaseSensitive = true, Value = "curl" }));
    }

    [Fact]
    public void A_url_is_decoded_before_it_is_tested() =>
        Assert.True(Holds(s_access[2], "UrlDecoded", TestOperator.Equals, "/a/../../etc/passwd"));

    [Theory]
    [InlineData("Minute", "59", true)]
    [InlineData("Hour", "23", true)]
    [InlineData("Hour", "22", false)]
    [InlineData("Day", "2", true)]
    [InlineData("Week", "10", true)]
    [InlineData("Month", "3", true)]
    [InlineData("Year", "2026", true)]
    public void A_part_of_the_time_is_that_of_the_zone_of_the_log(string part, string value, bool isPassed) =>
        Assert.Equal(
            isPassed,
            Holds(
                s_access[3],
                new FieldTest("Timestamp", TestOperator.Equals, value) { TimePart = Enum.Parse<TimePart>(part) }));

    [Theory]
    [InlineData("tags", "Equals", "beta", true)]
    [InlineData("tags", "StartsWith", "alph", true)]
    [InlineData("tags", "Contains", "gamma", false)]
    [InlineData("tags", "Exists", "", true)]
    [InlineData("ok", "Equals", "true", true)]
    [InlineData("count", "Equals", "403", true)]
    [InlineData("path", "Equals", "/srv/x", true)]
    [InlineData("user", "Equals", "BOB", true)]
    public void A_record_gives_its_own_values_and_any_element_of_a_list(
        string field, string test, string value, bool isPassed) =>
        Assert.Equal(isPassed, Holds(s_records[0], field, Enum.Parse<TestOperator>(test), value));

    [Theory]
    [InlineData("code", "Equals", "0X10", true)]
    [InlineData("code", "Equals", "16", false)]
    [InlineData("code", "Greater", "15", false)]
    [InlineData("ratio", "Equals", "0.50", true)]
    [InlineData("ratio", "Less", "1", true)]
    [InlineData("note", "IsNull", "", true)]
    [InlineData("note", "Exists", "", true)]
    [InlineData("ok", "Equals", "False", true)]
    public void Text_that_looks_like_a_number_in_hexadecimal_stays_text(
        string field, string test, string value, bool isPassed) =>
        Assert.Equal(isPassed, Holds(s_records[1], field, Enum.Parse<TestOperator>(test), value));

    [Fact]
    public void Two_fields_are_compared()
    {
        Assert.True(Holds(s_access[1], "Url", TestOperator.FieldContains, "UrlPath"));
        Assert.True(Holds(s_access[1], "Url", TestOperator.FieldStartsWith, "UrlPath"));
        Assert.True(Holds(s_access[1], "Url", TestOperator.FieldEndsWith, "UrlQuery"));
        Assert.False(Holds(s_access[1], "Url", TestOperator.FieldEquals, "UrlPath"));
        Assert.True(Holds(s_access[1], "StatusCode", TestOperator.FieldEquals, "sc-status"));
        Assert.False(Holds(s_access[1], "Url", TestOperator.FieldContains, "nosuchfield"));
    }

    [Fact]
    public void A_windows_record_answers_by_its_own_names()
    {
        Assert.True(Holds(s_windows[0], "TargetUserName", TestOperator.Equals, "bob"));
        Assert.True(Holds(s_windows[0], "EventID", TestOperator.Equals, "4625"));
        Assert.True(Holds(s_windows[1], "User", TestOperator.EndsWith, @"\bob"));
        Assert.True(Holds(s_windows[2], "Image", TestOperator.EndsWith, @"\net.exe"));
    }

    [Fact]
    public void Matches_come_ascending_and_what_the_list_held_is_dropped()
    {
        FieldTest yes = new("StatusCode", TestOperator.Equals, "401");
        FieldTest no = new("StatusCode", TestOperator.Equals, "200");
        LogRule[] rules =
            [.. Enumerable.Range(0, 130).Select(i => Rule(i % 3 == 0 ? yes : new NotOf(i % 2 == 0 ? no : yes)))];
        List<int> matched = [7, 7, 7];
        new EventMatcher(rules).Match(s_access[1], matched);
        Assert.Equal(Enumerable.Range(0, 130).Where(i => i % 3 == 0 || i % 2 == 0), matched);
    }

    [Fact]
    public void Rules_without_a_condition_match_nothing() => Assert.False(Holds(s_access[0], null!, null));

    [Fact]
    public void Rules_that_need_something_rare_are_not_tried_on_quiet_events()
    {
        LogRule[] rules =
        [
            Rule(new FieldTest("Url", TestOperator.Contains, "wp-login")),
            Rule(new FieldTest("UrlDecoded", TestOperator.Regex, @"(?i)union\s+select")),
            Rule(new AllOf([
                new FieldTest("UserAgent", TestOperator.Exists, ""),
                new FieldTest("UserAgent", TestOperator.Like, "sqlmap*"),
            ])),
            Rule(new AnyOf([
                new FieldTest(null, TestOperator.Contains, "evil.example"),
                new FieldTest("StatusCode", TestOperator.Equals, "500"),
            ])),
        ];
        EventMatcher matcher = new(rules);
        List<int> matched = [];
        matcher.Match(s_access[0], matched);
        Assert.Equal(0, matcher.TrialCount);
        Assert.Equal(0, matcher.CountOfUnfiltered(LogKind.Access));
        matcher.Match(s_access[3], matched);
        Assert.Equal([1, 3], matched);
        Assert.Equal(1, new EventMatcher([Rule(new NotOf(rules[0].Condition!))]).CountOfUnfiltered(LogKind.Access));
    }

    [Fact]
    public void A_regular_expression_that_takes_too_long_does_not_match()
    {
        LogEvent line = Read($"Mar  2 10:00:01 web app[1]: {new string('a', 60)}!\n")[0];
        Assert.False(Holds(line, "Message", TestOperator.Regex, @"^(?=a)(a+)+$"));
    }

    [Fact]
    public void Keywords_are_found_beyond_ascii() =>
        Assert.True(Holds(s_auth[7], null, TestOperator.Contains, "– ÜBER"));
}
