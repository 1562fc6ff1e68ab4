using LogAnomaly.Rules;

namespace LogAnomaly.Sigma;

/// <summary>The rules that a command runs: the built-in set, and files or folders of the user's.</summary>
public static class RuleLibrary
{
    /// <summary>
    /// Reads the built-in set and the given files and folders. A rule of theirs takes the place of a built-in one of the same id.
    /// </summary>
    /// <param name="paths">Files and folders of Sigma rules; may be empty.</param>
    /// <returns>The rules, and the faults of those that could not be read.</returns>
    /// <exception cref="IOException">A file or folder cannot be read.</exception>
    public static SigmaRules Read(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        SigmaRules builtIn = BuiltInRules.Load();
        List<LogRule> rules = [.. builtIn.Rules];
        List<RuleFault> faults = [.. builtIn.Faults];
        foreach (string path in paths)
        {
            SigmaRules read = Directory.Exists(path) ? SigmaReader.ReadFolder(path) : SigmaReader.ReadFile(path);
            rules.AddRange(read.Rules);
            faults.AddRange(read.Faults);
        }

        return new SigmaRules(rules, faults);
    }
}
