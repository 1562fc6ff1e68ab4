using LogAnomaly.Analysis;
using LogAnomaly.Parsing;
using LogAnomaly.Rules;

namespace LogAnomaly.Sigma.Tests;

/// <summary>The rule files of the built-in set as they lie in the repository, and what they find in a log.</summary>
internal static class RuleFolder
{
    private static readonly string s_folder = Find();
    private static readonly Lazy<SigmaRules> s_read = new(() => SigmaReader.ReadFolder(s_folder));
    private static readonly Lazy<RuleSet> s_compiled = new(() => RuleSet.Compile(Read.Rules));
    private static readonly Lazy<RuleSet> s_withPlaces = new(WithPlaces);

    /// <summary>Full path of the folder.</summary>
    public static string Folder => s_folder;

    /// <summary>What was read of all files.</summary>
    public static SigmaRules Read => s_read.Value;

    /// <summary>Files of the rules, relative to the folder, in order.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Directory.GetFiles(s_folder, "*.yml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(s_folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>The logs beside a rule whose names go on with a word.</summary>
    /// <param name="file">File of the rule, relative to the folder.</param>
    /// <param name="word">The word, <c>fires</c> or <c>quiet</c>.</param>
    /// <returns>Full paths, in order.</returns>
    public static IReadOnlyList<string> Logs(string file, string word)
    {
        string path = Path.Combine(Folder, file);
        return [.. Directory.GetFiles(
            Path.GetDirectoryName(path)!,
            $"{Path.GetFileNameWithoutExtension(path)}.{word}*.log").Order(StringComparer.Ordinal)];
    }

    /// <summary>The rules of a file that are listed or raise a finding of one that is.</summary>
    /// <param name="file">The file, relative to the folder.</param>
    /// <returns>The rules.</returns>
    public static IReadOnlyList<LogRule> RulesOf(string file)
    {
        string path = Path.Combine(Folder, file);
        return [.. Read.Rules.Where(rule => !rule.IsPart && Path.GetFullPath(rule.Path) == Path.GetFullPath(path))];
    }

    /// <summary>What the whole set finds in files that are read as one log each.</summary>
    /// <param name="paths">The files.</param>
    /// <returns>The findings.</returns>
    public static IReadOnlyList<Anomaly> FindIn(params string[] paths) => FindIn(paths, null);

    /// <summary>What the whole set finds in files that are read as one log each.</summary>
    /// <param name="paths">The files.</param>
    /// <param name="options">How they are read, or null for the usual way in UTC.</param>
    /// <param name="rules">The rules, or null for the whole set as it is.</param>
    /// <returns>The findings.</returns>
    public static IReadOnlyList<Anomaly> FindIn(string[] paths, LogReaderOptions? options, RuleSet? rules = null)
    {
        LogAnalyzer analyzer = new(
            new AnalysisOptions { Rules = rules ?? s_compiled.Value, Detectors = DetectorKinds.Rules });
        LogReader reader = new(options ?? new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        foreach (LogEvent logEvent in reader.ReadFiles(paths, TestContext.Current.CancellationToken))
        {
            analyzer.Add(logEvent);
        }

        return analyzer.Complete(TestContext.Current.CancellationToken).Anomalies;
    }

    /// <summary>
    /// What the whole set finds in a log that lies beside a rule, with the table of places if one lies there too.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <returns>The findings.</returns>
    public static IReadOnlyList<Anomaly> FindBeside(string log) =>
        FindIn(
            [log],
            null,
            Path.GetFileName(log).StartsWith("SSH-10.", StringComparison.Ordinal) ? s_withPlaces.Value : null);

    /// <summary>What the whole set finds in lines.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="options">How they are read, or null for the usual way in UTC.</param>
    /// <returns>The findings.</returns>
    public static IReadOnlyList<Anomaly> FindInLines(IEnumerable<string> lines, LogReaderOptions? options = null)
    {
        string path = Path.Combine(Path.GetTempPath(), $"loganomaly-{Guid.NewGuid():N}.log");
        File.WriteAllLines(path, lines);
        try
        {
            return FindIn([path], options);
        }
        finally
        {
            File.Delete(path);
        }
    }

    // The set with SSH-10 as a user who has a table of places would have it.
    private static RuleSet WithPlaces()
    {
        string path = Path.Combine(s_folder, "ssh", "SSH-10");
        string rule = File.ReadAllText(path + ".yml");
        string named = rule.Replace(
            "parameters: {", $"parameters: {{ geo: '{path}.places.csv',", StringComparison.Ordinal);
        return RuleSet.Compile([.. Read.Rules, .. SigmaReader.ReadText(named, path + ".yml").Rules]);
    }

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "src", "LogAnomaly.Sigma", "rules");
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        throw new DirectoryNotFoundException("No folder above the tests holds src/LogAnomaly.Sigma/rules.");
    }
}
