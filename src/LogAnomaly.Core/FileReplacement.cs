namespace LogAnomaly;

/// <summary>
/// A file in the making. It is written beside its target and then moved into place, so that a reader never meets half a
/// file and a failure leaves the earlier one as it was. A link stays a link: the file that it leads to is replaced. An
/// earlier file hands on its Unix permissions. What is no regular file, such as <c>/dev/null</c> or a named pipe, is
/// written to straight away and stays what it is.
/// </summary>
public sealed class FileReplacement : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _target;
    private readonly string? _beside;
    private readonly bool _overwrite;

    private FileReplacement(string target, string? beside, bool overwrite, FileStream output)
    {
        _target = target;
        _beside = beside;
        _overwrite = overwrite;
        Output = output;
    }

    /// <summary>Where the content goes.</summary>
    public Stream Output { get; }

    /// <summary>Starts to write a file.</summary>
    /// <param name="path">The file, or a link to it.</param>
    /// <param name="overwrite">Whether <see cref="Complete"/> replaces a file that is there by then.</param>
    /// <returns>The file in the making; disposed of without <see cref="Complete"/>, it leaves nothing behind.</returns>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written.</exception>
    public static FileReplacement Start(string path, bool overwrite)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = Path.GetFullPath(path);
        if (OpenSpecial(full) is { } special)
        {
            return new FileReplacement(full, null, overwrite, special);
        }

        FileInfo named = new(full);
        string target = named.LinkTarget is null ? full : named.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        string beside = $"{target}.{Guid.NewGuid():N}.tmp";
        return new FileReplacement(target, beside, overwrite, OpenBeside(beside, target));
    }

    /// <summary>Ends the writing and puts the file in its place.</summary>
    /// <exception cref="IOException">The file cannot be put there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be put there.</exception>
    public void Complete()
    {
        Output.Dispose();
        if (_beside is not null)
        {
            File.Move(_beside, _target, _overwrite);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        if (_beside is not null)
        {
            // After the move there is nothing left to delete; after a failure there is.
            File.Delete(_beside);
        }
    }

    // Opened by its own name and not by that of its target: /dev/stdout leads to a name that only the system can open.
    private static FileStream? OpenSpecial(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        FileStream stream;
        try
        {
            FileShare share = FileShare.ReadWrite | FileShare.Delete;
            stream = new FileStream(path, FileMode.Open, FileAccess.Write, share, BufferBytes);
        }
        catch (FileNotFoundException)
        {
            // A link whose target is not there yet counts as a file that exists.
            return null;
        }

        if (!stream.CanSeek || !HasLength(stream))
        {
            return stream;
        }

        stream.Dispose();
        return null;
    }

    // A device may claim to seek, as /dev/null does, but only a regular file takes a length; it is given its own.
    private static bool HasLength(FileStream stream)
    {
        try
        {
            stream.SetLength(stream.Length);
            return true;
        }
        catch (Exception error) when (error is IOException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static FileStream OpenBeside(string beside, string target)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = BufferBytes,
        };
        if (OperatingSystem.IsWindows() || !File.Exists(target))
        {
            return new FileStream(beside, options);
        }

        // Closed to others until it has the mode of the earlier file: the user's mask may allow more than that.
        options.UnixCreateMode = OwnerOnly;
        FileStream output = new(beside, options);
        File.SetUnixFileMode(output.SafeFileHandle, File.GetUnixFileMode(target));
        return output;
    }
}
