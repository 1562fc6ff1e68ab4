using System.Text;
using System.Text.Json;
using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class FindAndReportTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_prints_reasons_and_evidence_and_answers_1()
    {
        string path = Planted("error.log");

        CliRun run = CliRun.Of("find", path, "--json", "--time-zone", "UTC");

        Assert.Equal(1, run.ExitCode);
        JsonElement worst =
            run.Objects.First(row => row.GetProperty("Evidence")[0].GetProperty("LineNumber").GetInt32() == 1501);
        Assert.True(worst.GetProperty("Score").GetDouble() >= 50);
        Assert.NotEmpty(worst.GetProperty("Severity").GetString()!);
        Assert.True(worst.TryGetProperty("Detector", out _) || worst.TryGetProperty("RuleId", out _));
        Assert.NotEmpty(worst.GetProperty("Title").GetString()!);
        JsonElement reason = worst.GetProperty("Reasons")[0];
        foreach (string name in (string[])["Code", "Feature", "Observed", "Typical", "Contribution", "Sentence"])
        {
            Assert.True(reason.TryGetProperty(name, out _), name);
        }

        JsonElement evidence = worst.GetProperty("Evidence")[0];
        Assert.Equal(path, evidence.GetProperty("Path").GetString());
        Assert.Contains("kernel \u001b[31mmelted", evidence.GetProperty("Raw").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_hides_what_is_suppressed_and_counts_it()
    {
        string path = Planted("error.log");
        string file = _folder.Write(
            "s.json", """[{"Id":"S-1","Fields":{"Raw":"*melted*"},"Because":"known","Until":null}]""");
        string bad = _folder.Write("bad.json", """[{"Id":"S-1","Because":"known","Until":null}]""");

        CliRun all = CliRun.Of("find", path, "--json");
        CliRun hidden = CliRun.Of("find", path, "--json", "--suppressions", file);
        CliRun refused = CliRun.Of("find", path, "--suppressions", bad);

        Assert.Contains("melted", all.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("melted", hidden.Output, StringComparison.Ordinal);
        Assert.Matches(@"\d findings hidden by suppressions: S-1 \d", hidden.Error);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("bad.json', line 1: ", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_tell_of_a_guessing_source_and_answer_1()
    {
        string path = _folder.Write("auth.log", string.Concat(Enumerable.Range(0, 6).Select(
            i =>
                $"Jan  5 00:02:3{i} web1 sshd[{100 + i}]: Failed password for root from 203.0.113.9 port 26616 ssh2\n")));

        CliRun json = CliRun.Of("sessions", path, "--json");
        CliRun text = CliRun.Of("sessions", path);

        Assert.Equal((1, 1), (json.ExitCode, text.ExitCode));
        JsonElement session = Assert.Single(json.Objects);
        Assert.Equal("203.0.113.9", session.GetProperty("Entity").GetString());
        Assert.Equal(6, session.GetProperty("Failures").GetInt32());
        Assert.Contains("tried 6 passwords on the account root", text.Output, StringComparison.Ordinal);
        Assert.Contains("Get-AuthLog -LiteralPath", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_draws_a_table_within_the_width_without_control_characters()
    {
        CliRun run = CliRun.With(Stream.Null, true, new Machine { Width = 80 }, "find", Planted("error.log"));

        Assert.Equal(1, run.ExitCode);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("melted", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Output);
        Assert.Contains("error.log:1501", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_go_only_to_a_terminal_that_may_be_sent_them_and_raw_lines_never_colour()
    {
        string path = Planted("error.log");

        CliRun colored = CliRun.With(
            Stream.Null, true, new Machine { OutputIsTerminal = true, UseColor = true }, "find", path);
        CliRun plain = CliRun.With(Stream.Null, true, new Machine { OutputIsTerminal = true }, "find", path);

        Assert.Contains('\u001b', colored.Output);
        Assert.DoesNotContain("\u001b[31mmelted", colored.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', plain.Output);
    }

    [Fact]
    public void Find_answers_0_where_nothing_is_wrong()
    {
        const string line =
            "[Sat Jan 10 13:55:36.123456 2026] [ssl:info] [pid 12:tid 34] [client 192.0.2.7:5000] AH01964: "
                + "Connection to child 0 established (server www.example:443)\n";
        string path = _folder.Write("error.log", string.Concat(Enumerable.Repeat(line, 500)));

        CliRun run = CliRun.Of("find", path);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("No anomalies", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_writes_the_page_and_says_where()
    {
        string page = _folder.PathOf("page.html");

        CliRun run = CliRun.Of("report", Planted("error.log"), "--output", page, "--title", "Night shift");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(page, run.Output, StringComparison.Ordinal);
        Assert.Contains("\"title\":\"Night shift\"", DataOf(page), StringComparison.Ordinal);
    }

    // The data of a page is base64 of JSON that zlib has packed.
    private static string DataOf(string page)
    {
        string block = File.ReadAllText(page).Split("id=\"data\">")[1].Split("</script>")[0];
        using MemoryStream packed = new(Convert.FromBase64String(block));
        using System.IO.Compression.ZLibStream json = new(packed, System.IO.Compression.CompressionMode.Decompress);
        using StreamReader reader = new(json);
        return reader.ReadToEnd();
    }

    [Theory]
    [InlineData("no/such/folder/page.html", "there is no folder '")]
    [InlineData("", "it is a folder.")]
    public void Report_that_cannot_be_written_says_so_before_it_reads_and_names_the_remedy(string name, string fault)
    {
        CliRun run = CliRun.Of("report", Planted("error.log"), "--output", _folder.PathOf(name));

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(
            $"The page '{_folder.PathOf(name)}' cannot be written: {fault}", run.Error, StringComparison.Ordinal);
        Assert.Contains("--output", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("countries.csv", "no database of countries")]
    [InlineData("missing.mmdb", "missing.mmdb")]
    public void Report_with_a_database_of_countries_that_cannot_be_used_names_the_remedy_before_it_reads(
        string name, string said)
    {
        _folder.Write("countries.csv", "1.0.0.0/24,AU\n");
        string page = _folder.PathOf("page.html");

        CliRun run = CliRun.Of(
            "report", Planted("error.log"), "--output", page, "--country-database", _folder.PathOf(name));

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
        Assert.Contains("leave the option out", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.False(File.Exists(page));
    }

    [Fact]
    public void Report_without_files_reads_the_logs_of_the_machine_and_says_which()
    {
        Planted("logs/auth.log");
        _folder.Write("logs/syslog", "");
        _folder.Write("logs/apache2/error.log", TestFolder.ErrorLine + "\n");
        _folder.Write("logs/unrelated.log", TestFolder.ErrorLine + "\n");

        CliRun run = CliRun.With(
            Stream.Null,
            true,
            new Machine { LogDirectory = _folder.PathOf("logs") },
            "report", "--output", _folder.PathOf("page.html"));

        string said = run.Output.Split('\n')[0];
        Assert.Contains("auth.log", said, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("apache2", "error.log"), said, StringComparison.Ordinal);
        Assert.DoesNotContain("syslog", said, StringComparison.Ordinal);
        Assert.DoesNotContain("unrelated", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_reads_the_journal_where_there_is_no_system_log()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no journal.");
            return;
        }

        string journal = _folder.Write(
            "journalctl",
            "#!/bin/sh\necho '{\"__REALTIME_TIMESTAMP\":\"1768049736000000\",\"_HOSTNAME\":\"host\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"hello\"}'\n");
        File.SetUnixFileMode(journal, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        CliRun run = CliRun.With(
            Stream.Null,
            true,
            new Machine { JournalCommand = journal },
            "report", "--output", _folder.PathOf("page.html"));

        Assert.Contains("(journal)", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(run.Accounts())[0]);
        Assert.NotEqual(2, run.ExitCode);
    }

    [Fact]
    public void Report_on_a_machine_without_logs_reads_the_sample_and_says_so()
    {
        CliRun run = CliRun.With(Stream.Null, true, new Machine(), "report", "--output", _folder.PathOf("page.html"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("sample", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.PathOf("page.html")));
    }

    [Fact]
    public void Rows_of_a_report_say_different_things()
    {
        CliRun run = CliRun.With(
            Stream.Null,
            true,
            new Machine(),
            "report", "--json", "--minimum-score", "25", "--output", _folder.PathOf("page.html"));

        string[] subjects = [.. run.Objects.Select(Subject)];
        Assert.InRange(subjects.Length, 1, 10);
        Assert.Equal(subjects.Distinct().Count(), subjects.Length);
        Assert.All(run.Objects, row => Assert.True(row.GetProperty("Repeats").GetInt32() >= 1));
    }

    [Fact]
    public void Templates_are_counted_and_their_shares_add_up()
    {
        CliRun run = CliRun.Of("templates", Planted("error.log"), "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(3001, run.Objects.Sum(template => template.GetProperty("Count").GetInt64()));
        Assert.Equal(1.0, run.Objects.Sum(template => template.GetProperty("Share").GetDouble()), 9);
        Assert.Single(CliRun.Of("templates", Planted("error.log"), "--json", "--top", "1").Objects);
    }

    [Fact]
    public void New_logs_are_equal_for_equal_seeds_and_come_with_labels()
    {
        string path = _folder.PathOf("made.log");
        string[] args = ["new-log", "--type", "access", "--count", "500", "--anomaly-rate", "0.02", "--seed", "9"];

        CliRun printed = CliRun.Of(args);
        CliRun written = CliRun.Of([.. args, "--path", path]);
        CliRun again = CliRun.Of([.. args, "--path", path]);
        CliRun labelled = CliRun.Of([.. args, "--json"]);

        Assert.Equal(0, printed.ExitCode);
        Assert.Equal(0, written.ExitCode);
        Assert.Equal(printed.Output, File.ReadAllText(path));
        Assert.True(File.Exists(path + ".labels.json"));
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("--force", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, CliRun.Of([.. args, "--path", path, "--force"]).ExitCode);
        Assert.Equal(10, labelled.Objects.Count(line => line.TryGetProperty("Label", out _)));
        Assert.Equal(500, CliRun.With(Encoding.UTF8.GetBytes(printed.Output), "parse", "--json").Objects.Count);
    }

    [Fact]
    public void New_logs_hold_scenarios_and_their_truth()
    {
        string path = _folder.PathOf("days.log");
        string[] args =
        [
            "new-log", "--type", "access", "--scenario", "web-shell,data-theft", "--difficulty", "easy", "--days", "2",
        ];

        CliRun printed = CliRun.Of(args);
        CliRun written = CliRun.Of([.. args, "--path", path]);
        CliRun found = CliRun.Of("find", path, "--detectors", "rules", "--minimum-severity", "medium", "--json");

        Assert.Equal(0, printed.ExitCode);
        Assert.Equal(0, written.ExitCode);
        Assert.Equal(printed.Output, File.ReadAllText(path));
        using JsonDocument truth = JsonDocument.Parse(File.ReadAllBytes(path + ".labels.json"));
        JsonElement[] incidents = [.. truth.RootElement.GetProperty("incidents").EnumerateArray()];
        Assert.Equal(
            ["DataTheft", "WebShell"],
            incidents.Select(incident => incident.GetProperty("scenario").GetString()).Order());
        foreach (JsonElement incident in incidents)
        {
            string rule = incident.GetProperty("rules")[0].GetString()!;
            Assert.Contains(
                found.Objects,
                finding => finding.TryGetProperty("RuleId", out JsonElement id) && id.GetString() == rule);
        }
    }

    [Fact]
    public void Every_command_has_help_with_examples_that_parse()
    {
        using CliHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null };
        foreach ((string command, string[] examples) in HelpWithExamples.Examples)
        {
            CliRun run = CliRun.Of(command, "--help");
            Assert.Equal(0, run.ExitCode);
            foreach (string example in examples)
            {
                Assert.Contains(example, run.Output, StringComparison.Ordinal);
                string ours = example.Split('|', '>')
                    .First(part => part.Contains("loganomaly " + command, StringComparison.Ordinal));
                Assert.Empty(Program.Root(host).Parse(ours.Trim()["loganomaly ".Length..]).Errors);
            }
        }

        Assert.Equal(
            [
                "baseline", "compare", "find", "measure", "new-log", "parse", "report", "rules", "sessions", "stats",
                "templates",
            ],
            HelpWithExamples.Examples.Keys.Order(StringComparer.Ordinal));
    }

    private static string Subject(JsonElement row)
    {
        string Text(string name) => row.TryGetProperty(name, out JsonElement value) ? value.GetString()! : "";
        if (Text("RuleId") is { Length: > 0 } rule)
        {
            return $"{rule} {Text("Entity")}";
        }

        return Text("Kind") == "Access"
            ? $"{Text("RuleId")} {Text("SourceIP")} {row.GetProperty("Reasons")[0].GetProperty("Feature").GetString()}"
            : $"{Text("RuleId")} {Text("TemplateId")}";
    }

    private string Planted(string name)
    {
        string[] usual = ["Invalid URI in request", "File does not exist", "client denied by server configuration"];
        StringBuilder lines = new();
        for (int i = 0; i < 3000; i++)
        {
            if (i == 1500)
            {
                lines.Append(TestFolder.ErrorLine.Replace("[core:error]", "[core:crit]", StringComparison.Ordinal))
                    .Append(" kernel \u001b[31mmelted [bold] after all hope was lost\n");
            }

            lines.Append(TestFolder.ErrorLine.Replace(
                "Invalid URI in request", usual[i % usual.Length], StringComparison.Ordinal)).Append('\n');
        }

        return _folder.Write(name, lines.ToString());
    }
}
