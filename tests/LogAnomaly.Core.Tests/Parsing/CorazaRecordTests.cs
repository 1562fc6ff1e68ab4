using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class CorazaRecordTests
{
    private const string Start =
        """{"level":"error","ts":1700758468.3,"logger":"http.handlers.waf","msg":"[client \"192.0.2.7\"] Coraza: """;
    private const string End =
        """[id \"930130\"] [msg \"Restricted file\"] [severity \"critical\"] [uri \"/.env\"] [unique_id \"x\"]\n"}""";

    [Theory]
    [InlineData("Warning. Matched. ", "rule_matched", Outcome.Unknown)]
    [InlineData("Access denied (phase 1). Matched. ", "request_blocked", Outcome.Failure)]
    public void The_message_of_Coraza_gives_client_rule_and_what_was_done(string text, string action, Outcome outcome)
    {
        LogEvent? made = Sample.Parse(new JsonFormat(), Start + text + End);
        Assert.NotNull(made);
        Assert.Equal("192.0.2.7", made.GetValue(LogField.SourceIP));
        Assert.Equal("intrusion_detection", made.GetValue(LogField.Category));
        Assert.Equal(action, made.GetValue(LogField.Action));
        Assert.Equal(outcome, made.GetValue(LogField.Outcome));
        Assert.Equal("930130", made.GetValue(LogField.RuleId));
        Assert.Equal("/.env", made.GetValue(LogField.UrlPath));
    }

    [Fact]
    public void A_message_that_only_speaks_of_a_client_gives_none()
    {
        LogEvent? made = Sample.Parse(
            new JsonFormat(), """{"level":"error","msg":"[client \"192.0.2.7\"] was slow"}""");
        Assert.NotNull(made);
        Assert.Null(made.GetValue(LogField.SourceIP));
    }
}
