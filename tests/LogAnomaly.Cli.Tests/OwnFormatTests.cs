using System.Text.Json;
using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class OwnFormatTests : IDisposable
{
    private const string Definition =
        """{ "name": "door", "pattern": "^(?<level>\\w+)\\|(?<message>.*)$", "samples": ["warn|x"] }""";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_pattern_reads_each_line_and_names_what_no_field_stands_for()
    {
        string path = _folder.Write("own.txt", "192.0.2.7 shelf-5\n");

        JsonElement line = Assert.Single(
            CliRun.Of("parse", path, "--json", "--pattern", @"^(?<client_ip>\S+) (?<shelf>\S+)$").Objects);

        Assert.Equal("192.0.2.7", line.GetProperty("SourceIP").GetString());
        Assert.Equal("shelf-5", line.GetProperty("Properties").GetProperty("shelf").GetString());
    }

    [Fact]
    public void A_format_file_reads_each_line()
    {
        string path = _folder.Write("own.txt", "error|no stock\n");
        string format = _folder.Write("door.json", Definition);

        JsonElement line = Assert.Single(CliRun.Of("parse", path, "--json", "--format-file", format).Objects);

        Assert.Equal("Error", line.GetProperty("Level").GetString());
        Assert.Equal("no stock", line.GetProperty("Message").GetString());
    }

    [Theory]
    [InlineData("%h %>s")]
    [InlineData("$remote_addr $status")]
    [InlineData("log_format x '$remote_addr $status';")]
    public void A_log_format_of_either_server_reads_each_line(string format)
    {
        string path = _folder.Write("own.txt", "192.0.2.7 503\n");

        JsonElement line = Assert.Single(CliRun.Of("parse", path, "--json", "--log-format", format).Objects);

        Assert.Equal("192.0.2.7", line.GetProperty("SourceIP").GetString());
        Assert.Equal(503, line.GetProperty("StatusCode").GetInt32());
    }

    [Fact]
    public void A_log_format_may_be_one_of_a_configuration_file()
    {
        string path = _folder.Write("own.txt", "192.0.2.7 503\n");
        string file = _folder.Write(
            "nginx.conf", "http { log_format a '$status'; log_format b '$remote_addr $status'; }");

        JsonElement line = Assert.Single(CliRun.Of("parse", path, "--json", "--log-format", $"@{file}:b").Objects);

        Assert.Equal("192.0.2.7", line.GetProperty("SourceIP").GetString());
    }

    [Fact]
    public void An_error_log_format_may_be_given_or_lie_in_a_configuration_file()
    {
        string path = _folder.Write("own.txt", "[error] boo\n");
        string file = _folder.Write("httpd.conf", "LogFormat \"%h\" a\nErrorLogFormat \"[%l] %M\"\n");

        foreach (string format in (string[])["[%l] %M", "ErrorLogFormat \"[%l] %M\"", "@" + file])
        {
            JsonElement line = Assert.Single(CliRun.Of("parse", path, "--json", "--error-log-format", format).Objects);
            Assert.Equal("boo", line.GetProperty("Message").GetString());
            Assert.Equal("Error", line.GetProperty("Level").GetString());
        }
    }

    [Fact]
    public void Own_formats_serve_find_and_report_too()
    {
        string lines = string.Concat(Enumerable.Range(0, 200).Select(number => $"192.0.2.{number % 9} 200\n"))
            + "192.0.2.7 500\n";
        string path = _folder.Write("own.txt", lines);

        Assert.Equal([[201, 201, 0, 0]], CliRun.Of("find", path, "--log-format", "%h %>s").Accounts());
        Assert.Equal(
            [[201, 201, 0, 0]],
            CliRun.Of("report", path, "--log-format", "%h %>s", "--output", _folder.PathOf("page.html")).Accounts());
    }

    [Fact]
    public void Properties_are_a_member_of_json_and_the_last_column_of_csv()
    {
        string path = _folder.Write(
            "app.jsonl", "{\"level\":\"warn\",\"message\":\"hi\",\"peer\":\"192.0.2.7\",\"shop\":{\"id\":5}}\n");

        JsonElement line = Assert.Single(CliRun.Of("parse", path, "--json").Objects);
        string[] table = CliRun.Of("parse", path, "--csv").Output.Split("\r\n");

        Assert.Equal(5, line.GetProperty("Properties").GetProperty("shop.id").GetInt32());
        Assert.EndsWith(",Properties", table[0], StringComparison.Ordinal);
        Assert.EndsWith("\"\"shop.id\"\":5}\"", table[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_fills_the_field_that_it_is_named_for()
    {
        string path = _folder.Write(
            "app.jsonl", "{\"level\":\"warn\",\"message\":\"hi\",\"peer\":{\"at\":\"192.0.2.7\"}}\n");

        JsonElement line = Assert.Single(CliRun.Of("parse", path, "--json", "--property", "SourceIP=peer.at").Objects);

        Assert.Equal("192.0.2.7", line.GetProperty("SourceIP").GetString());
    }

    [Theory]
    [InlineData("--pattern", "x", "--format-file", "y")]
    [InlineData("--pattern", "x", "--log-format", "%h")]
    [InlineData("--log-format", "%h", "--error-log-format", "%M")]
    [InlineData("--format", "access", "--log-format", "%h")]
    [InlineData("--format", "json", "--pattern", "x")]
    public void Options_that_each_give_a_format_exclude_each_other(params string[] options)
    {
        CliRun run = CliRun.Of(["parse", _folder.Write("x.txt", "x\n"), .. options]);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains($"{options[0]} and {options[2]}", run.Error, StringComparison.Ordinal);
        Assert.Contains("use one of them", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--pattern", "(")]
    [InlineData("--format-file", "missing.json")]
    [InlineData("--log-format", "%{x")]
    [InlineData("--log-format", "@missing.conf")]
    [InlineData("--error-log-format", "%t")]
    [InlineData("--error-log-format", "%Q %M")]
    [InlineData("--property", "Nope=x")]
    [InlineData("--property", "SourceIP")]
    public void A_format_with_a_fault_is_told_with_its_option(string option, string value)
    {
        CliRun run = CliRun.Of("parse", _folder.Write("x.txt", "x\n"), option, value);

        Assert.Equal(2, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
    }
}
