using System.Text;
using System.Text.RegularExpressions;
using LogAnomaly.Synthesis;

namespace LogAnomaly.Fuzz;

/// <summary>
/// Where the changes start from: synthetic logs, the sample lines of the tests, and the corpora where they are.
/// </summary>
internal static partial class Seeds
{
    private const int LinesOfFile = 40;
    private const int LongestSeed = 4_096;

    /// <summary>All seeds.</summary>
    /// <returns>Lines, and groups of lines.</returns>
    public static List<byte[]> All()
    {
        List<string> seeds = [];
        foreach (SyntheticLogType type in (SyntheticLogType[])
        [
            SyntheticLogType.ApacheError,
            SyntheticLogType.Access,
            SyntheticLogType.Auth,
        ])
        {
            seeds.AddRange(LogSynthesizer.Generate(
                new SyntheticLogOptions { Type = type, Count = 60, AnomalyRate = 0.1 }).Select(line => line.Text));
        }

        if (FindRoot() is { } root)
        {
            foreach (string file in Directory.EnumerateFiles(
                Path.Combine(root, "tests", "LogAnomaly.Core.Tests", "Parsing"), "*.cs"))
            {
                seeds.AddRange(Literals(File.ReadAllText(file)));
            }
        }

        if (Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA") is { Length: > 0 } corpora)
        {
            seeds.AddRange(Directory.EnumerateFiles(corpora, "*", SearchOption.AllDirectories)
                .Where(file => new FileInfo(file).Length < 1 << 20).Order(StringComparer.Ordinal).SelectMany(OfFile));
        }

        return [.. seeds.Where(seed => seed.Length > 0)
            .Select(seed => Encoding.UTF8.GetBytes(seed[..Math.Min(seed.Length, LongestSeed)]))];
    }

    private static IEnumerable<string> OfFile(string file)
    {
        string[] lines = [.. File.ReadLines(file, Encoding.Latin1).Take(LinesOfFile)];
        return [.. lines.Where((_, index) => index % 8 == 0), string.Join('\n', lines.Take(12))];
    }

    private static IEnumerable<string> Literals(string code)
    {
        foreach (Match raw in RawLiteral().Matches(code))
        {
            yield return string.Join('\n', raw.Groups[1].Value.Split('\n').Select(line => line.Trim()));
        }

        foreach (Match plain in PlainLiteral().Matches(code))
        {
            if (plain.Groups[1].Length >= 20)
            {
                yield return plain.Groups[1].Value.Replace("\\\"", "\"", StringComparison.Ordinal)
                    .Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
            }
        }
    }

    private static string? FindRoot()
    {
        string? folder = Directory.GetCurrentDirectory();
        while (folder is not null && !File.Exists(Path.Combine(folder, "LogAnomaly.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }

    [GeneratedRegex("\"\"\"(.+?)\"\"\"", RegexOptions.Singleline, 10_000)]
    private static partial Regex RawLiteral();

    [GeneratedRegex("(?<!\")\"((?:[^\"\\\\\n]|\\\\.)+)\"(?!\")", RegexOptions.None, 10_000)]
    private static partial Regex PlainLiteral();
}
