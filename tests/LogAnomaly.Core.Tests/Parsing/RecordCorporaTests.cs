using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class RecordCorporaTests
{
    private static readonly string[] s_wazuh =
    [
        "win_event_channel", "win_security", "sysmon_eid_3", "sysmon_eid_8", "sysmon_eid_11", "sysmon_eid_13",
        "sysmon_eid_20",
    ];

    [Theory]
    [InlineData("crowdsec/windows-logs/windows-logs.log", "authentication", "testuser@mydomain.test", "192.168.9.212")]
    [InlineData("crowdsec/windows-bf/windows-bf.log", "authentication", "asdfasdf", "192.168.9.212")]
    [InlineData("crowdsec/iis-xml-logs/iis-logs.log", "web", null, "192.168.9.212")]
    public void Windows_records_give_user_and_source(string file, string category, string? user, string source)
    {
        List<LogEvent> events =
            [.. new LogReader().ReadFile(Corpora.Require(file), TestContext.Current.CancellationToken)];
        Assert.NotEmpty(events);
        Assert.All(events, made => Assert.Equal(
            (LogKind.Windows, category, user ?? made["UserName"], source),
            (made.Kind, made["Category"], made["UserName"], made["SourceIP"])));
    }

    [Fact]
    public void Windows_records_of_wazuh_are_of_a_known_event()
    {
        int total = 0;
        List<string> faults = [];
        foreach (string name in s_wazuh)
        {
            foreach (string line in File.ReadLines(Corpora.Require($"wazuh/{name}.ini")))
            {
                int at = line.IndexOf("= {", StringComparison.Ordinal);
                if (at > 0 && line.Contains("\"eventdata\"", StringComparison.OrdinalIgnoreCase))
                {
                    total++;
                    LogEvent? made = Sample.Parse(new JsonFormat(), line[(at + 2)..].Trim());
                    if (made is not WindowsEvent { Timestamp: not null, EventId: not null, HostName: not null } known
                        || known["UserName"] is null && known["Command"] is null && known["ServiceName"] is null)
                    {
                        faults.Add(line[..Math.Min(line.Length, 300)]);
                    }
                }
            }
        }

        Assert.True(total > 20, $"only {total}");
        Assert.True(faults.Count * 50 <= total, $"{faults.Count} of {total}\n{string.Join('\n', faults)}");
    }

    [Fact]
    public void No_file_of_edge_cases_loses_a_line()
    {
        foreach (string file in Directory.GetFiles(Corpora.Require("lnav")))
        {
            LogReader reader = new();
            foreach (LogEvent made in reader.ReadFile(file, TestContext.Current.CancellationToken))
            {
                _ = made.GetProperties().Count;
                Assert.NotNull(made.Message);
            }

            Assert.Equal(
                reader.Ledger.LinesRead, reader.Ledger.Parsed + reader.Ledger.Unparsed + reader.Ledger.Skipped);
        }
    }

    [Theory]
    [InlineData("logfile_bunyan.0", "json")]
    [InlineData("logfile_pino.0", "json")]
    [InlineData("logfile_ecs_log.json", "json")]
    [InlineData("logfile_otel_collector.jsonl", "json")]
    [InlineData("logfile_rust_tracing.0", "json")]
    [InlineData("logfile_mongodb.0", "json")]
    [InlineData("logfile_nextcloud.0", "json")]
    [InlineData("logfile_logfmt.0", "logfmt")]
    [InlineData("logfile_grafana.0", "logfmt")]
    public void Structured_files_are_recognised_and_have_times_and_levels(string file, string format)
    {
        LogReader reader = new();
        List<LogEvent> events =
            [.. reader.ReadFile(Corpora.Require(Path.Combine("lnav", file)), TestContext.Current.CancellationToken)];
        Assert.Equal(format, reader.Ledger.Entries[0].Format);
        Assert.Equal(0, reader.Ledger.Unparsed);
        Assert.All(events, made => Assert.True(made.Timestamp is not null, made.Raw));

        // A few of the edge cases have no level.
        Assert.True(events.Count(made => made.Level is null) <= 1, "levels are missing");
    }

    [Fact]
    public void No_other_known_file_is_taken()
    {
        foreach (string file in Directory.GetFiles(Corpora.Require("loghub"), "*.log", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(Corpora.Require("elastic-filebeat"), "*.log", SearchOption.AllDirectories)))
        {
            List<LogLine> lines = [.. Corpora.Lines(file).Take(FormatDetector.SampleSize)];
            string? found = FormatDetector.Detect(lines, null)?.Name;
            Assert.False(
                found is "json" or "logfmt" or "csv" or "ltsv" or "cri" or "cef" or "windows-xml" or "windows-json",
                $"{file}: {found}");
        }
    }
}
