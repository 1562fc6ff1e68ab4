using System.Diagnostics;
using System.Runtime.InteropServices;
using LogAnomaly.Detection;
using LogAnomaly.Features;

namespace LogAnomaly.Benchmarks;

/// <summary>
/// Trains and scores a detector on rows that <c>forest.py</c> wrote, beside the same work of scikit-learn.
/// </summary>
internal static class ForestRun
{
    /// <summary>
    /// Runs it a few times and prints the best times in seconds: training, scoring, and measuring the tail.
    /// </summary>
    /// <param name="detector">Name of the detector.</param>
    /// <param name="path">The rows, as 32-bit numbers one after the other; scores are written beside them, as 64-bit
    /// numbers.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="seed">Seed of the detector.</param>
    /// <param name="rounds">How often.</param>
    public static void Run(string detector, string path, int columns, int seed, int rounds)
    {
        if (detector.Contains('+', StringComparison.Ordinal))
        {
            Combine(detector.Split('+'), path, columns, seed);
            return;
        }

        float[] values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
        FeatureMatrix rows = new([.. Enumerable.Range(0, columns).Select(column => $"c{column}")], values);
        double[] scores = new double[rows.RowCount];
        double[] best = [double.MaxValue, double.MaxValue, double.MaxValue];
        for (int round = 0; round < rounds; round++)
        {
            ILogDetectorModel? model = null;
            Time(ref best[0], () => model = LogDetectors.Create(detector, seed).Train(rows, CancellationToken.None));
            Time(ref best[1], () => model!.ScoreAll(rows, scores));
            Time(ref best[2], () => model!.TailProbability(0.5));
        }

        File.WriteAllBytes(path + ".scores", MemoryMarshal.AsBytes(scores.AsSpan()).ToArray());
        Console.WriteLine(FormattableString.Invariant($"{best[0]:0.00000} {best[1]:0.00000} {best[2]:0.00000}"));
    }

    /// <summary>
    /// Combines the tail probabilities of detectors as an analysis does and writes -ln of them for scores.
    /// </summary>
    /// <param name="detectors">Names of the detectors.</param>
    /// <param name="path">The rows, as for one detector.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="seed">Seed of the detectors.</param>
    public static void Combine(IReadOnlyList<string> detectors, string path, int columns, int seed)
    {
        float[] values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();
        FeatureMatrix rows = new([.. Enumerable.Range(0, columns).Select(column => $"c{column}")], values);
        ILogDetectorModel[] models =
            [.. detectors.Select(name => LogDetectors.Create(name, seed).Train(rows, CancellationToken.None))];
        double[] scores = new double[rows.RowCount];
        for (int row = 0; row < scores.Length; row++)
        {
            double[] probabilities = Array.ConvertAll(
                models, model => model.TailProbability(model.Score(rows.Row(row))));
            scores[row] = -Math.Log(Score.Combine(probabilities));
        }

        File.WriteAllBytes(path + ".scores", MemoryMarshal.AsBytes(scores.AsSpan()).ToArray());
        Console.WriteLine("0 0 0");
    }

    private static void Time(ref double best, Action work)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        work();
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
