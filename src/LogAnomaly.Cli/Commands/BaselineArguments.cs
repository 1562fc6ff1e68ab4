using LogAnomaly.Analysis;

namespace LogAnomaly.Cli.Commands;

/// <summary>Reads the baselines and keys that options name.</summary>
internal static class BaselineArguments
{
    /// <summary>Reads a baseline.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="key">The key that it is signed by, or null where that is not checked.</param>
    /// <returns>The baseline.</returns>
    /// <exception cref="UsageException">It cannot be read, or is not as it was signed.</exception>
    public static LogBaseline Read(string path, BaselineKey? key)
    {
        try
        {
            return BaselineFile.Read(path, key);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException(error.Message);
        }
    }

    /// <summary>Reads a key.</summary>
    /// <param name="path">Its file, or null for none.</param>
    /// <returns>The key, or null.</returns>
    /// <exception cref="UsageException">It cannot be read or used.</exception>
    public static BaselineKey? ReadKey(string? path)
    {
        try
        {
            return path is null ? null : BaselineKey.OfFile(path);
        }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--key-file: {error.Message}");
        }
    }
}
