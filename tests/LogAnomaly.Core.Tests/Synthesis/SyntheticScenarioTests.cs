using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using LogAnomaly.Synthesis;
using Xunit;

namespace LogAnomaly.Tests.Synthesis;

public sealed partial class SyntheticScenarioTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loganomaly-").FullName;

    public static TheoryData<SyntheticLogType, SyntheticDifficulty> Logs
    {
        get
        {
            TheoryData<SyntheticLogType, SyntheticDifficulty> data = [];
            foreach (SyntheticLogType type in Enum.GetValues<SyntheticLogType>())
            {
                foreach (SyntheticDifficulty difficulty in Enum.GetValues<SyntheticDifficulty>())
                {
                    data.Add(type, difficulty);
                }
            }

            return data;
        }
    }

    public static TheoryData<SyntheticLogType, SyntheticScenario> Scenarios
    {
        get
        {
            TheoryData<SyntheticLogType, SyntheticScenario> data = [];
            foreach (ScenarioFacts facts in ScenarioFacts.All)
            {
                data.Add(facts.Type, facts.Scenario);
            }

            return data;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Logs))]
    public void Every_line_parses_and_equal_options_give_equal_lines(
        SyntheticLogType type, SyntheticDifficulty difficulty)
    {
        SyntheticLogOptions options = All(type, difficulty);
        SyntheticLine[] lines = [.. LogSynthesizer.Generate(options)];
        Assert.Equal(lines, LogSynthesizer.Generate(options with { }));
        Assert.NotEqual(lines, LogSynthesizer.Generate(options with { Seed = 2 }));
        LogEvent[] events = [.. LogSynthesizer.GenerateEvents(options)];
        Assert.DoesNotContain(events, made => made.Kind == LogKind.Unparsed);
        Assert.Equal(lines.Select(line => line.Label), events.Select(made => made.Label));
        Assert.Equal(lines.Select(line => line.Timestamp), events.Select(made => made.Timestamp!.Value));
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void Stamps_are_in_order_but_where_a_clock_is_set(SyntheticLogType type, SyntheticDifficulty difficulty)
    {
        List<SyntheticIncident> incidents = [];
        SyntheticLine[] lines = [.. LogSynthesizer.Generate(All(type, difficulty), incidents.Add)];
        int[] back = [.. Enumerable.Range(1, lines.Length - 1)
            .Where(index => lines[index].Timestamp < lines[index - 1].Timestamp)];
        long[] jumps = [.. incidents.Where(incident => incident.Scenario == SyntheticScenario.ClockJump)
            .Select(incident => incident.Lines[0])];
        Assert.Equal(jumps, back.Select(index => index + 1L));
        Assert.InRange((lines[^1].Timestamp - lines[0].Timestamp).TotalDays, 6.9, 7.0);
    }

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_truth_of_each_incident_is_that_of_its_lines(SyntheticLogType type, SyntheticScenario scenario)
    {
        foreach (SyntheticDifficulty difficulty in Enum.GetValues<SyntheticDifficulty>())
        {
            List<SyntheticIncident> incidents = [];
            SyntheticLogOptions options = new()
            {
                Type = type, Scenarios = [scenario], Difficulty = difficulty, Incidents = 2, Days = 3, Seed = 5,
            };
            SyntheticLine[] lines = [.. LogSynthesizer.Generate(options, incidents.Add)];
            Assert.Equal(2, incidents.Count);
            long[] marked = [.. Enumerable.Range(1, lines.Length)
                .Where(number => lines[number - 1].Label is not null)
                .Select(number => (long)number)];
            Assert.Equal(marked, incidents.SelectMany(incident => incident.Lines).Order());
            Assert.All(incidents, incident => AssertTrue(incident, scenario, difficulty, lines));
            Assert.True(incidents[0].Start < incidents[1].Start);
        }
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void Quiet_days_have_no_incident(SyntheticLogType type, SyntheticDifficulty difficulty)
    {
        List<SyntheticIncident> incidents = [];
        SyntheticLogOptions options =
            new() { Type = type, Difficulty = difficulty, Scenarios = [SyntheticScenario.None], Days = 2 };
        SyntheticLine[] lines = [.. LogSynthesizer.Generate(options, incidents.Add)];
        Assert.Empty(incidents);
        Assert.All(lines, line => Assert.Null(line.Label));
        Assert.Equal(
            lines.Select(line => line.Text),
            LogSynthesizer.Generate(options with { Scenarios = [SyntheticScenario.All], Incidents = 0 })
                .Select(line => line.Text));
    }

    [Theory]
    [InlineData(SyntheticDifficulty.Easy)]
    [InlineData(SyntheticDifficulty.Hard)]
    public void A_silence_has_no_lines_of_its_host(SyntheticDifficulty difficulty)
    {
        foreach (SyntheticLogType type in (SyntheticLogType[])[SyntheticLogType.Auth, SyntheticLogType.System])
        {
            List<SyntheticIncident> incidents = [];
            SyntheticLogOptions options =
                new() { Type = type, Difficulty = difficulty, Scenarios = [SyntheticScenario.Silence] };
            SyntheticLine[] lines = [.. LogSynthesizer.Generate(options, incidents.Add)];
            SyntheticIncident silence = Assert.Single(incidents);
            string host = Assert.Single(silence.Entities).Value;
            Assert.True(silence.End - silence.Start >= TimeSpan.FromMinutes(45));
            Assert.DoesNotContain(lines, line => line.Timestamp > silence.Start && line.Timestamp < silence.End
                && line.Text.Contains($" {host} ", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public void Attackers_come_from_the_networks_of_ordinary_people(
        SyntheticLogType type, SyntheticDifficulty difficulty)
    {
        HashSet<string> ordinary = [];
        HashSet<string> hostile = [];
        foreach (SyntheticLine line in LogSynthesizer.Generate(All(type, difficulty)))
        {
            foreach (Match match in Addresses().Matches(line.Text))
            {
                string address = match.Groups[1].Value;
                Assert.True(IsNobodys(IPAddress.Parse(address)), line.Text);
                string network = address[..address.IndexOf('.', address.IndexOf('.', StringComparison.Ordinal) + 1)];
                (line.Label is null ? ordinary : hostile).Add(network);
            }
        }

        Assert.Subset(ordinary, hostile);
    }

    [Fact]
    public void The_labels_tell_of_each_incident_and_keep_what_they_told_before()
    {
        string path = Path.Combine(_folder, "auth.log");
        SyntheticLogOptions options = All(SyntheticLogType.Auth, SyntheticDifficulty.Hard);
        LogSynthesizer.Write(options, path, cancellationToken: TestContext.Current.CancellationToken);
        List<SyntheticIncident> incidents = [];
        SyntheticLine[] lines = [.. LogSynthesizer.Generate(options, incidents.Add)];
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(LogSynthesizer.LabelsPath(path)));
        JsonElement root = document.RootElement;
        Assert.Equal("loganomaly-labels", root.GetProperty("format").GetString());
        Assert.Equal(2, root.GetProperty("version").GetInt32());
        Assert.Equal(lines.Length, root.GetProperty("count").GetInt32());
        Assert.Equal("Hard", root.GetProperty("difficulty").GetString());
        Assert.Equal(
            lines.Select((line, index) => (index + 1, line.Label, line.IncidentId))
                .Where(line => line.Label is not null),
            root.GetProperty("anomalies").EnumerateArray().Select(item => (
                item.GetProperty("lineNumber").GetInt32(), item.GetProperty("label").GetString(),
                item.GetProperty("incident").GetString())));
        JsonElement[] told = [.. root.GetProperty("incidents").EnumerateArray()];
        Assert.Equal(incidents.Count, told.Length);
        for (int index = 0; index < told.Length; index++)
        {
            SyntheticIncident incident = incidents[index];
            Assert.Equal(incident.Id, told[index].GetProperty("id").GetString());
            Assert.Equal(incident.Scenario.ToString(), told[index].GetProperty("scenario").GetString());
            Assert.Equal(incident.Start, told[index].GetProperty("start").GetDateTimeOffset());
            Assert.Equal(incident.End, told[index].GetProperty("end").GetDateTimeOffset());
            Assert.Equal(
                incident.Lines, told[index].GetProperty("lines").EnumerateArray().Select(line => line.GetInt64()));
            Assert.Equal(
                incident.Rules, told[index].GetProperty("rules").EnumerateArray().Select(rule => rule.GetString()!));
            Assert.Equal(incident.Lines.Count > 0, told[index].TryGetProperty("firstLine", out _));
        }
    }

    [Theory]
    [InlineData(SyntheticLogType.Access, SyntheticScenario.SshSpray, 7, 1, "Scenarios")]
    [InlineData(SyntheticLogType.Auth, SyntheticScenario.All, 0, 1, "Days")]
    [InlineData(SyntheticLogType.Auth, SyntheticScenario.All, 181, 1, "Days")]
    [InlineData(SyntheticLogType.Auth, SyntheticScenario.All, 7, -1, "Incidents")]
    [InlineData(SyntheticLogType.Auth, SyntheticScenario.All, 1, 2, "Days")]
    public void What_cannot_be_made_is_named_at_once(
        SyntheticLogType type, SyntheticScenario scenario, int days, int incidents, string name)
    {
        SyntheticLogOptions options = new() { Type = type, Scenarios = [scenario], Days = days, Incidents = incidents };
        Assert.Equal(
            name, Assert.Throws<ArgumentOutOfRangeException>(() => LogSynthesizer.Generate(options)).ParamName);
    }

    [Fact]
    public void None_stands_alone_and_a_system_log_needs_a_scenario()
    {
        SyntheticLogOptions both = new()
        {
            Type = SyntheticLogType.Auth, Scenarios = [SyntheticScenario.None, SyntheticScenario.SshSpray],
        };
        Assert.Throws<ArgumentOutOfRangeException>(() => LogSynthesizer.Generate(both));
        ArgumentOutOfRangeException thrown = Assert.Throws<ArgumentOutOfRangeException>(
            () => LogSynthesizer.Generate(new SyntheticLogOptions { Type = SyntheticLogType.System }));
        Assert.Contains("scenarios", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_at_least_twelve_scenarios_and_each_has_a_type()
    {
        SyntheticScenario[] planted = [.. ScenarioFacts.All.Select(facts => facts.Scenario).Distinct().Order()];
        Assert.Equal(Enum.GetValues<SyntheticScenario>().Where(scenario => scenario > SyntheticScenario.All), planted);
        Assert.True(planted.Length >= 12);
    }

    private static void AssertTrue(
        SyntheticIncident incident, SyntheticScenario scenario, SyntheticDifficulty difficulty, SyntheticLine[] lines)
    {
        Assert.Equal(scenario, incident.Scenario);
        Assert.Equal(difficulty, incident.Difficulty);
        Assert.NotEmpty(incident.Entities);
        Assert.True(incident.Rules.Count + incident.Learned.Count > 0);
        Assert.Equal(scenario == SyntheticScenario.Silence, incident.Lines.Count == 0);
        foreach (long number in incident.Lines)
        {
            Assert.Equal((incident.Label, incident.Id), (lines[number - 1].Label, lines[number - 1].IncidentId));
        }

        if (incident.Lines.Count > 0)
        {
            Assert.Equal(incident.Start, lines[incident.Lines[0] - 1].Timestamp);
            Assert.Equal(incident.End, lines[incident.Lines[^1] - 1].Timestamp);
        }
    }

    private static SyntheticLogOptions All(SyntheticLogType type, SyntheticDifficulty difficulty) => new()
    {
        Type = type, Difficulty = difficulty, Scenarios = [SyntheticScenario.All], Seed = 1,
    };

    // RFC 1918, 5737, 6598 and 2544, and the loopback.
    private static bool IsNobodys(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        return (bytes[0], bytes[1]) is (10, _) or (127, _) or (192, 0) or (198, 51) or (203, 0) or (198, 18 or 19)
            || (bytes[0] == 100 && bytes[1] is >= 64 and < 128);
    }

    // Four numbers that stand where an address does; versions of browsers follow a slash, those of mail codes a space.
    [GeneratedRegex(
        @"(?:^|from |rhost=|\[client |SRC=|with |by |user \S+ )(\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})(?![\d.])")]
    private static partial Regex Addresses();
}
