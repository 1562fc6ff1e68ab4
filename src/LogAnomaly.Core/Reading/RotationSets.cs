namespace LogAnomaly.Reading;

/// <summary>
/// Puts rotated files in the order of time: of <c>access.log</c>, <c>access.log.1</c> and <c>access.log.2.gz</c> the
/// last was written first. A file that is named twice, by a link too, and one whose content stands in another one of
/// the set already (a rotated file and the archive that is being made of it) is left out.
/// </summary>
public static class RotationSets
{
    /// <summary>How this system compares paths.</summary>
    internal static StringComparer PathComparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? StringComparer.OrdinalIgnoreCase
            : StringComparer.Ordinal;

    /// <summary>Orders files.</summary>
    /// <param name="paths">Paths of files, in any order; those that do not exist are kept.</param>
    /// <returns>Full paths: the sets in the order in which their first file was named, in each the oldest file first,
    /// without repeats.</returns>
    public static IReadOnlyList<string> Order(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return [.. Group(paths).SelectMany(set => set)];
    }

    /// <summary>Groups files into their sets.</summary>
    /// <param name="paths">Paths of files, in any order.</param>
    /// <returns>The sets in the order in which their first file was named, in each the oldest file first, without
    /// repeats.</returns>
    internal static IReadOnlyList<IReadOnlyList<string>> Group(IEnumerable<string> paths)
    {
        List<List<RotatedFile>> sets = [];
        Dictionary<string, List<RotatedFile>> byName = new(PathComparer);
        FileRepeats repeats = new();
        foreach (string path in paths)
        {
            string full = Path.GetFullPath(path);
            if (repeats.IsRepeat(full))
            {
                continue;
            }

            RotatedName name = RotatedName.Parse(Path.GetFileName(full));
            string key = Path.Combine(Path.GetDirectoryName(full) ?? "", name.Bare);
            if (!byName.TryGetValue(key, out List<RotatedFile>? set))
            {
                byName.Add(key, set = []);
                sets.Add(set);
            }

            set.Add(new RotatedFile(full, name));
        }

        return [.. sets.Select(Settle)];
    }

    /// <summary>
    /// Orders names, such as those of the files in an archive, of which nothing but the names is known.
    /// </summary>
    /// <param name="names">The names, with their folders.</param>
    /// <returns>The names, the sets in the order of their first name, in each the oldest first.</returns>
    internal static IReadOnlyList<string> OrderNames(IReadOnlyList<string> names) => [.. names
        .Select(name => (Name: name, Rotated: RotatedName.Parse(name[(name.LastIndexOf('/') + 1)..])))
        .GroupBy(entry => entry.Name[..(entry.Name.LastIndexOf('/') + 1)] + entry.Rotated.Bare, StringComparer.Ordinal)
        .SelectMany(set => set.OrderBy(entry => entry.Rotated).Select(entry => entry.Name))];

    /// <summary>The files beside a file that are of the same set.</summary>
    /// <param name="path">Full path of the file, which need not exist.</param>
    /// <returns>Full paths of the other files, the oldest first, without repeats.</returns>
    internal static IReadOnlyList<string> Siblings(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        RotatedName own = RotatedName.Parse(Path.GetFileName(path));
        if (!Directory.Exists(folder))
        {
            return [];
        }

        EnumerationOptions options = new() { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        IEnumerable<string> others = Directory.EnumerateFiles(folder, "*", options)
            .Where(file => !PathComparer.Equals(file, path)
                && PathComparer.Equals(RotatedName.Parse(Path.GetFileName(file)).Bare, own.Bare));
        return [.. Group(others).SelectMany(set => set)];
    }

    // The sort is stable, and of two of the same place the one that is not compressed comes first.
    private static List<string> Settle(List<RotatedFile> set)
    {
        List<RotatedFile> ordered = [.. set.OrderBy(file => file.Name).ThenBy(file => file.Name.IsPacked)];
        List<string> kept = [];
        for (int i = 0; i < ordered.Count; i++)
        {
            bool isAgain = i > 0 && ordered[i].Name.CompareTo(ordered[i - 1].Name) == 0
                && FileContent.IsHeldBy(ordered[i].Path, kept[^1]);
            if (!isAgain)
            {
                kept.Add(ordered[i].Path);
            }
        }

        return kept;
    }

    private sealed record RotatedFile(string Path, RotatedName Name);
}
