using System.IO.Enumeration;

namespace LogAnomaly.Cli.Input;

/// <summary>
/// Expands wildcards that the shell left: <c>*</c> and <c>?</c> in any part of a path. A file of that very name wins.
/// </summary>
internal static class PathPatterns
{
    private static readonly bool s_ignoreCase = OperatingSystem.IsWindows();

    /// <summary>The files that a path stands for.</summary>
    /// <param name="path">The path as the user wrote it.</param>
    /// <returns>The path itself where it has no wildcard or is a file; else the files that match, by name; none where
    /// none does.</returns>
    public static IReadOnlyList<string> Expand(string path)
    {
        if (!HasWildcard(path) || File.Exists(path) || Directory.Exists(path))
        {
            return [path];
        }

        string root = Path.GetPathRoot(path) ?? "";
        string[] parts = path[root.Length..].Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries);
        List<string> matches = [root];
        for (int i = 0; i < parts.Length; i++)
        {
            bool isLast = i == parts.Length - 1;
            matches = [.. matches.SelectMany(folder => Descend(folder, parts[i], isLast))];
        }

        matches.Sort(StringComparer.Ordinal);
        return matches;
    }

    private static IEnumerable<string> Descend(string folder, string part, bool isLast)
    {
        if (!HasWildcard(part))
        {
            string path = Path.Combine(folder, part);
            return (isLast ? File.Exists(path) : Directory.Exists(path)) ? [path] : [];
        }

        // What cannot be listed holds no match, as in a shell.
        EnumerationOptions options = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        string start = folder.Length == 0 ? "." : folder;
        if (!Directory.Exists(start))
        {
            return [];
        }

        IEnumerable<string> entries = isLast
            ? Directory.EnumerateFiles(start, "*", options)
            : Directory.EnumerateDirectories(start, "*", options);
        return entries.Select(Path.GetFileName).OfType<string>().Where(name => Matches(part, name))
            .Select(name => Path.Combine(folder, name));
    }

    // As in a shell, a hidden file is matched only by a pattern that starts with a dot.
    private static bool Matches(string pattern, string name) =>
        (name[0] != '.' || pattern[0] == '.') && FileSystemName.MatchesSimpleExpression(pattern, name, s_ignoreCase);

    private static bool HasWildcard(string path) => path.AsSpan().ContainsAny('*', '?');
}
