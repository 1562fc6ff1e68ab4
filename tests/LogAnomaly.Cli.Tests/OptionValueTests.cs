using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class OptionValueTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string, string, string> WrongNumbers
    {
        get
        {
            (string Command, string Option)[] options =
            [
                ("find", "--top"), ("find", "--minimum-score"), ("find", "--seed"),
                ("report", "--top"), ("report", "--minimum-score"), ("report", "--seed"),
                ("templates", "--top"),
                ("new-log", "--count"), ("new-log", "--anomaly-rate"), ("new-log", "--seed"), ("new-log", "--days"),
                ("new-log", "--incidents"),
            ];
            TheoryData<string, string, string> data = [];
            foreach ((string command, string option) in options)
            {
                foreach (string value in (string[])["abc", "", " ", "99999999999", "1e999", "0x10", "NaN"])
                {
                    data.Add(command, option, value);
                }
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WrongNumbers))]
    public void A_value_that_is_no_number_in_range_is_refused_in_one_line(string command, string option, string value)
    {
        CliRun run = CliRun.Of(Arguments(command, option, value));

        AssertRefused(run, option);
    }

    [Theory]
    [InlineData("find", "--top", "-1")]
    [InlineData("report", "--top", "0")]
    [InlineData("find", "--minimum-score", "-0.1")]
    [InlineData("find", "--minimum-score", "33,5")]
    [InlineData("new-log", "--count", "0")]
    [InlineData("new-log", "--anomaly-rate", "0.6")]
    public void A_number_out_of_range_is_refused_in_one_line(string command, string option, string value)
    {
        AssertRefused(CliRun.Of(Arguments(command, option, value)), option);
    }

    [Theory]
    [InlineData("find", "--source-ip")]
    [InlineData("find", "--user-name")]
    [InlineData("find", "--host-name")]
    [InlineData("find", "--program")]
    [InlineData("find", "--match")]
    [InlineData("find", "--after")]
    [InlineData("find", "--before")]
    [InlineData("find", "--minimum-level")]
    [InlineData("find", "--format")]
    [InlineData("find", "--time-zone")]
    [InlineData("find", "--reference-time")]
    [InlineData("report", "--output")]
    [InlineData("report", "-o")]
    [InlineData("new-log", "--path")]
    [InlineData("new-log", "--difficulty")]
    [InlineData("new-log", "--scenario")]
    [InlineData("new-log", "--type")]
    [InlineData("new-log", "--start")]
    public void An_empty_value_is_refused_in_one_line(string command, string option)
    {
        AssertRefused(CliRun.Of(Arguments(command, option, "")), option == "-o" ? "--output" : option);
    }

    [Fact]
    public void An_empty_title_is_no_title()
    {
        string page = _folder.PathOf("page.html");

        Assert.Equal(0, CliRun.Of([.. Arguments("report", "--title", ""), "--output", page]).ExitCode);
        Assert.Contains("<title>LogAnomaly report</title>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_in_range_are_taken()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n");

        Assert.Equal(0, CliRun.Of("find", path, "--minimum-score", "33.5", "--seed", "-7", "--top", "3").ExitCode);
        CliRun made = CliRun.Of("new-log", "--count", "40", "--anomaly-rate", "0.25", "--seed", "-1", "--json");
        Assert.Equal(40, made.Objects.Count);
        Assert.Equal(10, made.Objects.Count(line => line.TryGetProperty("Label", out _)));
    }

    private static void AssertRefused(CliRun run, string option)
    {
        string[] lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("loganomaly: ", lines[0], StringComparison.Ordinal);
        Assert.Contains(option, lines[0], StringComparison.Ordinal);

        // The second line, where there is one, leads to the help.
        Assert.All(lines.Skip(1), line => Assert.Contains("--help", line, StringComparison.Ordinal));
        Assert.InRange(lines.Length, 1, 2);
    }

    private string[] Arguments(string command, string option, string value) => command == "new-log"
        ? [command, option, value]
        : [command, _folder.Write("access.log", TestFolder.AccessLine + "\n"), option, value];
}
