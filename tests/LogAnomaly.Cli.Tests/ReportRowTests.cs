using System.Globalization;
using System.Text;
using System.Text.Json;
using Xunit;

namespace LogAnomaly.Cli.Tests;

/// <summary>What the rows of a table say, how they are laid out, and what stands where there are none.</summary>
public sealed class ReportRowTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Attacks_of_different_clients_on_a_web_server_have_rows_of_their_own()
    {
        CliRun run = Report(AccessLog(), "--json");

        string[] addresses = [.. run.Objects.Select(row => row.GetProperty("SourceIP").GetString()!)];
        Assert.Contains("198.51.100.1", addresses);
        Assert.Contains("198.51.100.2", addresses);
        Assert.Contains("198.51.100.3", addresses);
    }

    [Fact]
    public void Requests_of_one_client_that_stand_out_by_the_same_thing_share_a_row()
    {
        CliRun run = Report(AccessLog(), "--json", "--detectors", "learned", "--minimum-score", "5");
        string[] rows = [.. run.Objects.Select(row =>
            (row.TryGetProperty("RuleId", out JsonElement rule) ? rule.GetString() : "")
            + row.GetProperty("SourceIP").GetString()
            + row.GetProperty("Reasons")[0].GetProperty("Feature").GetString())];

        Assert.Contains(run.Objects, row => row.GetProperty("Repeats").GetInt32() > 1);
        Assert.Equal(rows.Distinct(StringComparer.Ordinal).Count(), rows.Length);
    }

    [Theory]
    [InlineData(120)]
    [InlineData(80)]
    public void A_finding_of_many_lines_says_how_often_it_was_seen(int width)
    {
        string path = _folder.Write("auth.log", string.Concat(Enumerable.Range(10, 7).Select(second =>
            $"Jan  5 10:00:{second} web1 sshd[77]: Failed password for root from 203.0.113.9 port 4242 ssh2\n")));

        CliRun run = CliRun.With(Stream.Null, true, new Machine { Width = width },
            "find", path, "--detectors", "rules", "--exclude-rule", "SSH-07");

        Assert.Matches(width == 80 ? "  7 times\r?\nSSH password" : "│ +7 │ SSH password", run.Output);
    }

    [Theory]
    [InlineData("find")]
    [InlineData("report")]
    public void An_input_of_which_no_line_is_understood_is_an_error_that_names_file_and_option(string command)
    {
        string path = _folder.Write("poem.txt", "Over all the hilltops\nis calm\n");
        string page = _folder.PathOf("page.html");
        string[] output = command == "report" ? ["--output", page] : [];

        CliRun run = CliRun.Of([command, path, "--minimum-score", "100", .. output]);

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("No line was understood", run.Output, StringComparison.Ordinal);
        Assert.Contains($"No line of '{path}' was understood", run.Error, StringComparison.Ordinal);
        Assert.Contains("--format", run.Error, StringComparison.Ordinal);
        Assert.Equal(command == "report", File.Exists(page));
        Assert.Equal(0, CliRun.Of("parse", path).ExitCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public void An_empty_input_is_no_good_news_and_no_error(string content)
    {
        CliRun run = CliRun.Of("find", _folder.Write("empty.log", content));

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("Nothing was read.", run.Output.Trim());
    }

    [Fact]
    public void A_filter_that_lets_nothing_through_is_no_good_news()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n");

        CliRun run = CliRun.Of("find", path, "--match", "no such text");

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("The filter let no event through", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, false)]
    [InlineData(89, false)]
    [InlineData(90, true)]
    public void A_narrow_terminal_gets_rows_below_each_other_in_its_full_width(int width, bool isTable)
    {
        string path = AccessLog();

        CliRun run = CliRun.With(Stream.Null, true, new Machine { Width = width }, "find", path, "--time-zone", "UTC");

        string[] lines = run.Output.Split('\n');
        Assert.All(lines, line => Assert.InRange(line.TrimEnd('\r').Length, 0, width));
        Assert.Equal(isTable, run.Output.Contains('│', StringComparison.Ordinal));
        Assert.Equal(isTable, !lines[0].Contains("  2026-01-10 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_of_logs_that_may_not_be_listed_is_named()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Windows has no such permissions, and root may list every folder.");
            return;
        }

        string log = _folder.Write("logs/apache2/error.log", TestFolder.ErrorLine + "\n");
        string folder = Path.GetDirectoryName(log)!;
        File.SetUnixFileMode(folder, UnixFileMode.None);
        Machine machine = new() { LogDirectory = _folder.PathOf("logs") };

        CliRun run = CliRun.With(
            Stream.Null, true, machine, "report", "--output", _folder.PathOf("page.html"));
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Contains($"Not read: '{folder}'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_written_to_a_device_or_a_link_leaves_it_what_it_is()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no devices among its files, and asks a privilege for links.");
        }

        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n");
        string page = _folder.Write("page.html", "earlier");
        string link = _folder.PathOf("link.html");
        string device = _folder.PathOf("null");
        File.CreateSymbolicLink(link, page);
        File.CreateSymbolicLink(device, "/dev/null");

        Assert.Equal(0, CliRun.Of("report", path, "-o", link).ExitCode);
        Assert.Equal(0, CliRun.Of("report", path, "-o", device).ExitCode);

        Assert.Equal(page, new FileInfo(link).LinkTarget);
        Assert.Contains("<html", File.ReadAllText(page), StringComparison.Ordinal);
        Assert.Equal("/dev/null", new FileInfo(device).LinkTarget);
        Assert.Empty(File.ReadAllBytes("/dev/null"));
    }

    private CliRun Report(string path, params string[] more) =>
        CliRun.Of(["report", path, "--output", _folder.PathOf("page.html"), .. more]);

    // A day of usual requests, and three clients that each do something else, all of them with GET and HTTP/1.1.
    private string AccessLog()
    {
        string[] attacks =
        [
            "/../../../../etc/passwd", "/item?id=1%27%20UNION%20SELECT%20password%20FROM%20users--",
            "/?q=<script>alert(1)</script>",
        ];
        StringBuilder lines = new();
        for (int i = 0; i < 3000; i++)
        {
            Append(lines, i, $"192.0.2.{i % 40}", $"/page{i % 25}.html", 200);
            if (i is 1000 or 1500 or 2000)
            {
                int attack = (i / 500) - 2;
                for (int j = 0; j < 3; j++)
                {
                    Append(lines, i, $"198.51.100.{attack + 1}", attacks[attack], 404);
                }
            }
        }

        return _folder.Write("access.log", lines.ToString());
    }

    private static void Append(StringBuilder lines, int second, string address, string url, int status)
    {
        DateTime time = new DateTime(2026, 1, 10, 8, 0, 0, DateTimeKind.Utc).AddSeconds(second * 10);
        lines.Append(CultureInfo.InvariantCulture, $"{address} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] ")
            .Append(CultureInfo.InvariantCulture, $"\"GET {url} HTTP/1.1\" {status} 2326 \"-\" \"Mozilla/5.0\"\n");
    }
}
