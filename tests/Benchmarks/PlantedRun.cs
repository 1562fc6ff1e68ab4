using System.Diagnostics;
using LogAnomaly.Detection;
using LogAnomaly.Tests.Detection;

namespace LogAnomaly.Benchmarks;

/// <summary>How often each detector names the one column that was made odd, and how often it finds the row.</summary>
internal static class PlantedRun
{
    /// <summary>Runs detectors over the same cases and prints a line for each.</summary>
    /// <param name="cases">How many cases.</param>
    /// <param name="names">Names of the detectors.</param>
    public static void Print(int cases, IReadOnlyList<string> names)
    {
        Console.WriteLine(
            $"| detector | column named first of {cases:N0} | row of the ten oddest | of those below 1 in 20, 'would be normal if' is that column alone | ms a case |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (string name in names)
        {
            int named = 0;
            int found = 0;
            int alone = 0;
            int odd = 0;
            long start = Stopwatch.GetTimestamp();
            Parallel.For(0, cases, seed =>
            {
                PlantedCase planted = PlantedCase.Make(seed);
                ILogDetectorModel model = LogDetectors.Create(name, seed).Train(planted.Rows, CancellationToken.None);
                ReadOnlySpan<float> row = planted.Rows.Row(planted.Row);
                double[] scores = new double[planted.Rows.RowCount];
                model.ScoreAll(planted.Rows, scores);
                Add(ref named, planted.IsNamed(model.Explain(row)));
                Add(ref found, scores.Count(score => score > scores[planted.Row]) < 10);
                if (model.TailProbability(scores[planted.Row]) < 0.05)
                {
                    Add(ref odd, true);
                    Add(
                        ref alone,
                        Counterfactual.Find(model, row) is { Changes: [{ } only] } && only.Index == planted.Column);
                }
            });
            double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds / cases;
            Console.WriteLine(FormattableString.Invariant(
                $"| {name} | {100.0 * named / cases:0.0} % | {100.0 * found / cases:0.0} % | {100.0 * alone / Math.Max(odd, 1):0.0} % of {odd} | {milliseconds:0.0} |"));
        }
    }

    private static void Add(ref int count, bool holds)
    {
        if (holds)
        {
            Interlocked.Increment(ref count);
        }
    }
}
