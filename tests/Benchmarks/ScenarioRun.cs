using System.Globalization;
using LogAnomaly.Analysis;

namespace LogAnomaly.Benchmarks;

/// <summary>How the table of scenarios is made.</summary>
/// <param name="Seeds">Logs of each kind.</param>
/// <param name="FirstSeed">The seed of the first; those of the others follow.</param>
/// <param name="Detectors">What looks at them; by default all, as the commands do.</param>
/// <param name="HasDetails">Whether each miss and each false alarm is named.</param>
internal sealed record ScenarioRun(int Seeds, int FirstSeed, DetectorKinds Detectors, bool HasDetails)
{
    /// <summary>Reads the arguments.</summary>
    /// <param name="args">Arguments after <c>--scenarios</c>.</param>
    /// <returns>The run.</returns>
    public static ScenarioRun Of(string[] args)
    {
        ScenarioRun run = new(5, 1, DetectorKinds.All, false);
        for (int index = 0; index < args.Length; index++)
        {
            run = args[index] switch
            {
                "--seeds" => run with { Seeds = int.Parse(args[++index], CultureInfo.InvariantCulture) },
                "--first-seed" => run with { FirstSeed = int.Parse(args[++index], CultureInfo.InvariantCulture) },
                "--detectors" => run with { Detectors = Enum.Parse<DetectorKinds>(args[++index], ignoreCase: true) },
                "--details" => run with { HasDetails = true },
                _ => throw new ArgumentException($"'{args[index]}' is unknown."),
            };
        }

        return run;
    }
}
