using System.Diagnostics;
using System.Text;
using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class FollowTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_checkpoint_lets_the_next_run_go_on()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n" + TestFolder.AccessLine + "\n");
        string state = Path.Combine(Path.GetDirectoryName(path)!, "state.json");
        Assert.Equal([1, 2], Numbers(CliRun.Of("parse", path, "--json", "--checkpoint", state)));
        Assert.Empty(Numbers(CliRun.Of("parse", path, "--json", "--checkpoint", state)));
        File.Move(path, path + ".1");
        File.AppendAllText(path + ".1", TestFolder.AccessLine + "\n");
        File.WriteAllText(path, TestFolder.AccessLine.Replace("GET", "POST", StringComparison.Ordinal) + "\n");
        Assert.Equal([3, 1], Numbers(CliRun.Of("parse", path, "--json", "--checkpoint", state)));
    }

    [Fact]
    public void A_damaged_checkpoint_is_an_error()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n");
        string state = _folder.Write("state.json", "{");
        CliRun run = CliRun.Of("parse", path, "--checkpoint", state);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(state, run.Error, StringComparison.Ordinal);
        Assert.Equal("{", File.ReadAllText(state));
    }

    [Fact]
    public void Only_the_last_lines_are_read()
    {
        string path = _folder.Write("access.log", string.Concat(Enumerable.Repeat(TestFolder.AccessLine + "\n", 9)));
        Assert.Equal([8, 9], Numbers(CliRun.Of("parse", path, "--json", "--tail", "2")));
        Assert.Equal(2, CliRun.Of("parse", path, "--tail", "-1").ExitCode);
    }

    [Fact]
    public void Rotated_files_come_in_the_order_of_time()
    {
        string[] names = ["access.log", "access.log.1", "access.log.2", "access.log.10"];
        foreach (string name in names)
        {
            _folder.Write(name, TestFolder.AccessLine + name + "\n");
        }

        string pattern = Path.Combine(Path.GetDirectoryName(_folder.Write("x", ""))!, "access.log*");
        Assert.Equal(
            names.Reverse(),
            CliRun.Of("parse", pattern, "--json").Objects
                .Select(line => Path.GetFileName(line.GetProperty("Path").GetString())));
    }

    [Fact]
    public void The_encoding_is_named()
    {
        string path = _folder.Write("a.log", "");
        File.WriteAllBytes(path, [(byte)'M', 0xFC, (byte)'\n']);
        CliRun run = CliRun.Of("parse", path, "--json", "--encoding", "latin1");
        Assert.Equal("Mü", run.Objects[0].GetProperty("Raw").GetString());
        CliRun wrong = CliRun.Of("parse", path, "--encoding", "utf-99");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("utf-99", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_followed_is_told()
    {
        CliRun run = CliRun.With(Encoding.UTF8.GetBytes(TestFolder.AccessLine), "parse", "--follow");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("name files", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, CliRun.Of("parse", "x.log", "--follow", "--templates").ExitCode);
    }

    [Fact]
    public async Task Lines_are_printed_when_they_come_until_the_run_is_ended()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n");
        string state = Path.Combine(Path.GetDirectoryName(path)!, "state.json");
        using CancellationTokenSource source = new();
        Machine machine = new() { Cancellation = source.Token };
        Task<CliRun> running = Task.Run(
            () => CliRun.With(
                new MemoryStream(), true, machine, "parse", path, "--json", "--follow", "--checkpoint", state),
            TestContext.Current.CancellationToken);
        Stopwatch watch = Stopwatch.StartNew();
        while (!File.Exists(state) || !File.ReadAllText(state).Contains("\"line\": 1", StringComparison.Ordinal))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(10), "the first line was not read");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await File.AppendAllTextAsync(path, TestFolder.AccessLine + "\n", TestContext.Current.CancellationToken);
        while (!File.ReadAllText(state).Contains("\"line\": 2", StringComparison.Ordinal))
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(10), "the second line was not read");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await source.CancelAsync();
        CliRun run = await running.WaitAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal([1, 2], Numbers(run));
    }

    private static int[] Numbers(CliRun run) =>
        [.. run.Objects.Select(line => line.GetProperty("LineNumber").GetInt32())];
}
