using System.Globalization;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.Tests.Analysis;

public sealed class LogEvaluationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loganomaly-evaluation").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Simple_detectors_stand_beside_and_counts_are_those_of_the_tested_part()
    {
        IReadOnlyList<DetectorMeasurement> rows = Measure(
            "pattern:kernel panic", Log(i => i is 150 or 151 ? "kernel panic" : "session opened"));
        Assert.Equal(
            ["Rules", "EventRarity", "MessageLength", "ErrorLevel", "SourceCount", "Random"],
            rows.Select(row => row.Detector));
        Assert.All(rows, row =>
        {
            Assert.Equal("Line", row.Unit);
            Assert.Equal(100, row.TrainingCount);
            Assert.Equal(100, row.TruePositives + row.FalsePositives + row.FalseNegatives + row.TrueNegatives);
            Assert.Equal(2, row.TruePositives + row.FalseNegatives);
            Assert.Equal(1, row.Incidents);
        });

        // The template is new, and the training part has one template only: nothing could be told apart better.
        DetectorMeasurement rarity = rows.Single(row => row.Detector == "EventRarity");
        Assert.Equal((1.0, 1.0, 1.0), (rarity.F1, rarity.RocAuc!.Value, rarity.IncidentF1!.Value));
        Assert.Equal(TimeSpan.Zero, rarity.TimeToDetect);
        Assert.Equal(0, rarity.FalseAlarmsPerDay);
    }

    [Fact]
    public void Labels_from_a_column_are_cut_out_of_what_detectors_see()
    {
        string path = Write(
            Enumerable.Range(0, 200).Select(i => (i == 150 ? "FAULT " : "- ") + Line(i, "session opened")));
        LogLabelSource labels = new("column:1!=-");
        LogEvaluation evaluation = new(new LogEvaluationOptions { Labels = labels, Detectors = ["Rules"] });
        using Stream stream = labels.Open(path, TestContext.Current.CancellationToken);
        Feed(evaluation, new LogReader(Options()).ReadStream(stream, path, TestContext.Current.CancellationToken));
        IReadOnlyList<DetectorMeasurement> rows = evaluation.Complete(TestContext.Current.CancellationToken);
        Assert.All(rows, row => Assert.Equal(1, row.TruePositives + row.FalseNegatives));
        Assert.Equal(0.5, rows.Single(row => row.Detector == "MessageLength").RocAuc);
        Assert.Equal(0.5, rows.Single(row => row.Detector == "EventRarity").RocAuc);
    }

    [Fact]
    public void Incidents_of_a_file_of_labels_are_found_by_their_lines_and_timed_from_their_start()
    {
        string path = Write(
            Enumerable.Range(0, 200).Select(i => Line(i, i is 160 or 161 ? "disk failed" : "session opened")));
        File.WriteAllText(path + ".labels.json", """
            {"format":"loganomaly-labels","version":2,"anomalies":[{"lineNumber":161,"label":"x"},{"lineNumber":162,"label":"x"}],
            "incidents":[{"id":"x-1","label":"x","start":"2026-01-05T02:39:00+00:00","end":"2026-01-05T02:41:00+00:00","lines":[161,162],
            "entities":[{"type":"HostName","value":"web1"}],"rules":[],"learned":[]}]}
            """);
        IReadOnlyList<DetectorMeasurement> rows = MeasureFile("json", path);
        DetectorMeasurement rarity = rows.Single(row => row.Detector == "EventRarity");
        Assert.Equal((1.0, 1.0), (rarity.Incidents!.Value, rarity.IncidentsFound!.Value));

        // The incident starts a minute before its first line.
        Assert.Equal(TimeSpan.FromMinutes(1), rarity.TimeToDetect);
    }

    [Fact]
    public void An_alarm_is_about_an_incident_by_lines_or_by_entity_and_time()
    {
        IncidentSpan incident = new("x", [5, 6], 1000, 2000, ["192.0.2.1"]);
        Assert.True(new Alarm([6], 5000, 5000, null).IsAbout(incident));
        Assert.True(new Alarm([9], 1500, 1600, "192.0.2.1").IsAbout(incident));
        Assert.False(new Alarm([9], 1500, 1600, "192.0.2.2").IsAbout(incident));
        Assert.False(new Alarm([9], 2500, 2600, "192.0.2.1").IsAbout(incident));
        IncidentSpan silence = new("s", [], 1000, 2000, []);
        Assert.True(new Alarm([9], 1900, 2600, null).IsAbout(silence));
        Assert.False(new Alarm([9], 2100, 2600, null).IsAbout(silence));
    }

    [Fact]
    public void Labelled_lines_on_both_sides_of_the_border_are_an_incident_of_the_tested_part_too()
    {
        // Ten minutes of the same fault over the border of both parts, and one of its own later.
        IReadOnlyList<DetectorMeasurement> rows = Measure(
            "pattern:disk failed", Log(i => i is (>= 95 and <= 105) or 180 ? "disk failed" : "session opened"));
        DetectorMeasurement row = rows.Single(row => row.Detector == "Rules");
        Assert.Equal(2, row.Incidents);
        Assert.Equal(7, row.TruePositives + row.FalseNegatives);
    }

    [Fact]
    public void A_known_incident_that_began_in_the_training_part_counts_neither_way()
    {
        string path = Write(
            Enumerable.Range(0, 200).Select(i => Line(i, i is 99 or 101 or 160 ? "disk failed" : "session opened")));
        File.WriteAllText(path + ".labels.json", """
            {"anomalies":[{"lineNumber":100,"label":"x"},{"lineNumber":102,"label":"x"},{"lineNumber":161,"label":"y"}],
            "incidents":[{"id":"x-1","label":"x","lines":[100,102]},{"id":"y-1","label":"y","lines":[161]}]}
            """);
        DetectorMeasurement rarity = MeasureFile("json", path).Single(row => row.Detector == "EventRarity");
        Assert.Equal((1.0, 0.0), (rarity.Incidents!.Value, rarity.FalseAlarmsPerDay!.Value));
    }

    [Fact]
    public void Runs_repeat_by_their_seeds_and_spread_over_several()
    {
        string[] log = Log(i => i is 150 or 170 ? "kernel panic" : "session opened");
        DetectorMeasurement first = Measure("pattern:panic", log, runs: 3)[^1];
        Assert.Equal(3, first.Runs);
        Assert.True(first.RocAucSpread > 0);
        Assert.Equal(first.RocAuc, Measure("pattern:panic", log, runs: 3)[^1].RocAuc);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("column:0=x")]
    [InlineData("column:1")]
    [InlineData("property:=x")]
    [InlineData("pattern:")]
    [InlineData("pattern:(")]
    public void A_label_that_says_nothing_is_refused(string specification) =>
        Assert.Throws<FormatException>(() => new LogLabelSource(specification));

    [Fact]
    public void A_log_without_a_label_in_its_tested_part_is_refused() => Assert.Contains(
        "tested part",
        Assert.Throws<InvalidDataException>(() => Measure("pattern:panic", Log(i => i == 3 ? "panic" : "x"))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"anomalies":[{"line":1}]}""")]
    public void Labels_of_another_form_are_refused(string text)
    {
        string path = Write(Log(_ => "x"));
        File.WriteAllText(path + ".labels.json", text);
        Assert.Contains(
            "form",
            Assert.Throws<InvalidDataException>(() => MeasureFile("json", path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_detector_is_refused_with_the_known_ones() => Assert.Contains(
        "IsolationForest",
        Assert.Throws<ArgumentException>(() => new LogEvaluation(
            new LogEvaluationOptions { Labels = new LogLabelSource("json"), Detectors = ["Oracle"] })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("- 1 a\n- 2 b\r\nX 3 c", 1, "1 a\n2 b\r\n3 c", "1:-,2:-,3:X")]
    [InlineData("a  -\tb\nlone\n\n", 2, "a  b\nlone\n\n", "1:-")]
    public void A_column_is_cut_and_the_rest_stays_byte_for_byte(string text, int column, string expected, string words)
    {
        List<string> seen = [];
        using MemoryStream stream = ColumnCut.Without(
            Samples.Stream(text), column, (line, word) => seen.Add($"{line}:{word}"));
        using StreamReader reader = new(stream);
        Assert.Equal(expected, reader.ReadToEnd());
        Assert.Equal(words, string.Join(',', seen));
    }

    private static string[] Log(Func<int, string> message) =>
        [.. Enumerable.Range(0, 200).Select(i => Line(i, message(i)))];

    private static string Line(int minute, string message) => string.Create(
        CultureInfo.InvariantCulture, $"2026-01-05T{minute / 60:00}:{minute % 60:00}:00+00:00 web1 app[7]: {message}");

    private static LogReaderOptions Options() => new() { TimeZone = TimeZoneInfo.Utc };

    private static void Feed(LogEvaluation evaluation, IEnumerable<LogEvent> events)
    {
        foreach (LogEvent logEvent in events)
        {
            evaluation.Add(logEvent);
        }
    }

    private IReadOnlyList<DetectorMeasurement> Measure(string label, string[] lines, int runs = 1) =>
        MeasureFile(label, Write(lines), runs);

    private static IReadOnlyList<DetectorMeasurement> MeasureFile(string label, string path, int runs = 1)
    {
        LogEvaluation evaluation = new(
            new LogEvaluationOptions { Labels = new LogLabelSource(label), Detectors = ["Rules"], Runs = runs });
        Feed(evaluation, new LogReader(Options()).ReadFile(path, TestContext.Current.CancellationToken));
        return evaluation.Complete(TestContext.Current.CancellationToken);
    }

    private string Write(IEnumerable<string> lines)
    {
        string path = Path.Combine(_folder, "app.log");
        File.WriteAllLines(path, lines);
        return path;
    }
}
