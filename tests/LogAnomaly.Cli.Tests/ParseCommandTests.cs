using System.Text;
using System.Text.Json;
using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class ParseCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_prints_every_line_in_file_order_with_all_its_fields()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n\nnot a request\n" + TestFolder.AccessLine
            + "\n");

        CliRun run = CliRun.Of("parse", path, "--json");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal([1, 3, 4], run.Objects.Select(line => line.GetProperty("LineNumber").GetInt32()));
        JsonElement first = run.Objects[0];
        string[] names = [.. first.EnumerateObject().Select(property => property.Name)];
        Assert.Equal(
            [
                "Timestamp", "Level", "Message", "SourceIP", "UserName", "Method", "Url", "UrlPath", "UrlQuery",
                "HttpVersion",
                "StatusCode", "BytesSent", "UserAgent", "Outcome", "Kind", "Path", "LineNumber", "Raw",
            ],
            names);
        Assert.Equal("2026-01-10T13:55:36+01:00", first.GetProperty("Timestamp").GetString());
        Assert.Equal(404, first.GetProperty("StatusCode").GetInt32());
        Assert.Equal("Access", first.GetProperty("Kind").GetString());
        Assert.Equal(TestFolder.AccessLine, first.GetProperty("Raw").GetString());
        Assert.Equal("Unparsed", run.Objects[1].GetProperty("Kind").GetString());
        Assert.Equal("not a request", run.Objects[1].GetProperty("Raw").GetString());
        Assert.Equal([[4, 2, 1, 1]], run.Accounts());
    }

    [Fact]
    public void Templates_are_the_final_ones_even_for_the_first_line()
    {
        string lines = string.Concat("one two three four five six".Split(' ').Select(word =>
            TestFolder.ErrorLine.Replace("Invalid URI in request", $"Worker {word} has gone", StringComparison.Ordinal)
                + "\n"));
        string path = _folder.Write("error.log", lines);

        CliRun run = CliRun.Of("parse", path, "--json", "--templates");

        Assert.Equal(6, run.Objects.Count);
        Assert.All(run.Objects, line => Assert.Equal(
            "AH00126: Worker <*> has gone", line.GetProperty("Template").GetString()));
        Assert.Single(run.Objects.Select(line => line.GetProperty("TemplateId").GetString()).Distinct());
    }

    [Fact]
    public void Without_templates_there_are_no_template_fields()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n");

        Assert.False(CliRun.Of("parse", path, "--json").Objects[0].TryGetProperty("TemplateId", out _));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(1)", "'@SUM(1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("\u001b[2Jx", "\\x1b[2Jx")]
    public void Csv_defuses_formulas_and_quotes_what_must_be(string line, string cell)
    {
        string path = _folder.Write("odd.txt", line + "\n");

        string[] lines = CliRun.Of("parse", path, "--csv").Output.Split("\r\n");

        Assert.Equal($",,,,,{cell},", lines[1][..(cell.Length + 6)]);
        Assert.EndsWith($",1,{cell},,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Csv_has_the_same_columns_for_every_input()
    {
        string access = _folder.Write("access.log", TestFolder.AccessLine + "\n");
        string error = _folder.Write("error.log", TestFolder.ErrorLine + "\n");

        string[] first = CliRun.Of("parse", access, "--csv").Output.Split("\r\n");
        string[] second = CliRun.Of("parse", error, "--csv").Output.Split("\r\n");

        Assert.Equal(first[0], second[0]);
        Assert.StartsWith("Timestamp,HostName,Program,ProcessId,Level,Message,", first[0], StringComparison.Ordinal);
        Assert.Contains("2026-01-10T13:55:36+01:00", first[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_and_json_never_hold_a_control_character_or_a_mark_of_direction()
    {
        string path = _folder.Write("odd.txt", "a\u001b]0;title\u0007b\u009bc\u202ed\u007fe\0f [red]g[/]\n");

        foreach (string form in (string[])["--format=auto", "--json", "--csv", "--templates"])
        {
            CliRun run = CliRun.Of("parse", path, form);
            Assert.DoesNotContain((run.Output + run.Error).ToCharArray(), character =>
                (char.IsControl(character) && character is not '\n' and not '\r') || character == '\u202e');
            Assert.Contains("[red]g[/]", run.Output, StringComparison.Ordinal);
        }

        string? raw = CliRun.Of("parse", path, "--json").Objects[0].GetProperty("Raw").GetString();
        Assert.Equal("a\u001b]0;title\u0007b\u009bc\u202ed\u007fe\0f [red]g[/]", raw);
    }

    [Fact]
    public void Letters_of_all_scripts_stay_readable_in_json()
    {
        string path = _folder.Write("odd.txt", "Grüße <b> 日本\n");

        Assert.Contains("Grüße <b> 日本", CliRun.Of("parse", path, "--json").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTC", "2026-01-10T13:55:36.123456+00:00")]
    [InlineData("Europe/Berlin", "2026-01-10T13:55:36.123456+01:00")]
    [InlineData("+02:30", "2026-01-10T13:55:36.123456+02:30")]
    [InlineData("-0500", "2026-01-10T13:55:36.123456-05:00")]
    public void Time_zone_settles_stamps_without_one(string zone, string expected)
    {
        string path = _folder.Write("error.log", TestFolder.ErrorLine + "\n");

        CliRun run = CliRun.Of("parse", path, "--json", "--time-zone", zone);

        Assert.Equal(expected, run.Objects[0].GetProperty("Timestamp").GetString());
    }

    [Theory]
    [InlineData("2024-06-30", "2024-02-29T13:55:36+00:00")]
    [InlineData("2025-03-01T00:00:00Z", "2024-02-29T13:55:36+00:00")]
    [InlineData("2023-12-31", "2020-02-29T13:55:36+00:00")]
    public void Reference_time_settles_the_year_of_stamps_without_one(string reference, string expected)
    {
        string path = _folder.Write("auth.log", "Feb 29 13:55:36 host sshd[7]: Server listening on 0.0.0.0 port 22.\n");

        CliRun run = CliRun.Of("parse", path, "--json", "--time-zone", "UTC", "--reference-time", reference);

        Assert.Equal(expected, run.Objects[0].GetProperty("Timestamp").GetString());
    }

    [Theory]
    [InlineData("auto", "Access")]
    [InlineData("access", "Access")]
    [InlineData("apache-error", "Unparsed")]
    [InlineData("auth", "Unparsed")]
    [InlineData("syslog", "Unparsed")]
    public void The_format_that_was_asked_for_is_the_one_that_reads(string format, string kind)
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n");

        Assert.Equal(
            kind, CliRun.Of("parse", path, "--json", "--format", format).Objects[0].GetProperty("Kind").GetString());
    }

    [Fact]
    public void Times_on_the_command_line_are_in_the_zone_that_was_asked_for()
    {
        string path = _folder.Write("error.log", TestFolder.ErrorLine + "\n");

        Assert.Single(
            CliRun.Of("parse", path, "--json", "--time-zone", "+02:00", "--after", "2026-01-10T13:55").Objects);
        Assert.Empty(
            CliRun.Of("parse", path, "--json", "--time-zone", "+02:00", "--after", "2026-01-10T13:55:00Z").Objects);
        Assert.Empty(CliRun.Of("parse", path, "--json", "--time-zone", "+02:00", "--before", "2026-01-10").Objects);
    }

    [Fact]
    public void Filters_leave_events_out_but_not_lines_of_the_account()
    {
        string other = TestFolder.AccessLine
            .Replace("192.0.2.7", "192.0.2.8", StringComparison.Ordinal)
            .Replace(" 404 ", " 200 ", StringComparison.Ordinal);
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\n" + other + "\n");

        CliRun both = CliRun.Of("parse", path, "--json", "--source-ip", "192.0.2.8", "--source-ip", "192.0.2.7");
        Assert.Equal(2, both.Objects.Count);
        Assert.Single(CliRun.Of("parse", path, "--json", "--minimum-level", "warning").Objects);
        CliRun run = CliRun.Of("parse", path, "--json", "--match", "192.0.2.8");
        Assert.Equal("192.0.2.8", Assert.Single(run.Objects).GetProperty("SourceIP").GetString());
        Assert.Equal([[2, 2, 0, 0]], run.Accounts());
        Assert.Contains("1 left out by the filter", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Standard_input_is_read_for_a_dash_and_where_no_file_is_named()
    {
        byte[] input = Encoding.UTF8.GetBytes(TestFolder.AccessLine + "\n");

        Assert.Equal(
            "(standard input)", CliRun.With(input, "parse", "--json").Objects[0].GetProperty("Path").GetString());
        Assert.Equal(
            "(standard input)", CliRun.With(input, "parse", "-", "--json").Objects[0].GetProperty("Path").GetString());
    }

    [Fact]
    public void Output_is_handed_on_before_more_input_is_waited_for()
    {
        using MemoryStream output = new();
        List<long> lengths = [];
        using CliHost host = new()
        {
            Input = new Pulses(
                [TestFolder.AccessLine + "\n", TestFolder.AccessLine + "\n"], () => lengths.Add(output.Length)),
            Output = output,
            Error = TextWriter.Null,
        };

        Assert.Equal(0, Program.Run(["parse", "--json"], host));

        // Detection may take a first read or two; but the first line is out before the input ends.
        Assert.True(lengths[^1] > 0, "Nothing had been written when the input ended.");
    }

    private sealed class Pulses(string[] pulses, Action beforeRead) : MemoryStream
    {
        private readonly Queue<byte[]> _rest = new(pulses.Select(Encoding.UTF8.GetBytes));
        private byte[] _pulse = [];

        public override int Read(Span<byte> buffer)
        {
            beforeRead();
            if (_pulse.Length == 0 && !_rest.TryDequeue(out _pulse!))
            {
                _pulse = [];
            }

            int length = Math.Min(buffer.Length, _pulse.Length);
            _pulse.AsSpan(0, length).CopyTo(buffer);
            _pulse = _pulse[length..];
            return length;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
    }
}
