namespace LogAnomaly.Reading;

/// <summary>A file of a followed log as a checkpoint keeps it.</summary>
internal sealed record SavedGeneration
{
    /// <summary>
    /// Number of its file system; it may change when a machine starts, so it is kept for people only.
    /// </summary>
    public ulong Device { get; init; }

    /// <summary>Number of the file, or 0.</summary>
    public ulong Number { get; init; }

    /// <summary>Ticks of its time of creation, or 0.</summary>
    public long Created { get; init; }

    /// <summary>Bytes at its start that <see cref="StartHash"/> is of.</summary>
    public int StartLength { get; init; }

    /// <summary>Hash of its first bytes.</summary>
    public string StartHash { get; init; } = "";

    /// <summary>Where the lines begin that were being read, in bytes.</summary>
    public long Offset { get; init; }

    /// <summary>Lines before them.</summary>
    public long Line { get; init; }

    /// <summary>How many of them were taken.</summary>
    public long Taken { get; init; }

    /// <summary>Whether it was compressed and read to its end.</summary>
    public bool IsDone { get; init; }

    /// <summary>When the file was changed last, by the clock of its file system.</summary>
    public DateTimeOffset Changed { get; init; }

    /// <summary>How far the file was read.</summary>
    internal FilePosition Position => new(Offset, Line, Taken);

    /// <summary>Whether the values can be those of a file.</summary>
    internal bool IsSound => Offset >= 0 && Line >= 0 && Taken >= 0 && StartLength is >= 0 and <= Fingerprint.Longest
        && StartHash is not null;

    /// <summary>Takes down a file.</summary>
    /// <param name="generation">The file.</param>
    /// <returns>What a checkpoint keeps of it.</returns>
    public static SavedGeneration Of(LogGeneration generation) => new()
    {
        Device = generation.Identity.Device,
        Number = generation.Identity.Number,
        Created = generation.Identity.Created,
        StartLength = generation.Start.Length,
        StartHash = generation.Start.Hash ?? "",
        Offset = generation.Position.Offset,
        Line = generation.Position.Line,
        Taken = generation.Position.Taken,
        IsDone = generation.IsDone,
        Changed = generation.Changed,
    };

    /// <summary>
    /// Finds the file again: by its identity, and where it was copied or compressed, by how it begins.
    /// </summary>
    /// <param name="files">Full paths among which it is looked for, the oldest first.</param>
    /// <returns>Its index, or -1 where it is gone.</returns>
    public int FindIn(IReadOnlyList<string> files)
    {
        int found = -1;
        for (int i = 0; i < files.Count; i++)
        {
            FileIdentity identity = FileIdentity.Of(files[i]) ?? default;
            bool isIt = identity.IsKnown && identity.Number == Number && identity.Created == Created;
            if ((!isIt && (StartLength == 0 || found >= 0)) || !Holds(files[i]))
            {
                continue;
            }

            found = i;
            if (isIt)
            {
                return i;
            }
        }

        return found;
    }

    private bool Holds(string path)
    {
        using Stream? content = FileContent.TryOpen(path);
        if (content is null || (content.CanSeek && content.Length < Offset))
        {
            return false;
        }

        byte[] start = new byte[Fingerprint.Longest];
        int length = FileContent.TryRead(content, start);
        return new Fingerprint(StartLength, StartHash).IsOf(start.AsSpan(0, length));
    }
}
