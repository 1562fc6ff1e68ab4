namespace LogAnomaly.Reading;

/// <summary>Opens log files, which other programs write, rotate and remove meanwhile.</summary>
internal static class LogFile
{
    /// <summary>Opens a file for reading from its start. Opening a pipe waits for who writes to it.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The stream, or the problem.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public static (Stream? Stream, ReadProblem? Problem) Open(string path, CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled)
        {
            return Open(path);
        }

        Task<(Stream? Stream, ReadProblem? Problem)> opening = Task.Run(() => Open(path), cancellation);
        try
        {
            return opening.WaitAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            _ = opening.ContinueWith(
                opened => opened.Result.Stream?.Dispose(),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            throw;
        }
    }

    private static (Stream? Stream, ReadProblem? Problem) Open(string path)
    {
        if (Directory.Exists(path))
        {
            return (null, new ReadProblem(
                path,
                ReadProblemKind.IsDirectory,
                $"'{path}' is a directory: name the files in it, such as '{path}/*.log'."));
        }

        try
        {
            return (new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.Open,
                Access = FileAccess.Read,
                Share = FileShare.ReadWrite | FileShare.Delete,
                Options = FileOptions.SequentialScan,
                BufferSize = 0,
            }), null);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, new ReadProblem(
                path,
                ReadProblemKind.NotFound,
                $"There is no file '{path}': check the path, and quote wildcards for the command.",
                error));
        }
        catch (UnauthorizedAccessException error)
        {
            return (null, new ReadProblem(
                path,
                ReadProblemKind.AccessDenied,
                $"'{path}' may not be read: run as a user who may, such as root or a member of 'adm'.",
                error));
        }
        catch (IOException error)
        {
            return (null, new ReadProblem(
                path, ReadProblemKind.AccessDenied, $"'{path}' cannot be opened: {error.Message}", error));
        }
    }

    /// <summary>When a file was changed last.</summary>
    /// <param name="path">Full path.</param>
    /// <returns>The time in UTC, or now where the file has none.</returns>
    public static DateTimeOffset LastChange(string path)
    {
        // The file system answers with the year 1601 where the file is gone by now.
        DateTime changed = File.GetLastWriteTimeUtc(path);
        return changed.Year < 1970 ? DateTimeOffset.UtcNow : new DateTimeOffset(changed, TimeSpan.Zero);
    }
}
