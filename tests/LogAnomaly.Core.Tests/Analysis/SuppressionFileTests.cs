using System.Text;
using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class SuppressionFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"suppressions-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void The_file_is_readable_json_with_an_entry_an_element()
    {
        SuppressionFile.Add(_path, Scanner());
        const string Expected = """
            [
              {
                "Id": "S-00000001",
                "RuleId": "SSH-01",
                "Fields": {
                  "SourceIP": [
                    "10.0.0.0/8",
                    "2001:db8::/32"
                  ]
                },
                "Because": "unser Scanner, ärgerlich <laut>",
                "Ticket": "OPS-7",
                "Until": "2027-01-01T00:00:00+00:00",
                "CreatedAt": "2026-06-01T10:00:00+02:00",
                "CreatedBy": "anna"
              }
            ]

            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), File.ReadAllText(_path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_was_written_is_read_again_in_its_order()
    {
        LogSuppression first = Scanner();
        LogSuppression second = new() { Id = "S-2", RuleId = "WEB-*", Because = "staging" };
        SuppressionFile.Add(_path, first);
        SuppressionFile.Add(_path, second);
        IReadOnlyList<LogSuppression> read = SuppressionFile.Read(_path);
        Assert.Equal(["S-00000001", "S-2"], read.Select(entry => entry.Id));
        Assert.Equal(first.Until, read[0].Until);
        Assert.Equal(first.CreatedAt, read[0].CreatedAt);
        Assert.Equal(["10.0.0.0/8", "2001:db8::/32"], read[0].Fields["SourceIP"]);
        Assert.Equal(("OPS-7", "anna"), (read[0].Ticket, read[0].CreatedBy));
        Assert.Null(read[1].Until);
        Assert.Empty(read[1].Fields);
        byte[] before = File.ReadAllBytes(_path);
        SuppressionFile.Write(_path, read);
        Assert.Equal(before, File.ReadAllBytes(_path));
    }

    [Fact]
    public void Members_that_are_not_ours_are_kept()
    {
        File.WriteAllText(
            _path,
            """[{"Id":"S-1","RuleId":"A","Because":"b","Until":null,"Reviewed":{"by":["x",1.50]},"Note":null}]""");
        SuppressionFile.Add(_path, Scanner());
        string text = File.ReadAllText(_path);
        Assert.Contains("1.50", text, StringComparison.Ordinal);
        Assert.Contains("\"Note\": null", text, StringComparison.Ordinal);
        Assert.Equal(2, SuppressionFile.Read(_path).Count);
    }

    [Theory]
    [InlineData("2027-01-01", "2027-01-01T00:00:00+00:00")]
    [InlineData("2027-01-01T08:30", "2027-01-01T08:30:00+00:00")]
    [InlineData("2027-01-01T08:30:00Z", "2027-01-01T08:30:00+00:00")]
    [InlineData("2027-01-01T08:30:00.5+02:00", "2027-01-01T08:30:00.5+02:00")]
    public void A_time_without_an_offset_is_utc(string text, string expected)
    {
        File.WriteAllText(_path, $$"""[{"id":"S-1","ruleId":"A","because":"b","until":"{{text}}"}]""");
        LogSuppression read = Assert.Single(SuppressionFile.Read(_path));
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), read.Until);
    }

    [Theory]
    [InlineData("[\n{\"Id\":\"S-1\",\n\"RuleId\":\"A\",,\n}]", 3, "no JSON")]
    [InlineData("[{\"Id\":\"S-1\",\"RuleId\":\"A\",\"Because\":\"b\",\"Until\":null}]\nx", 2, "no JSON")]
    [InlineData("", 1, "no JSON")]
    [InlineData("{}", 1, "array of objects")]
    [InlineData("[\n7]", 2, "JSON object")]
    [InlineData("[{\"Id\":\"S-1\",\"RuleId\":\"A\",\"Because\":\"b\",\n\"Until\":\"next week\"}]", 2, "'next week'")]
    [InlineData("[{\"Id\":\"S-1\",\"RuleId\":\"A\",\"Because\":\"b\",\n\"Until\":20270101}]", 2, "Until is no time")]
    [InlineData("[\n{\"Id\":\"S-1\",\"RuleId\":\"A\",\"Because\":\"b\"}]", 2, "no Until")]
    [InlineData("[\n{\"RuleId\":\"A\",\"Because\":\"b\",\"Until\":null}]", 2, "no Id")]
    [InlineData("[\n{\"Id\":\"S-1\",\"RuleId\":\"A\",\"Until\":null}]", 2, "does not say why")]
    [InlineData("[\n{\"Id\":\"S-1\",\"Because\":\"b\",\"Until\":null}]", 2, "hide every finding")]
    [InlineData("[{\"Id\":\"S-1\",\"Because\":\"b\",\"Until\":null,\"Fields\":{\n\"SourceIP\":[\"10.0.0.0/40\"]}}]",
        2, "no network")]
    [InlineData("[{\"Id\":\"S-1\",\"Because\":\"b\",\"Until\":null,\"Fields\":{\"A\":\"x\",\n\"B\":[7]}}]",
        2, "no text")]
    [InlineData("[{\"Id\":\"S-1\",\"Because\":\"b\",\"Until\":null,\"Fields\":{\n\"A\":[]}}]", 2, "no value")]
    [InlineData("[{\"Id\":\"S-1\",\"Because\":\"b\",\"Until\":null,\"Fields\":\n[\"A\"]}]", 2, "Fields is no object")]
    [InlineData("[{\"Id\":\"S-1\",\"RuleId\":\n[\"A\"],\"Because\":\"b\",\"Until\":null}]", 2, "RuleId is no text")]
    [InlineData(
        "[{\"Id\":\"S-1\",\"RuleId\":\"A\",\"Because\":\"b\",\"Until\":null},\n{\"Id\":\"S-1\",\"RuleId\":\"B\",\"Because\":\"b\",\"Until\":null}]",
        2, "second time")]
    [InlineData("[{\"Id\":\"S-1\",\"RuleId\":\"A\",\"Because\":\"b\",\"Until\":null,\n\"ruleid\":\"B\"}]",
        2, "second time")]
    public void A_fault_is_told_with_file_line_and_cause(string text, int line, string cause)
    {
        File.WriteAllText(_path, text);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SuppressionFile.Read(_path));
        Assert.StartsWith($"'{_path}', line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => SuppressionFile.Add(_path, Scanner()));
        Assert.Equal(text, File.ReadAllText(_path));
    }

    [Fact]
    public void No_cut_and_no_changed_byte_of_a_file_does_more_than_tell_of_a_fault()
    {
        SuppressionFile.Add(_path, Scanner());
        byte[] good = File.ReadAllBytes(_path);
        Random random = new(7);
        for (int round = 0; round < 2_000; round++)
        {
            byte[] bad = round < good.Length ? good[..round] : (byte[])good.Clone();
            if (round >= good.Length)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            try
            {
                Assert.Single(SuppressionReader.Read(bad, "x"));
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith("'x', line ", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        File.WriteAllText(_path, """[{"Id":"S-1","RuleId":"A","Because":"b","Until":null}]""", new UTF8Encoding(true));
        Assert.Single(SuppressionFile.Read(_path));
    }

    [Fact]
    public void The_id_depends_on_what_is_said_and_when()
    {
        LogSuppression one = Scanner();
        Assert.Matches("^S-[0-9a-f]{8}$", SuppressionFile.NewId(one));
        Assert.Equal(SuppressionFile.NewId(one), SuppressionFile.NewId(one with { Id = "S-x" }));
        Assert.NotEqual(SuppressionFile.NewId(one), SuppressionFile.NewId(one with { RuleId = "SSH-02" }));
        Assert.NotEqual(
            SuppressionFile.NewId(one),
            SuppressionFile.NewId(one with { CreatedAt = one.CreatedAt!.Value.AddSeconds(1) }));
    }

    private static LogSuppression Scanner() => new()
    {
        Id = "S-00000001",
        RuleId = "SSH-01",
        Fields = new Dictionary<string, IReadOnlyList<string>> { ["SourceIP"] = ["10.0.0.0/8", "2001:db8::/32"] },
        Until = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Because = "unser Scanner, ärgerlich <laut>",
        Ticket = "OPS-7",
        CreatedAt = new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.FromHours(2)),
        CreatedBy = "anna",
    };
}
