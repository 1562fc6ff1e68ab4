using LogAnomaly.Sigma.Reading;

namespace LogAnomaly.Sigma;

/// <summary>
/// Reads rules in Sigma's YAML: detections and correlations, several documents a file. What cannot be used becomes a
/// fault with file, line and cause, and never an exception; the other rules are read.
/// </summary>
public static class SigmaReader
{
    private const int GreatestLength = 4 << 20;

    // Deep enough for any tree of rules, and an end for one that leads back into itself.
    private const int GreatestFolderDepth = 32;

    /// <summary>Reads the rules of a file; they may refer to one another.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How rules are read, or null for the usual way.</param>
    /// <returns>The rules and the faults.</returns>
    public static SigmaRules ReadFile(string path, SigmaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        SigmaOptions used = options ?? new SigmaOptions();
        return RuleCollection.Resolve([Load(path, used)], used);
    }

    /// <summary>
    /// Reads the rules of all files *.yml and *.yaml in a folder and below, in the order of their names; hidden files
    /// and folders are left out. They may refer to one another across files.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">How rules are read, or null for the usual way.</param>
    /// <returns>The rules and the faults.</returns>
    public static SigmaRules ReadFolder(string path, SigmaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        SigmaOptions used = options ?? new SigmaOptions();
        List<RuleFile> files = [];
        AddFolder(path, 0, files, used);
        return RuleCollection.Resolve(files, used);
    }

    /// <summary>Reads the rules of a text; they may refer to one another.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">File that the text is of, for the rules and their faults.</param>
    /// <param name="options">How rules are read, or null for the usual way.</param>
    /// <returns>The rules and the faults.</returns>
    public static SigmaRules ReadText(string text, string path, SigmaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(path);
        return ReadTexts([(path, text)], options ?? new SigmaOptions());
    }

    /// <summary>Reads the rules of several texts, which may refer to one another across them.</summary>
    /// <param name="texts">The texts, each with the file that it is of.</param>
    /// <param name="options">How rules are read.</param>
    /// <returns>The rules and the faults.</returns>
    internal static SigmaRules ReadTexts(IReadOnlyList<(string Path, string Text)> texts, SigmaOptions options)
    {
        RuleFile[] files = new RuleFile[texts.Count];
        Parallel.For(0, files.Length, i => files[i] = RuleFile.Read(texts[i].Text, texts[i].Path, options));
        return RuleCollection.Resolve(files, options);
    }

    private static void AddFolder(string folder, int depth, List<RuleFile> files, SigmaOptions options)
    {
        string[] paths;
        string[] folders;
        try
        {
            paths = [.. Directory.GetFiles(folder).Where(IsRuleFile).Order(StringComparer.Ordinal)];
            folders =
                [.. Directory.GetDirectories(folder).Where(inner => !IsHidden(inner)).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            files.Add(RuleFile.Failed(folder, exception.Message));
            return;
        }

        files.AddRange(paths.Select(path => Load(path, options)));
        foreach (string inner in folders)
        {
            if (depth < GreatestFolderDepth)
            {
                AddFolder(inner, depth + 1, files, options);
            }
            else
            {
                files.Add(RuleFile.Failed(inner, $"Folders are nested more than {GreatestFolderDepth} deep."));
            }
        }
    }

    private static RuleFile Load(string path, SigmaOptions options)
    {
        try
        {
            using StreamReader reader = new(path);
            return reader.BaseStream.CanSeek && reader.BaseStream.Length > GreatestLength
                ? RuleFile.Failed(path, $"The file is larger than {GreatestLength >> 20} MB, which no rules are.")
                : RuleFile.Read(reader.ReadToEnd(), path, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return RuleFile.Failed(path, exception.Message);
        }
    }

    private static bool IsRuleFile(string path) =>
        Path.GetExtension(path).ToUpperInvariant() is ".YML" or ".YAML" && !IsHidden(path);

    // A link to a folder is left out like a hidden one: it may lead back.
    private static bool IsHidden(string path)
    {
        FileAttributes attributes = File.GetAttributes(path);
        return attributes.HasFlag(FileAttributes.Hidden) || Path.GetFileName(path).StartsWith('.')
            || (attributes.HasFlag(FileAttributes.Directory) && attributes.HasFlag(FileAttributes.ReparsePoint));
    }
}
