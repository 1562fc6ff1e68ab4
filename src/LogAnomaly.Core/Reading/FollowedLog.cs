using System.Text;

namespace LogAnomaly.Reading;

/// <summary>
/// A log that is followed by its name through rotation: the files that bore the name and were not read to their end,
/// the oldest first, and the one that bears it now. Files are known by identity and by how they begin, so that
/// renaming, copying with truncation and compression lose nothing and repeat nothing.
/// </summary>
internal sealed class FollowedLog : IDisposable
{
    private readonly List<LogGeneration> _generations = [];
    private readonly Encoding? _encoding;
    private readonly Action<ReadProblem> _tell;
    private ReadProblemKind? _told;

    /// <summary>Creates a log.</summary>
    /// <param name="path">Full path, which need not exist.</param>
    /// <param name="encoding">Encoding of text without a mark, or null to find it out.</param>
    /// <param name="tell">Told of problems.</param>
    public FollowedLog(string path, Encoding? encoding, Action<ReadProblem> tell)
    {
        Path = path;
        _encoding = encoding;
        _tell = tell;
    }

    /// <summary>Full path of the log.</summary>
    public string Path { get; }

    /// <summary>Its files that are not over, the oldest first.</summary>
    public IReadOnlyList<LogGeneration> Generations => _generations;

    /// <summary>Whether there will never be anything to read.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Begins with files that were never read.</summary>
    /// <param name="earlier">Full paths of rotated files of the log, the oldest first; not read where only last lines
    /// are wanted.</param>
    /// <param name="tail">How many last lines are wanted, or null for all.</param>
    /// <param name="cancellation">Ends the search for the last lines.</param>
    public void Begin(IReadOnlyList<string> earlier, int? tail, CancellationToken cancellation)
    {
        foreach (string path in tail is null ? earlier : [])
        {
            Add(path, default, isCurrent: false);
        }

        LogGeneration? current = FileIdentity.Of(Path) is null ? null : Add(Path, default, isCurrent: true);
        if (tail is { } count)
        {
            current?.SkipToTail(count, cancellation);
        }
    }

    /// <summary>Goes on where an earlier reading ended, with the files that came since.</summary>
    /// <param name="saved">The files that were not over then.</param>
    /// <param name="savedAt">When that was.</param>
    public void Resume(IReadOnlyList<SavedGeneration> saved, DateTimeOffset savedAt)
    {
        List<string> files = [.. RotationSets.Siblings(Path)];
        if (FileIdentity.Of(Path) is not null)
        {
            files.Add(Path);
        }

        // A file that was empty is known by its identity alone: what was written to it since may have been moved to a
        // copy. Then, and where no file is found again, those files are new that were changed later.
        Dictionary<int, SavedGeneration> known = [];
        DateTimeOffset changed = saved.Count > 0 ? saved.Max(generation => generation.Changed) : savedAt;
        int newest = -1;
        bool isCertain = false;
        foreach (SavedGeneration generation in saved)
        {
            int index = generation.FindIn(files);
            if (index >= 0)
            {
                known[index] = generation;
                isCertain = generation.StartLength > 0;
                newest = isCertain ? Math.Max(newest, index) : newest;
            }
            else if (generation.Offset > 0)
            {
                TellGone(generation);
            }
        }

        for (int i = 0; i < files.Count; i++)
        {
            bool isNew = files[i] == Path || (i > newest && (isCertain || LogFile.LastChange(files[i]) > changed));
            if (known.TryGetValue(i, out SavedGeneration? generation) || isNew)
            {
                Add(files[i], generation?.Position ?? default, files[i] == Path)?.Recall(generation);
            }
        }
    }

    /// <summary>Looks whether the log was rotated, cut short, or made.</summary>
    public void Look()
    {
        CloseThoseOver();
        LogGeneration? current = _generations.Find(generation => generation.IsCurrent);
        if (FileIdentity.Of(Path) is not { } identity)
        {
            TellOnce(current);
            return;
        }

        if (current is null)
        {
            Add(Path, default, isCurrent: true);
        }
        else if (!IsSame(identity, current))
        {
            Rotate(current);
        }
        else if (current.WasCutShort())
        {
            Restart(current);
        }
    }

