using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LogAnomaly.Dashboard.Tests;

public sealed class DashboardWriterTests
{
    public static TheoryData<string> HostileTexts => new()
    {
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]> --> <img src=x onerror=alert(1)>",
        "{{LOGANOMALY-DATA}}",
        "line\u2028separator\u2029paragraph",
        "nul\0bell\a escape\u001b[31mred\u001b[0m del\u007f c1\u009b",
        "right\u202Eto\u202Cleft \u2066isolated\u2069",
        "quotes \" ' ` and \\ back \\u003c/script>",
        "astral \U0001F980 and \u00e9",
        "&lt;b&gt; &amp; <b>",
    };

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public void Hostile_text_comes_back_as_it_was_and_cannot_end_the_data_block(string text)
    {
        PageText page = PageText.Write(SampleAnalysis.Of(text), SampleAnalysis.Fixed with { Title = text });

        Assert.Equal(PageText.Write(SampleAnalysis.Of("a")).Frame, page.Frame);
        Assert.Equal(VisibleText.Escape(text), WebUtility.HtmlDecode(page.Title));
        Assert.Equal(VisibleText.Escape(text), page.DigestLines()[0]);
        Assert.All(page.Data, letter => Assert.True(char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '='));
        JsonElement data = page.Json();
        Assert.Equal(text, data.GetProperty("title").GetString());
        JsonElement anomaly = data.GetProperty("anomalies")[0];
        foreach (string property in (string[])["title", "entity", "host", "program", "user", "template"])
        {
            Assert.Equal(text, anomaly.GetProperty(property).GetString());
        }

        Assert.Equal(text, anomaly.GetProperty("evidence")[0].GetProperty("raw").GetString());
        Assert.Equal(text, anomaly.GetProperty("evidence")[0].GetProperty("path").GetString());
        Assert.Equal(text, anomaly.GetProperty("reasons")[0].GetProperty("sentence").GetString());
        Assert.Equal(text, data.GetProperty("templates")[0].GetProperty("text").GetString());
        JsonElement entry = data.GetProperty("ledger").GetProperty("entries")[0];
        Assert.Equal(text, entry.GetProperty("shapes")[0].GetProperty("example").GetString());
        Assert.Equal(text, data.GetProperty("summary").GetProperty("programs")[0].GetProperty("name").GetString());
        Assert.Equal(text, data.GetProperty("lines").GetProperty("raw")[0].GetString());
        Assert.Equal(text, data.GetProperty("lines").GetProperty("paths")[0].GetString());
        foreach (string name in (string[])["host", "program", "source", "user", "action"])
        {
            Assert.Equal(text, ValuesOf(data, name)[2]);
        }
    }

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character()
    {
        PageText page = PageText.Write(SampleAnalysis.Of("high \ud83e low \udd80 end"));

        JsonElement anomaly = page.Json().GetProperty("anomalies")[0];
        Assert.Equal("high \ufffd low \ufffd end", anomaly.GetProperty("title").GetString());
        Assert.Equal("high \ufffd low \ufffd end", anomaly.GetProperty("evidence")[0].GetProperty("raw").GetString());
    }

    [Fact]
    public void A_line_of_a_megabyte_is_cut_and_says_how_much_is_missing()
    {
        string line = new('x', 1_000_000);
        JsonElement anomaly = PageText.Write(SampleAnalysis.Of(line)).Json().GetProperty("anomalies")[0];

        JsonElement evidence = anomaly.GetProperty("evidence")[0];
        Assert.Equal(line[..PageDataWriter.MaximumRaw], evidence.GetProperty("raw").GetString());
        Assert.Equal(1_000_000 - PageDataWriter.MaximumRaw, evidence.GetProperty("cut").GetInt32());
        Assert.Equal(
            $"{line[..PageJson.MaximumText]}… (998000 characters cut)", anomaly.GetProperty("title").GetString());
    }

    [Fact]
    public void A_cut_never_parts_a_surrogate_pair()
    {
        string line = "x" + string.Concat(Enumerable.Repeat("\U0001F980", 3000));
        JsonElement evidence = FirstLine(PageText.Write(SampleAnalysis.Of(line)));

        Assert.Equal(line[..3999], evidence.GetProperty("raw").GetString());
        Assert.Equal(line.Length - 3999, evidence.GetProperty("cut").GetInt32());
    }

    [Fact]
    public void A_short_line_is_whole_and_has_no_note_of_a_cut()
    {
        JsonElement evidence = FirstLine(PageText.Write(SampleAnalysis.Of("short")));

        Assert.False(evidence.TryGetProperty("cut", out _));
    }

    [Fact]
    public void The_policy_names_the_hashes_of_the_only_script_and_the_only_style()
    {
        PageText page = PageText.Write(SampleAnalysis.Busy());
        string policy = PageText.Between(page.Html, "<meta http-equiv=\"Content-Security-Policy\" content=\"", "\"");
        string style = PageText.Between(page.Frame, "<style>", "</style>");
        string script = PageText.Between(page.Frame, "<script>", "</script>");

        Assert.Equal(
            $"default-src 'none'; script-src {Hash(script)}; style-src {Hash(style)}; "
                + "img-src data:; base-uri 'none'; form-action 'none'",
            policy);
        Assert.Single(Regex.Matches(page.Html, "</style"));
        Assert.Equal(2, Regex.Count(page.Html, "</script", RegexOptions.IgnoreCase));
    }

    [Fact]
    public void The_page_points_at_nothing_outside_itself()
    {
        string page = PageText.Write(SampleAnalysis.Busy()).Frame;
        string script = PageText.Between(page, "<script>", "</script>");
        string markup = page.Replace(script, "", StringComparison.Ordinal);
        string live = Regex.Replace(markup, "<!--.*?-->", "", RegexOptions.Singleline);

        Assert.DoesNotMatch("(?i)https?://|src=|url\\(|@import", live);
        Assert.Equal(["data:,"], Regex.Matches(live, "href=\"([^\"]*)\"").Select(match => match.Groups[1].Value));
        // Script may name XML namespaces, which are names and never fetched.
        Assert.All(
            Regex.Matches(script, "(?i)https?://([a-z0-9.-]+)"),
            match => Assert.Equal("www.w3.org", match.Groups[1].Value));
        Assert.DoesNotMatch(
            "(?i)\\bXMLHttpRequest\\b|\\bWebSocket\\b|\\bEventSource\\b|\\bsendBeacon\\b|\\bimport\\(|\\bfetch\\(",
            script);
    }

    [Fact]
    public void The_same_analysis_gives_the_same_bytes_at_a_set_time()
    {
        Assert.Equal(PageText.Write(SampleAnalysis.Busy()).Html, PageText.Write(SampleAnalysis.Busy()).Html);
    }

    [Fact]
    public void The_empty_page_stays_small()
    {
        int size = Encoding.UTF8.GetByteCount(PageText.Write(SampleAnalysis.Nothing()).Html);

        Assert.InRange(size, 10_000, 1_000_000);
    }

    [Fact]
    public void The_data_holds_the_highest_scores_and_counts_them_all()
    {
        LogAnalysis analysis = SampleAnalysis.Busy(60);
        JsonElement data = PageText.Write(analysis, SampleAnalysis.Fixed with { MaximumAnomalies = 10 }).Json();

        Assert.Equal(60, data.GetProperty("anomalyCount").GetInt32());
        Assert.Equal(
            analysis.Anomalies.Take(10).Select(anomaly => anomaly.Score),
            data.GetProperty("anomalies").EnumerateArray().Select(anomaly => anomaly.GetProperty("score").GetDouble()));
        Assert.Equal(
            60, data.GetProperty("severities").EnumerateArray().Sum(entry => entry.GetProperty("count").GetInt32()));
        Assert.Equal(
            ["Critical", "High", "Medium", "Low", "Informational"],
            data.GetProperty("severities").EnumerateArray().Select(entry => entry.GetProperty("name").GetString()));
    }

    [Fact]
    public void Times_keep_the_offset_of_the_log_and_numbers_that_are_not_finite_become_zero()
    {
        LogAnalysis analysis = new()
        {
            MinimumScore = double.NaN,
            Summary = new LogSummary { EventCount = 1, FirstSeen = SampleAnalysis.Start.AddTicks(1_234_567) },
        };
        JsonElement data = PageText.Write(analysis).Json();

        Assert.Equal("2026-01-05T00:00:00.123+01:00", data.GetProperty("summary").GetProperty("firstSeen").GetString());
        Assert.False(data.GetProperty("summary").TryGetProperty("lastSeen", out _));
        Assert.Equal(0, data.GetProperty("minimumScore").GetDouble());
        Assert.Equal("2026-02-04T07:00:00.000+00:00", data.GetProperty("generatedAt").GetString());
    }

    [Fact]
    public void Raw_lines_beyond_the_budget_of_the_page_only_say_where_they_are()
    {
        string line = new('y', 4000);
        Evidence[] lines = [.. Enumerable.Range(1, 20).Select(number => new Evidence("a.log", number, null, line))];
        int needed = (int)(PageDataWriter.RawBudget / (20 * 4000)) + 1;
        LogAnalysis analysis = new()
        {
            Anomalies = [.. Enumerable.Range(0, needed).Select(_ => new Anomaly(null) { Evidence = lines })],
        };
        JsonElement anomalies = PageText.Write(analysis).Json().GetProperty("anomalies");

        Assert.Equal(4000, anomalies[0].GetProperty("evidence")[0].GetProperty("raw").GetString()?.Length);
        JsonElement last = anomalies[needed - 1].GetProperty("evidence")[19];
        Assert.Equal("", last.GetProperty("raw").GetString());
        Assert.Equal(4000, last.GetProperty("cut").GetInt32());
        Assert.Equal(20, last.GetProperty("line").GetInt32());
    }

    [Fact]
    public void A_page_moves_into_place_over_an_earlier_one_and_leaves_nothing_beside_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string path = Path.Combine(folder.FullName, "report.html");
            File.WriteAllText(path, "earlier");
            DashboardWriter.WriteFile(SampleAnalysis.Nothing(), SampleAnalysis.Fixed, path);

            Assert.Equal(PageText.Write(SampleAnalysis.Nothing()).Html, File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_failure_leaves_the_earlier_page_as_it_was_and_nothing_beside_it()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            string path = Path.Combine(folder.FullName, "report.html");
            File.WriteAllText(path, "earlier");
            DashboardOptions wrong = SampleAnalysis.Fixed with { Theme = (DashboardTheme)9 };

            Assert.Throws<ArgumentOutOfRangeException>(
                () => DashboardWriter.WriteFile(SampleAnalysis.Busy(5), wrong, path));
            Assert.Equal("earlier", File.ReadAllText(path));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_folder_that_is_missing_is_named_in_the_error()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "report.html");

        DirectoryNotFoundException error = Assert.Throws<DirectoryNotFoundException>(
            () => DashboardWriter.WriteFile(SampleAnalysis.Nothing(), SampleAnalysis.Fixed, path));
        Assert.Contains(Path.GetDirectoryName(path)!, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_digest_tells_readers_without_scripts_what_was_found()
    {
        LogAnalysis analysis = SampleAnalysis.Busy();
        string[] lines = PageText.Write(analysis).DigestLines();

        Assert.Equal("LogAnomaly report", lines[0]);
        int critical = analysis.Anomalies.Count(anomaly => anomaly.Severity == Severity.Critical);
        Assert.StartsWith($"300 findings: {critical} Critical, ", lines[1], StringComparison.Ordinal);
        Assert.Matches(@"^[\d,]+ events, 2026-01-05 \d\d:\d\d to 2026-02-0\d \d\d:\d\d UTC\+01:00\.$", lines[2]);
        Assert.Matches(
            @"^[\d,]+ lines read of 2 files: [\d,]+ parsed, [\d,]+ not understood, [\d,]+ skipped", lines[3]);
        Assert.All(lines[4..], line => Assert.Matches(@"^\w+ .+, \d+ findings: .+ and \d+ more, 2026-01-", line));
        Severity[] severities = [.. lines[4..].Select(line => Enum.Parse<Severity>(line.Split(' ')[0]))];
        Assert.Equal(severities.OrderDescending(), severities);
        Assert.Equal(analysis.Anomalies.Select(anomaly => anomaly.Title).Distinct().Count(), lines.Length - 4);
    }

    [Fact]
    public void The_digest_of_a_log_without_findings_says_so_and_no_more()
    {
        Assert.Equal(
            ["LogAnomaly report", "No findings came in; the log itself was not passed on."],
            PageText.Write(SampleAnalysis.Nothing()).DigestLines());
        Assert.Equal(
            [
                "LogAnomaly report", "No line was understood, so nothing can be said.", "12 events.",
                "12 lines read of 1 file: 0 parsed, 12 not understood, 0 skipped.",
            ],
            PageText.Write(SampleAnalysis.Quiet()).DigestLines());
    }

    [Theory]
    [InlineData(10, 1_000)]
    [InlineData(1_500, 100)]
    [InlineData(50_000, 75)]
    public void Templates_that_would_make_the_page_large_are_left_out_and_counted(int length, int held)
    {
        List<LogTemplate> templates =
        [
            .. Enumerable.Range(1, 1_200).Select(n => new LogTemplate($"{n:0000}{new string('x', length)}")
            {
                Count = 2_000 - n,
                Example = new string('y', length),
            }),
        ];
        Anomaly last = new(null)
        {
            Title = "The last", Detector = "RareTemplate", TemplateId = templates[^1].Id, Reasons = [], Evidence = [],
        };
        JsonElement data = PageText.Write(new LogAnalysis { Templates = templates, Anomalies = [last] }).Json();

        JsonElement[] written = [.. data.GetProperty("templates").EnumerateArray()];
        Assert.Equal(1_200, data.GetProperty("templateCount").GetInt32());
        Assert.Equal(held + 1, written.Length);
        Assert.Equal(templates[held - 1].Id, written[held - 1].GetProperty("id").GetString());
        Assert.Equal(templates[^1].Id, written[^1].GetProperty("id").GetString());
    }

    [Fact]
    public void The_stream_stays_open_and_a_negative_maximum_is_refused()
    {
        using MemoryStream output = new();
        DashboardWriter.Write(SampleAnalysis.Nothing(), SampleAnalysis.Fixed, output);
        Assert.True(output.CanWrite);

        DashboardOptions negative = new() { MaximumAnomalies = -1 };
        Assert.Throws<ArgumentOutOfRangeException>(
            () => DashboardWriter.Write(SampleAnalysis.Nothing(), negative, output));
    }

    [Theory]
    [InlineData("no place for data")]
    [InlineData("{{LOGANOMALY-DATA}}")]
    [InlineData("{{LOGANOMALY-DATA}} {{LOGANOMALY-TITLE}} {{LOGANOMALY-DIGEST}}")]
    [InlineData("{{LOGANOMALY-TITLE}} {{LOGANOMALY-DIGEST}} {{LOGANOMALY-DATA}} and again {{LOGANOMALY-DATA}}")]
    public void A_page_without_exactly_one_place_for_title_digest_and_data_is_refused(string page)
    {
        Assert.Throws<InvalidOperationException>(() => new PageTemplate(Encoding.UTF8.GetBytes(page)));
    }

    [Fact]
    public void Every_table_of_the_page_counts_all_events_in_columns_of_one_length()
    {
        LogAnalysis analysis = SampleAnalysis.Busy();
        JsonElement data = PageText.Write(analysis).Json();
        JsonElement cube = data.GetProperty("cube");

        Assert.Equal(2, data.GetProperty("version").GetInt32());
        Assert.All(cube.GetProperty("tables").EnumerateArray(), table =>
        {
            Assert.Equal(analysis.Summary.EventCount, Numbers(table, "count").Sum());
            Assert.Equal(table.GetProperty("dimensions").GetArrayLength(), table.GetProperty("codes").GetArrayLength());
            Assert.All(
                table.GetProperty("codes").EnumerateArray().Append(table.GetProperty("time")),
                column => Assert.Equal(table.GetProperty("count").GetArrayLength(), column.GetArrayLength()));
            long[] time = Numbers(table, "time");
            Assert.Equal(-1, time[0]);
            Assert.DoesNotContain(time.Skip(1), delta => delta < 0);
            Assert.InRange(time.Sum(), 0, cube.GetProperty("steps").GetInt32() - 1);
        });
        Assert.Equal(
            analysis.Summary.Sources[0].Name, ValuesOf(data, "source")[2]);
        Assert.Equal(20, data.GetProperty("slowest").GetArrayLength());
        Assert.Equal(20, data.GetProperty("largest").GetArrayLength());
        Assert.Equal("Documentation", data.GetProperty("sources")[0].GetProperty("origin").GetString());
    }

    [Fact]
    public void Kept_lines_have_a_code_of_each_dimension_and_times_within_the_cube()
    {
        JsonElement data = PageText.Write(SampleAnalysis.Busy()).Json();
        JsonElement lines = data.GetProperty("lines");
        long[] time = Numbers(lines, "time");

        Assert.Equal(2_000, time.Length);
        Assert.Equal(
            data.GetProperty("cube").GetProperty("dimensions").GetArrayLength(),
            lines.GetProperty("codes").GetArrayLength());
        Assert.All(
            lines.GetProperty("codes").EnumerateArray().Concat([lines.GetProperty("raw"), lines.GetProperty("line")]),
            column => Assert.Equal(time.Length, column.GetArrayLength()));
        Assert.InRange(time.Max(), 1, TimeSpan.FromDays(31).TotalMilliseconds);
        Assert.Contains(-1, time);
    }

    [Fact]
    public void What_the_page_says_of_the_run_is_written()
    {
        LogAnalysis analysis = new()
        {
            ExpectedFalseAlarmsPerDay = 0.25,
            HeldBack = 7,
            Anomalies = [new Anomaly(null) { NormalIf = "It came by day." }],
        };
        JsonElement data = PageText.Write(analysis).Json();

        Assert.Equal(0.25, data.GetProperty("falseAlarmsPerDay").GetDouble());
        Assert.Equal(7, data.GetProperty("heldBack").GetInt64());
        Assert.Equal(0, data.GetProperty("suppressed").GetInt32());
        Assert.Equal("It came by day.", data.GetProperty("anomalies")[0].GetProperty("normalIf").GetString());
        Assert.Equal(JsonValueKind.Object, data.GetProperty("techniques").ValueKind);
        Assert.Equal(0, data.GetProperty("cube").GetProperty("tables")[0].GetProperty("count").GetArrayLength());
    }

    private static long[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetInt64())];

    private static string[] ValuesOf(JsonElement data, string dimension) =>
    [
        .. data.GetProperty("cube").GetProperty("dimensions").EnumerateArray()
            .Single(entry => entry.GetProperty("name").GetString() == dimension)
            .GetProperty("values").EnumerateArray().Select(value => value.GetString()!),
    ];

    private static JsonElement FirstLine(PageText page) =>
        page.Json().GetProperty("anomalies")[0].GetProperty("evidence")[0];

    private static string Hash(string block) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(block)))}'";
}
