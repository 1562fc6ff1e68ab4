using System.Management.Automation;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Turns the paths that a user gives into full paths of files, relative to the location of the session.
/// </summary>
internal static class FileArguments
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that a path with wildcards names; what it does not name is told as an error.</summary>
    /// <param name="command">The cmdlet, for its session and its error stream.</param>
    /// <param name="path">The path.</param>
    /// <returns>Full paths, in the order of the provider.</returns>
    public static IReadOnlyList<string> Expand(PSCmdlet command, string path)
    {
        List<string> files = [];
        try
        {
            PathIntrinsics paths = command.SessionState.Path;
            files.AddRange(paths.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider));
            if (!IsFileSystem(provider))
            {
                command.WriteError(Errors.NotFileSystem(path, provider.Name));
                return [];
            }
        }
        catch (ItemNotFoundException error)
        {
            command.WriteError(Errors.FileNotFound(command, path, error));
            return [];
        }
        catch (Exception error) when (
            error is SessionStateException or ProviderInvocationException or WildcardPatternException)
        {
            command.WriteError(Errors.PathNotResolved(command, path, error));
            return [];
        }

        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return files;
        }

        // /var/log/* names folders too; a user means the files.
        files.RemoveAll(Directory.Exists);
        if (files.Count == 0)
        {
            command.WriteError(Errors.FileNotFound(command, path));
        }

        return files;
    }

    /// <summary>The full path that a path without wildcards names, whether it exists or not.</summary>
    /// <param name="command">The cmdlet, for its session and its error stream.</param>
    /// <param name="path">The path.</param>
    /// <returns>The full path, or null where it is none of the file system; that is told as an error.</returns>
    public static string? Resolve(PSCmdlet command, string path)
    {
        try
        {
            PathIntrinsics paths = command.SessionState.Path;
            string full = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (IsFileSystem(provider))
            {
                return full;
            }

            command.WriteError(Errors.NotFileSystem(path, provider.Name));
        }
        catch (Exception error) when (error is SessionStateException or ProviderInvocationException)
        {
            command.WriteError(Errors.PathNotResolved(command, path, error));
        }

        return null;
    }

    /// <summary>
    /// The full path of the one file to read that a path without wildcards names; the command ends where there is none.
    /// </summary>
    /// <param name="command">The cmdlet, for its session and its errors.</param>
    /// <param name="path">The path.</param>
    /// <returns>The full path.</returns>
    public static string ResolveSource(PSCmdlet command, string path)
    {
        string full = "";
        try
        {
            PathIntrinsics paths = command.SessionState.Path;
            full = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (!IsFileSystem(provider))
            {
                command.ThrowTerminatingError(Errors.NotFileSystem(path, provider.Name));
            }
        }
        catch (Exception error) when (error is SessionStateException or ProviderInvocationException)
        {
            command.ThrowTerminatingError(Errors.PathNotResolved(command, path, error));
        }

        return full;
    }

    /// <summary>The full path of a file to write; the command ends where it cannot be or must not be written.</summary>
    /// <param name="command">The cmdlet, for its session and its errors.</param>
    /// <param name="path">The path.</param>
    /// <param name="mayOverwrite">Whether a file that exists may be overwritten.</param>
    /// <returns>The full path.</returns>
    public static string ResolveTarget(PSCmdlet command, string path, bool mayOverwrite)
    {
        string full = ResolveSource(command, path);

        if (Directory.Exists(full))
        {
            command.ThrowTerminatingError(Errors.TargetIsDirectory(full));
        }

        if (File.Exists(full) && !mayOverwrite)
        {
            command.ThrowTerminatingError(Errors.FileExists(full));
        }

        return full;
    }

    /// <summary>
    /// Gives a file as Get-Item gives it, so that it prints as a file and pipes into commands that take PSPath.
    /// </summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="path">Full path of a file that exists.</param>
    public static void WriteFile(PSCmdlet command, string path) => command.WriteObject(
        command.InvokeProvider.Item.Get([path], force: true, literalPath: true), enumerateCollection: true);

    private static bool IsFileSystem(ProviderInfo provider) =>
        string.Equals(provider.Name, FileSystem, StringComparison.Ordinal);
}
