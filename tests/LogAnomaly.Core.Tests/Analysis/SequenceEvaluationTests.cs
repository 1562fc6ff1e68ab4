using LogAnomaly.Analysis;
using LogAnomaly.Detection.Sequences;

namespace LogAnomaly.Tests.Analysis;

public sealed class SequenceEvaluationTests
{
    private static readonly string? s_corpora = System.Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA");

    [Fact]
    public void Openstack_sessions_are_told_apart_by_fifty_normal_ones()
    {
        string folder = Folder("openstack_parisakalaki");
        DetectorMeasurement combined = Combined(new SequenceEvaluationOptions
        {
            Training = SequenceFile.Read(Path.Combine(folder, "openstack_train")),
            Normal = SequenceFile.Read(Path.Combine(folder, "openstack_test_normal")),
            Abnormal = SequenceFile.Read(Path.Combine(folder, "openstack_test_abnormal")),
        });
        Assert.Equal(50, combined.TrainingCount);
        Assert.Equal(4895, combined.FalsePositives + combined.TrueNegatives);
        Assert.InRange(combined.F1, 0.98, 1);
    }

    [Fact]
    public void Hdfs_sessions_are_told_apart_in_ten_splits()
    {
        string folder = Folder("hdfs_logdeep");
        DetectorMeasurement combined = Combined(new SequenceEvaluationOptions
        {
            Training = SequenceFile.Read(Path.Combine(folder, "hdfs_train")),
            Abnormal = SequenceFile.Read(Path.Combine(folder, "hdfs_test_abnormal")),
            Splits = 10,
        });
        Assert.Equal(10, combined.Runs);
        Assert.InRange(combined.F1, 0.98, 1);
        Assert.InRange(combined.F1Spread, 0, 0.01);
    }

    [Fact]
    public void Held_out_sessions_are_not_learned_from()
    {
        LogSequence[] training = [.. Enumerable.Range(0, 50).Select(i => new LogSequence($"{i}", ["a", "b"]))];
        IReadOnlyList<DetectorMeasurement> rows = SequenceEvaluation.Measure(
            new SequenceEvaluationOptions
            {
                Training = training,
                Abnormal = [new LogSequence(null, ["x"])],
                Holdout = 0.2,
                Splits = 3,
            },
            TestContext.Current.CancellationToken);
        Assert.Equal(SequenceDetectors.Names, rows.Select(row => row.Detector));
        Assert.All(rows, row =>
            Assert.Equal((40.0, 10.0, 3), (row.TrainingCount, row.FalsePositives + row.TrueNegatives, row.Runs)));
        Assert.Equal((1.0, 1.0), (rows[^1].F1, rows[^1].RocAuc!.Value));
    }

    [Fact]
    public void Too_few_sessions_are_refused() => Assert.Throws<ArgumentException>(() => SequenceEvaluation.Measure(
        new SequenceEvaluationOptions { Training = [new LogSequence(null, ["a"])], Abnormal = [] },
        TestContext.Current.CancellationToken));

    private static DetectorMeasurement Combined(SequenceEvaluationOptions options) =>
        Assert.Single(SequenceEvaluation.Measure(
            options with { Detectors = [SequenceDetectors.Create(SequenceDetectors.Combined)] },
            TestContext.Current.CancellationToken));

    private static string Folder(string name)
    {
        if (s_corpora is null)
        {
            Assert.Skip("LOGANOMALY_CORPORA names no corpora.");
        }

        return Path.Combine(s_corpora, "sequences", name);
    }
}
