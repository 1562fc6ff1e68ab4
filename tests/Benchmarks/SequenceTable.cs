using LogAnomaly.Analysis;
using LogAnomaly.Detection.Sequences;

namespace LogAnomaly.Benchmarks;

/// <summary>
/// What each detector of sessions reaches on the labelled sessions of the corpora, with thresholds from the training
/// sessions alone.
/// </summary>
internal static class SequenceTable
{
    /// <summary>Prints the tables.</summary>
    /// <param name="corpora">The folder of the corpora.</param>
    public static void Print(string corpora)
    {
        string openStack = Path.Combine(corpora, "sequences", "openstack_parisakalaki");
        Print(
            "OpenStack, 50 training sessions, 4,895 normal and 651 abnormal ones to test with",
            new SequenceEvaluationOptions
            {
                Training = SequenceFile.Read(Path.Combine(openStack, "openstack_train")),
                Normal = SequenceFile.Read(Path.Combine(openStack, "openstack_test_normal")),
                Abnormal = SequenceFile.Read(Path.Combine(openStack, "openstack_test_abnormal")),
            });
        string hdfs = Path.Combine(corpora, "sequences", "hdfs_logdeep");
        Print(
            "HDFS, a random 80 % of 4,855 normal sessions to learn from, the rest and 16,838 abnormal ones to test with, 10 splits", new SequenceEvaluationOptions
            {
                Training = SequenceFile.Read(Path.Combine(hdfs, "hdfs_train")),
                Abnormal = SequenceFile.Read(Path.Combine(hdfs, "hdfs_test_abnormal")),
                Splits = 10,
            });
    }

    private static void Print(string title, SequenceEvaluationOptions options)
    {
        Console.WriteLine(
            $"\n{title}\n\n| detector | precision | recall | F1 | ROC-AUC | average precision | threshold | s |\n|---|---|---|---|---|---|---|---|");
        foreach (DetectorMeasurement row in SequenceEvaluation.Measure(options))
        {
            Console.WriteLine(FormattableString.Invariant(
                $"| {row.Detector} | {row.Precision:0.0000} | {row.Recall:0.0000} | {row.F1:0.0000} ± {row.F1Spread:0.0000} | {row.RocAuc:0.0000} | {row.AveragePrecision:0.0000} | {row.Threshold:0.00} | {row.Seconds:0.00} |"));
        }
    }
}
