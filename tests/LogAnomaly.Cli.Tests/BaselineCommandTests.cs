using System.Globalization;
using System.Text;
using Xunit;

namespace LogAnomaly.Cli.Tests;

/// <summary>The commands that learn what is normal and compare with it.</summary>
public sealed class BaselineCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("baseline").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_baseline_is_written_once_updated_and_merged()
    {
        string log = Log("one.log", "anna", day: 1);
        string later = Log("two.log", "bert", day: 20);
        string first = PathOf("first.json");
        CliRun run = CliRun.Of("baseline", log, "--out", first, "--name", "jobs", "--learning-period", "10m");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("jobs: 10 events of 1 hosts, 2026-03-01 to 2026-03-01", run.Output, StringComparison.Ordinal);
        Assert.Contains("30 events lie after the learning period", run.Error, StringComparison.Ordinal);
        Refused("exists already", "baseline", log, "--out", first);
        CliRun update = CliRun.Of("baseline", later, "--update", first, "--out", first, "--force", "--max-age", "10d");
        Assert.Equal(0, update.ExitCode);
        Assert.Contains("UserName \"bert\" is new", update.Output, StringComparison.Ordinal);
        Assert.Contains("UserName \"anna\" was last seen on 2026-03-01", update.Output, StringComparison.Ordinal);
        CliRun merged = CliRun.Of("baseline", "--merge", first, "--merge", first, "--out", PathOf("both.json"));
        Assert.Contains("100 events", merged.Output, StringComparison.Ordinal);
        Refused("leave the files", "baseline", log, "--merge", first, "--out", PathOf("x.json"));
        Refused("no span of time", "baseline", log, "--learning-period", "soon", "--out", PathOf("x.json"));
        Assert.False(File.Exists(PathOf("x.json")));
    }

    [Fact]
    public void A_signed_baseline_is_refused_with_another_key_or_after_a_change()
    {
        string log = Log("one.log", "anna", day: 1);
        string signed = PathOf("signed.json");
        File.WriteAllText(PathOf("key"), "secret\n");
        File.WriteAllText(PathOf("other"), "other\n");
        File.WriteAllText(PathOf("empty"), "\n");
        Assert.Equal(0, CliRun.Of("baseline", log, "--out", signed, "--key-file", PathOf("key")).ExitCode);
        Assert.Equal(0, CliRun.Of(
            "baseline", log, "--update", signed, "--out", PathOf("b.json"), "--key-file", PathOf("key")).ExitCode);
        Refused(
            "the key is another one",
            "baseline",
            log,
            "--update",
            signed,
            "--out",
            PathOf("c.json"),
            "--key-file",
            PathOf("other"));
        Refused("is empty", "baseline", log, "--out", PathOf("c.json"), "--key-file", PathOf("empty"));
        File.WriteAllText(signed, File.ReadAllText(signed).Replace("anna", "anne", StringComparison.Ordinal));
        Refused(
            "changed after it was signed",
            "baseline",
            log,
            "--update",
            signed,
            "--out",
            PathOf("c.json"),
            "--key-file",
            PathOf("key"));
    }

    [Fact]
    public void Logs_and_baselines_are_compared_with_an_exit_code_that_says_whether_they_differ()
    {
        string one = Log("one.log", "anna", day: 1);
        string two = Log("two.log", "bert", day: 2);
        string baseline = PathOf("one.json");
        CliRun.Of("baseline", one, "--out", baseline);
        CliRun alike = CliRun.Of("compare", baseline, one);
        Assert.Equal(0, alike.ExitCode);
        Assert.Contains("0 differences between 40 and 40 events.", alike.Output, StringComparison.Ordinal);
        CliRun text = CliRun.Of("compare", one, two);
        Assert.Equal(1, text.ExitCode);
        Assert.Contains("UserName \"bert\" is new: 40 events", text.Output, StringComparison.Ordinal);
        CliRun json = CliRun.Of("compare", baseline, two, "--json");
        Assert.Equal(1, json.ExitCode);
        Assert.Contains(
            json.Objects,
            row => row.GetProperty("Kind").GetString() == "NewValue" && row.GetProperty("Value").GetString() == "bert");
        Assert.DoesNotContain(json.Objects, row =>
            row.TryGetProperty("Ratio", out var ratio) && ratio.ValueKind == System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public void Find_judges_by_a_baseline_and_says_by_which_threshold()
    {
        string one = Log("one.log", "anna", day: 1);
        string baseline = PathOf("one.json");
        File.WriteAllText(PathOf("key"), "secret\n");
        Assert.Equal(0, CliRun.Of("baseline", one, "--out", baseline, "--key-file", PathOf("key")).ExitCode);

        CliRun text = CliRun.Of(
            "find", one, "--baseline", baseline, "--key-file", PathOf("key"), "--alert-budget", "5/day");
        string last = text.Output.TrimEnd().Split('\n')[^1];
        Assert.Matches(@"^Threshold [\d.]+: [\d.]+ false alarms a day by chance; 0 held back by the budget\.$", last);
        Assert.DoesNotContain("was not checked", text.Error, StringComparison.Ordinal);
        Assert.Contains(
            "was not checked", CliRun.Of("find", one, "--baseline", baseline).Error, StringComparison.Ordinal);

        File.WriteAllText(PathOf("other"), "other\n");
        Refused("the key is another one", "find", one, "--baseline", baseline, "--key-file", PathOf("other"));
        Refused("goes with --baseline", "find", one, "--key-file", PathOf("key"));
        Refused("exclude each other", "find", one, "--baseline", baseline, "--model", "Ecod");
        Refused("is no budget", "find", one, "--alert-budget", "many");
        Refused("'Oracle' is unknown", "find", one, "--model", "Oracle");
        Assert.NotEqual(2, CliRun.Of("find", one, "--model", "Ecod", "OneClassSvm").ExitCode);
    }

    [Fact]
    public void A_baseline_lets_findings_out_as_they_are_found_each_once_and_as_many_as_at_the_end()
    {
        string one = PathOf("one.log");
        Assert.Equal(
            0,
            CliRun.Of("new-log", "--type", "auth", "--count", "4000", "--anomaly-rate", "0", "--path", one).ExitCode);
        string two = PathOf("two.log");
        Assert.Equal(0, CliRun.Of(
            "new-log",
            "--type",
            "auth",
            "--count",
            "2000",
            "--anomaly-rate",
            "0.01",
            "--seed",
            "9",
            "--path",
            two).ExitCode);
        string baseline = PathOf("one.json");
        Assert.Equal(0, CliRun.Of("baseline", one, "--out", baseline).ExitCode);

        CliRun streamed = CliRun.Of("find", two, "--baseline", baseline, "--minimum-score", "10", "--json");
        CliRun sorted = CliRun.Of(
            "find", two, "--baseline", baseline, "--minimum-score", "10", "--json", "--top", "1000000");

        string[] lines = streamed.Output.TrimEnd().Split('\n');
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.Equal(
            sorted.Output.TrimEnd().Split('\n').Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
        System.Text.Json.JsonElement first = streamed.Objects[0];
        Assert.False(first.TryGetProperty("RuleId", out _));
        Assert.Contains(streamed.Objects, row => row.TryGetProperty("NormalIf", out _));
        Assert.Contains(streamed.Objects, row => row.TryGetProperty("RuleId", out _));
    }

    [Fact]
    public void What_cannot_be_compared_is_told()
    {
        string one = Log("one.log", "anna", day: 1);
        File.WriteAllText(PathOf("empty.log"), "");
        File.WriteAllText(PathOf("bad.json"), "{\n  \"format\": \"LogAnomaly baseline\",\n");
        Refused("The difference holds no event", "compare", one, PathOf("empty.log"));
        Refused("it is no baseline, or was cut short", "compare", PathOf("bad.json"), one);
        Refused("No file matches", "compare", one, PathOf("none*.log"));
    }

    [Fact]
    public void Verdicts_rank_findings_again()
    {
        StringBuilder lines = new();
        for (int i = 0; i < 10; i++)
        {
            lines.Append(
                CultureInfo.InvariantCulture,
                $"Jan  5 00:02:3{i} web1 sshd[10{i}]: Failed password for root from 203.0.113.9 port 26616 ssh2\n");
        }

        File.WriteAllText(PathOf("auth.log"), lines.ToString());
        string verdicts = PathOf("v.jsonl");
        File.WriteAllText(
            verdicts,
            "{\"Id\":\"V-1\",\"Kind\":\"Benign\",\"RuleId\":\"SSH-01\",\"EventKind\":\"Authentication\",\"EntityType\":\"Source\","
                + "\"Entity\":\"203.0.113.9\",\"MarkedAt\":\"2026-01-01\",\"Because\":\"our scanner\"}\n");
        string type = CliRun.Of("find", PathOf("auth.log"), "--json", "--detectors", "rules").Objects
            .First(row => row.GetProperty("RuleId").GetString() == "SSH-01").GetProperty("EntityType").GetString()!;
        File.WriteAllText(
            verdicts, File.ReadAllText(verdicts).Replace("\"Source\"", $"\"{type}\"", StringComparison.Ordinal));
        CliRun run = CliRun.Of("find", PathOf("auth.log"), "--json", "--detectors", "rules", "--verdicts", verdicts);
        System.Text.Json.JsonElement found =
            run.Objects.First(row => row.GetProperty("RuleId").GetString() == "SSH-01");
        Assert.True(found.GetProperty("Score").GetDouble() < 25);
        Assert.Contains("Verdicts ranked 1 findings lower and 0 higher.", run.Error, StringComparison.Ordinal);
        File.AppendAllText(verdicts, "{}\n");
        Refused("line 2", "find", PathOf("auth.log"), "--verdicts", verdicts);
    }

    private static void Refused(string cause, params string[] args)
    {
        CliRun run = CliRun.Of(args);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(cause, run.Error, StringComparison.Ordinal);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Log(string name, string user, int day)
    {
        StringBuilder text = new();
        for (int i = 0; i < 40; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{{\"time\":\"2026-03-{day:00}T10:{i:00}:00Z\",\"level\":\"info\",\"host\":\"web1\",\"user\":\"{user}\",\"msg\":\"the job has ended\"}}\n");
        }

        File.WriteAllText(PathOf(name), text.ToString());
        return PathOf(name);
    }
}
