using System.Text.Json;
using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class StatsCommandTests : IDisposable
{
    private const string Other =
        "192.0.2.8 - - [10/Jan/2026:14:55:36 +0100] \"GET / HTTP/1.1\" 200 10 \"-\" \"curl/8.5.0\"";

    private readonly TestFolder _folder = new();
    private readonly string _log;

    public StatsCommandTests() =>
        _log = _folder.Write("access.log", $"{TestFolder.AccessLine}\n{TestFolder.AccessLine}\n{Other}\n");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_measurement_is_one_object()
    {
        CliRun run = CliRun.Of("stats", _log, "--json");
        JsonElement measured = Assert.Single(run.Objects);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3, measured.GetProperty("EventCount").GetInt64());
        Assert.Equal(2, measured.GetProperty("FailureCount").GetInt64());
        Assert.Equal("192.0.2.7", measured.GetProperty("Fields").EnumerateArray()
            .Single(field => field.GetProperty("Field").GetString() == "SourceIP").GetProperty("Top")[0]
            .GetProperty("Name").GetString());
    }

    [Fact]
    public void Groups_have_the_values_of_all_fields()
    {
        CliRun run = CliRun.Of("stats", _log, "--group-by", "SourceIP, StatusCode", "--json");
        Assert.Equal(
            ["192.0.2.7, 404", "192.0.2.8, 200"], run.Objects.Select(group => group.GetProperty("Name").GetString()));
        Assert.Equal([2, 1], run.Objects.Select(group => group.GetProperty("Count").GetInt32()));
    }

    [Theory]
    [InlineData("30m", 3)]
    [InlineData("00:30:00", 3)]
    [InlineData("1d", 1)]
    public void Intervals_are_as_long_as_asked_for(string length, int rows) =>
        Assert.Equal(rows, CliRun.Of("stats", _log, "--interval", length, "--json").Objects.Count);

    [Theory]
    [InlineData("0s")]
    [InlineData("m")]
    [InlineData("5x")]
    [InlineData("-00:05:00")]
    [InlineData("999999999999d")]
    public void What_is_no_length_is_refused(string length)
    {
        CliRun run = CliRun.Of("stats", _log, "--interval=" + length);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--interval", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_tells_the_main_numbers()
    {
        CliRun run = CliRun.Of("stats", _log);
        Assert.Contains("Events      3, 3 an hour", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void A_field_that_no_event_has_is_told() =>
        Assert.Contains("SoruceIP", CliRun.Of("stats", _log, "--group-by", "SoruceIP").Error, StringComparison.Ordinal);

    [Fact]
    public void Templates_are_compared_with_those_of_older_logs()
    {
        string older = _folder.Write("older.log", $"{TestFolder.ErrorLine}\n");
        string newer = _folder.Write(
            "newer.log",
            $"{TestFolder.ErrorLine}\n{TestFolder.ErrorLine.Replace("Invalid URI in request", "No such thing", StringComparison.Ordinal)}\n");
        CliRun run = CliRun.Of("templates", newer, "--diff", older, "--json");
        Assert.Equal(["New", "Same"], run.Objects.Select(change => change.GetProperty("State").GetString()));
        Assert.Contains("New", CliRun.Of("templates", newer, "--diff", older).Output, StringComparison.Ordinal);
    }
}
