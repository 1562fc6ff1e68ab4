using System.Text.Json;
using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class MeasureCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loganomaly-measure").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sessions_are_measured_by_each_detector_and_by_all_together()
    {
        (string train, string normal, string abnormal) = Sessions();
        CliRun run = CliRun.Of(
            "measure", "--sequences", "--train", train, "--normal", normal, "--abnormal", abnormal, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            ["NewEvent", "Length", "NearestSession", "EventCounts", "PairNovelty", "Combined"],
            run.Objects.Select(row => row.GetProperty("Detector").GetString()));
        JsonElement combined = run.Objects[^1];
        Assert.Equal(1, combined.GetProperty("F1").GetDouble());
        Assert.Equal(1, combined.GetProperty("RocAuc").GetDouble());
        Assert.Equal(1, combined.GetProperty("AveragePrecision").GetDouble());
        Assert.Equal(10, combined.GetProperty("TruePositives").GetDouble());
        Assert.Equal(30, combined.GetProperty("TrueNegatives").GetDouble());
        Assert.Equal(60, combined.GetProperty("TrainingCount").GetDouble());
        Assert.True(combined.GetProperty("Threshold").GetDouble() > 0);
        Assert.True(combined.GetProperty("Seconds").GetDouble() > 0);
        Assert.False(combined.TryGetProperty("Incidents", out _));
    }

    [Fact]
    public void The_normal_sessions_may_be_held_out_of_the_training_ones()
    {
        (string train, _, string abnormal) = Sessions();
        CliRun run = CliRun.Of(
            "measure",
            "--sequences",
            "--train",
            train,
            "--abnormal",
            abnormal,
            "--splits",
            "4",
            "--holdout",
            "0.25",
            "--json");
        Assert.All(run.Objects, row =>
        {
            Assert.Equal(4, row.GetProperty("Runs").GetInt32());
            Assert.Equal(45, row.GetProperty("TrainingCount").GetDouble());
        });
        CliRun table = CliRun.Of("measure", "--sequences", "--train", train, "--abnormal", abnormal, "--splits", "4");
        Assert.Equal(7, table.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("±", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_labelled_log_is_measured_beside_simple_detectors()
    {
        string log = Path.Combine(_folder, "auth.log");
        Assert.Equal(0, CliRun.Of(
            "new-log", "--type", "auth", "--count", "3000", "--anomaly-rate", "0.02", "--path", log).ExitCode);
        CliRun run = CliRun.Of(
            "measure", log, "--label", "json", "--detector", "rules", "--time-zone", "UTC", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(6, run.Objects.Count);
        Assert.Equal(5, run.Objects.Count(row => row.GetProperty("IsSimple").GetBoolean()));
        Assert.True(run.Objects[0].GetProperty("Incidents").GetDouble() > 0);
        CliRun table = CliRun.Of("measure", log, "--label", "json", "--detector", "Rules", "--time-zone", "UTC");
        Assert.Contains("False/day", table.Output, StringComparison.Ordinal);
        Assert.Contains("EventRarity", table.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_of_labels_is_read_and_cut_out()
    {
        string log = Path.Combine(_folder, "own.log");
        File.WriteAllLines(log, Enumerable.Range(0, 100)
            .Select(i => (i % 20 == 19 ? "BAD" : "-") + " Jan  5 00:00:00 web1 app[1]: the same"));
        CliRun run = CliRun.Of("measure", log, "--label", "column:1!=-", "--detector", "Rules", "--json");
        Assert.Equal(0, run.ExitCode);
        Assert.All(run.Objects, row => Assert.Equal(
            3, row.GetProperty("TruePositives").GetDouble() + row.GetProperty("FalseNegatives").GetDouble()));
        Assert.Equal(0.5, run.Objects.Single(row => row.GetProperty("Detector").GetString() == "MessageLength")
            .GetProperty("RocAuc").GetDouble());
    }

    [Theory]
    [InlineData("--label", "measure", "x.log")]
    [InlineData("--train", "measure", "--sequences", "--abnormal", "x")]
    [InlineData("--sequences", "measure", "--train", "x")]
    [InlineData("none.txt", "measure", "--sequences", "--train", "none.txt", "--abnormal", "none.txt")]
    [InlineData("says not where", "measure", "x.log", "--label", "nowhere")]
    [InlineData("--holdout", "measure", "--sequences", "--train", "x", "--abnormal", "x", "--holdout", "2")]
    [InlineData("Oracle", "measure", "x.log", "--label", "json", "--detector", "Oracle")]
    public void What_cannot_be_measured_is_told(string told, params string[] args)
    {
        CliRun run = CliRun.Of(args);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    private (string Train, string Normal, string Abnormal) Sessions()
    {
        string Write(string name, int count, Func<int, string> line)
        {
            string path = Path.Combine(_folder, name);
            File.WriteAllLines(path, Enumerable.Range(0, count).Select(i => $"{name}-{i},{line(i)}"));
            return path;
        }

        return (
            Write("train", 60, i => i % 2 == 0 ? "1 2 3 4" : "1 2 2 3 4"),
            Write("normal", 30, i => i % 3 == 0 ? "1 2 3 4" : "1 2 2 3 4"),
            Write("abnormal", 10, i => i % 2 == 0 ? "1 9 8 7" : "4 4 4 4 1 1"));
    }
}
