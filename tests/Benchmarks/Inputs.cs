using LogAnomaly.Synthesis;

namespace LogAnomaly.Benchmarks;

/// <summary>The logs that are measured, made once into a folder of their own and used again.</summary>
internal static class Inputs
{
    /// <summary>Makes a log unless it is there.</summary>
    /// <param name="type">What log.</param>
    /// <param name="lines">Its lines.</param>
    /// <returns>Its path.</returns>
    public static string Make(SyntheticLogType type, int lines)
    {
        string folder = Path.Combine(Path.GetTempPath(), "loganomaly-benchmarks");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, FormattableString.Invariant($"{type}-{lines}.log"));
        if (!File.Exists(path))
        {
            LogSynthesizer.Write(
                new SyntheticLogOptions { Type = type, Count = lines, AnomalyRate = 0.001 },
                path,
                ExistingFile.Replace);
        }

        return path;
    }
}
