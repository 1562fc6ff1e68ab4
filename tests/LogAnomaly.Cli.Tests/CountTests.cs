using System.Text.Json;
using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class CountTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_holds_the_counts_of_all_files_together()
    {
        string first = _folder.Write(
            "access.log", TestFolder.AccessLine + "\n" + TestFolder.AccessLine + "\nnonsense\n\n");
        string second = _folder.Write("error.log", TestFolder.ErrorLine + "\n");

        CliRun run = CliRun.Of("parse", first, second, "--count", "--json");

        JsonElement counts = Assert.Single(run.Objects);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(4, counts.GetProperty("EventCount").GetInt64());
        Assert.Equal(2 * 2326, counts.GetProperty("BytesSent").GetInt64());
        Assert.Equal(
            [("Access", 2), ("ApacheError", 1), ("Unparsed", 1)],
            counts.GetProperty("Kinds").EnumerateArray()
                .Select(kind => (kind.GetProperty("Name").GetString()!, kind.GetProperty("Count").GetInt32()))
                .OrderBy(kind => kind.Item2 == 2 ? "" : kind.Item1, StringComparer.Ordinal));
        Assert.Equal([[4, 2, 1, 1], [1, 1, 0, 0], [5, 3, 1, 1]], Padded(run.Accounts()));
    }

    [Fact]
    public void Text_tells_how_many_events_there_are_and_of_what()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n" + TestFolder.AccessLine + "\n");

        CliRun run = CliRun.Of("parse", path, "--count");

        Assert.Matches(@"events\s+2\n", run.Output);
        Assert.Matches(@"statuses\s+404 2\n", run.Output);
        Assert.Matches(@"methods\s+GET 2\n", run.Output);
        Assert.DoesNotContain("192.0.2.7", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Filters_count_too()
    {
        string path = _folder.Write(
            "access.log", TestFolder.AccessLine + "\n"
                + TestFolder.AccessLine.Replace(" 404 ", " 500 ", StringComparison.Ordinal) + "\n");

        CliRun run = CliRun.Of("parse", path, "--count", "--json", "--minimum-level", "error");

        Assert.Equal(1, Assert.Single(run.Objects).GetProperty("EventCount").GetInt64());
    }

    [Theory]
    [InlineData("--csv")]
    [InlineData("--templates")]
    public void What_prints_events_excludes_the_count(string option)
    {
        CliRun run = CliRun.Of("parse", _folder.Write("x.txt", "x\n"), "--count", option);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains("--count", run.Error, StringComparison.Ordinal);
    }

    // The sum stands under the accounts of several files; where it does not, it is added here.
    private static List<long[]> Padded(IReadOnlyList<long[]> accounts) => accounts.Count == 3
        ? [.. accounts]
        : [.. accounts, [.. Enumerable.Range(0, 4).Select(column => accounts.Sum(account => account[column]))]];
}
