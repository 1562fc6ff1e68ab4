using System.Text;
using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("parse")]
    [InlineData("find")]
    [InlineData("templates")]
    public void A_missing_file_is_an_error_and_the_others_are_read_all_the_same(string command)
    {
        string there = _folder.Write("access.log", TestFolder.AccessLine + "\n");
        string missing = _folder.PathOf("missing.log");

        CliRun run = CliRun.Of(command, missing, there);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(missing, run.Error, StringComparison.Ordinal);
        Assert.Contains("check the path", run.Error, StringComparison.Ordinal);
        Assert.Equal([1, 1, 0, 0], run.Accounts()[1]);
    }

    [Fact]
    public void A_report_of_nothing_but_a_missing_file_leaves_the_earlier_page()
    {
        string page = _folder.Write("page.html", "yesterday");

        Assert.Equal(2, CliRun.Of("report", _folder.PathOf("missing.log"), "--output", page).ExitCode);
        Assert.Equal("yesterday", File.ReadAllText(page));
    }

    [Fact]
    public void A_directory_is_an_error_that_tells_what_to_name()
    {
        _folder.Write("sub/access.log", TestFolder.AccessLine);

        CliRun run = CliRun.Of("parse", _folder.PathOf("sub"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("is a directory", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_matches_nothing_is_an_error()
    {
        CliRun run = CliRun.Of("parse", _folder.PathOf("*.log"));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("No file matches", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parse")]
    [InlineData("find")]
    [InlineData("templates")]
    public void An_empty_file_gives_nothing_and_no_error(string command)
    {
        CliRun run = CliRun.Of(command, _folder.Write("empty.log", ""));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([0, 0, 0, 0], Assert.Single(run.Accounts()));
    }

    [Fact]
    public void Truncated_gzip_gives_its_lines_and_an_error()
    {
        string lines = string.Concat(
            Enumerable.Range(0, 5000).Select(i => $"{TestFolder.AccessLine}{i * 7919 % 10007}\n"));
        byte[] gzip = TestFolder.Gzip(lines);
        string whole = _folder.Write("whole.gz", gzip);
        string cut = _folder.Write("cut.gz", gzip[..(gzip.Length / 2)]);

        Assert.Equal(0, CliRun.Of("parse", whole, "--json").ExitCode);
        CliRun run = CliRun.Of("parse", cut, "--json");

        Assert.Equal(2, run.ExitCode);
        Assert.InRange(run.Objects.Count, 100, 4999);
        Assert.Equal(run.Objects.Count, Assert.Single(run.Accounts())[0]);
        Assert.Contains("ended early", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Binary_long_lines_nul_bytes_and_invalid_utf8_lose_no_line()
    {
        byte[] binary = new byte[200_000];
        new Random(5).NextBytes(binary);
        binary[0] = 0x7F;
        byte[] access = Encoding.UTF8.GetBytes(TestFolder.AccessLine + "\n");
        Dictionary<string, byte[]> contents = new()
        {
            ["binary"] = binary,
            ["long"] = [.. access, .. Encoding.UTF8.GetBytes(new string('x', 1_000_000)), (byte)'\n', .. access],
            ["nul"] = [.. access, 0, 0, 0, (byte)'\n', .. access, 0],
            ["invalid"] = [.. access, 0xFF, 0xC0, 0xAF, (byte)'\n', 0xED, 0xA0, 0x80, (byte)'\n', .. access],
        };
        foreach ((string name, byte[] content) in contents)
        {
            string path = _folder.Write(name + ".log", content);
            int lines = content.Count(value => value == '\n') + (content[^1] == '\n' ? 0 : 1);
            foreach (string form in (string[])["--json", "--csv", "--templates"])
            {
                CliRun run = CliRun.Of("parse", path, form);
                long[] account = Assert.Single(run.Accounts());
                Assert.Equal(0, run.ExitCode);
                Assert.Equal(lines, account[0]);
                Assert.Equal(account[0], account[1] + account[2] + account[3]);
            }

            CliRun json = CliRun.Of("parse", path, "--json");
            Assert.Equal(lines, json.Objects.Count + json.Accounts()[0][3]);
        }
    }

    [Theory]
    [InlineData("parse", "x", "--time-zone", "Mars/Olympus")]
    [InlineData("parse", "x", "--time-zone", "+99:00")]
    [InlineData("parse", "x", "--time-zone", "/etc/passwd")]
    [InlineData("parse", "x", "--reference-time", "yesterday")]
    [InlineData("parse", "x", "--after", "31.1.2026")]
    [InlineData("parse", "x", "--format", "klingon")]
    [InlineData("parse", "x", "--minimum-level", "7")]
    [InlineData("parse", "x", "--json", "--csv")]
    [InlineData("parse", "x", "--no-such-option")]
    [InlineData("find", "x", "--minimum-score", "101")]
    [InlineData("find", "x", "--minimum-score", "NaN")]
    [InlineData("find", "x", "--seed", "one")]
    [InlineData("templates", "x", "--top", "0")]
    [InlineData("new-log", "--count", "0")]
    [InlineData("new-log", "--type", "klingon")]
    [InlineData("new-log", "--type", "system")]
    [InlineData("new-log", "--type", "auth", "--scenario", "klingon")]
    [InlineData("new-log", "--type", "auth", "--scenario", "web-shell")]
    [InlineData("new-log", "--type", "auth", "--scenario", "all", "--count", "5")]
    [InlineData("new-log", "--type", "auth", "--scenario", "all", "--days", "1", "--incidents", "9")]
    [InlineData("new-log", "--type", "auth", "--difficulty", "hard")]
    [InlineData("no-such-command")]
    [InlineData("parse")]
    [InlineData]
    public void A_wrong_command_line_is_told_on_standard_error_and_nothing_is_printed(params string[] args)
    {
        CliRun run = CliRun.Of(args);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("loganomaly: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_starts_with_an_at_sign_is_a_file_and_no_list_of_arguments()
    {
        Assert.Contains("There is no file", CliRun.Of("parse", "@missing").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_control_characters_reaches_standard_error_escaped()
    {
        CliRun run = CliRun.Of("parse", "miss\u001b[2Jing");

        Assert.Contains("miss\\x1b[2Jing", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Error);
    }

    [Fact]
    public void A_cancelled_run_answers_130()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n");
        Machine machine = new() { Cancellation = new CancellationToken(canceled: true) };

        Assert.Equal(130, CliRun.With(Stream.Null, true, machine, "find", path).ExitCode);
    }

    [Fact]
    public void Every_file_of_the_corpora_is_read_without_an_exception_and_every_line_is_accounted_for()
    {
        string? corpora = Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA");
        if (string.IsNullOrEmpty(corpora))
        {
            Assert.Skip("LOGANOMALY_CORPORA is not set: the corpora of real logs are not on this machine.");
        }

        foreach (string path in Directory.EnumerateFiles(corpora, "*", SearchOption.AllDirectories))
        {
            CliRun run = CliRun.Of("parse", path, "--json", "--templates");
            long[] account = Assert.Single(run.Accounts());
            Assert.True(account[0] == account[1] + account[2] + account[3], path);
            Assert.True(run.ExitCode == 0
                || run.Error.Contains("decompress it first", StringComparison.Ordinal), path + ": " + run.Error);

            // Lines that belong together give one event, and a batch of records in one line of JSON gives several.
            int events = run.Output.Count(character => character == '\n');
            long lines = account[0] - account[3];
            bool mayBeBatch = run.Error.Contains("(json)", StringComparison.Ordinal);
            Assert.InRange(events, Math.Min(1, lines), mayBeBatch ? long.MaxValue : lines);
        }
    }
}