    /// <summary>The next lines of the oldest file that has some.</summary>
    /// <param name="cancellation">Ends a program that decompresses.</param>
    /// <returns>The lines and their file, or null where there are none now.</returns>
    public (LogGeneration Generation, LogSegment Segment)? Next(CancellationToken cancellation)
    {
        foreach (LogGeneration generation in _generations)
        {
            try
            {
                if (generation.Next(isFinal: !generation.IsCurrent, cancellation) is { } segment)
                {
                    return (generation, segment);
                }
            }
            catch (Exception error) when (error is IOException or InvalidDataException or NotSupportedException)
            {
                generation.GiveUp();
                _tell(new ReadProblem(
                    generation.Path,
                    ReadProblemKind.EndedEarly,
                    $"'{generation.Path}' cannot be read on: {error.Message}",
                    error));
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LogGeneration generation in _generations)
        {
            generation.Dispose();
        }

        _generations.Clear();
    }

    // The newest file stays, over or not, and the newest that is not empty: a checkpoint tells by them which files came
    // later.
    private void CloseThoseOver()
    {
        int newest = _generations.FindLastIndex(generation => generation.Start.Length > 0);
        for (int i = _generations.Count - 2; i >= 0; i--)
        {
            if (i != newest && _generations[i].IsOver)
            {
                _generations[i].Dispose();
                _generations.RemoveAt(i);
            }
        }
    }

    private static Fingerprint? StartOf(string path, int length)
    {
        using Stream? content = FileContent.TryOpen(path);
        byte[] start = new byte[length];
        return content is null ? null : Fingerprint.Of(start.AsSpan(0, FileContent.TryRead(content, start)));
    }

    // Where the system tells no numbers of files, only the first bytes are left to go by.
    private bool IsSame(FileIdentity identity, LogGeneration current) => identity.IsKnown
        ? identity == current.Identity
        : identity == current.Identity && StartOf(Path, current.Start.Length) == current.Start;

    // The file that had the name is read to its end by its handle; those that came between it and the one that has the
    // name now are found beside it.
    private void Rotate(LogGeneration old)
    {
        old.IsCurrent = false;
        IReadOnlyList<string> siblings = RotationSets.Siblings(Path);
        int index = old.Identity.IsKnown ? IndexOf(siblings, path => FileIdentity.Of(path) == old.Identity) : -1;
        index = index < 0 && old.Start.Length > 0
            ? IndexOf(siblings, path => StartOf(path, old.Start.Length) == old.Start)
            : index;
        AddNewer(siblings, index, old.Changed);
        Add(Path, default, isCurrent: true);
    }

    // What was not read before the file was cut short stands in the copy that was made of it.
    private void Restart(LogGeneration old)
    {
        IReadOnlyList<string> siblings = RotationSets.Siblings(Path);
        int index = old.Start.Length == 0
            ? -1
            : IndexOf(siblings, path => StartOf(path, old.Start.Length) == old.Start);
        _generations.Remove(old);
        old.Dispose();
        if (index >= 0)
        {
            Add(siblings[index], old.Position, isCurrent: false);
            AddNewer(siblings, index, old.Changed);
        }

        Add(Path, default, isCurrent: true);
    }

    private void AddNewer(IReadOnlyList<string> siblings, int index, DateTimeOffset changed)
    {
        for (int i = index + 1; i < siblings.Count; i++)
        {
            FileIdentity? identity = FileIdentity.Of(siblings[i]);
            bool isOpen = identity is { IsKnown: true }
                && _generations.Exists(generation => generation.Identity == identity);
            if (!isOpen && (index >= 0 || LogFile.LastChange(siblings[i]) > changed))
            {
                Add(siblings[i], default, isCurrent: false);
            }
        }
    }

    private LogGeneration? Add(string path, FilePosition position, bool isCurrent)
    {
        (LogGeneration? generation, ReadProblem? problem) = LogGeneration.Open(path, position, _encoding);
        if (generation is null)
        {
            IsHopeless |= isCurrent && problem!.Kind is ReadProblemKind.IsDirectory or ReadProblemKind.NotSupported;
            if (!isCurrent || _told != problem!.Kind)
            {
                _told = isCurrent ? problem!.Kind : _told;
                _tell(problem!);
            }

            return null;
        }

        _told = isCurrent ? null : _told;
        generation.IsCurrent = isCurrent;
        _generations.Add(generation);
        return generation;
    }

    private void TellGone(SavedGeneration generation) => _tell(new ReadProblem(
        Path,
        ReadProblemKind.EndedEarly,
        FormattableString.Invariant(
            $"The file that '{Path}' was when it was read up to byte {generation.Offset} is gone: lines after it may be missing.")));

    // A file that was there and is gone is about to be rotated; one that never was may be a slip of the pen.
    private void TellOnce(LogGeneration? current)
    {
        if (Directory.Exists(Path))
        {
            Add(Path, default, isCurrent: true);
        }
        else if (current is null && _told is null)
        {
            _told = ReadProblemKind.NotFound;
            _tell(new ReadProblem(Path, ReadProblemKind.NotFound, $"There is no file '{Path}' yet: check the path."));
        }
    }

    private static int IndexOf(IReadOnlyList<string> paths, Func<string, bool> isIt)
    {
        for (int i = paths.Count - 1; i >= 0; i--)
        {
            if (isIt(paths[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
