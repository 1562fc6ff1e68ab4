namespace LogAnomaly.Reading;

/// <summary>Knows the files that were named so far, by path and by identity.</summary>
internal sealed class FileRepeats
{
    private readonly HashSet<string> _paths = new(RotationSets.PathComparer);
    private readonly HashSet<FileIdentity> _identities = [];

    /// <summary>Whether a file was named before, by this or another name; it counts as named from now on.</summary>
    /// <param name="path">Full path.</param>
    /// <returns>Whether it was.</returns>
    public bool IsRepeat(string path)
    {
        if (!_paths.Add(path))
        {
            return true;
        }

        // What is no regular file, such as a pipe, must not be opened twice; its name is enough.
        return FileIdentity.Of(path) is { IsKnown: true } identity && !_identities.Add(identity);
    }
}
