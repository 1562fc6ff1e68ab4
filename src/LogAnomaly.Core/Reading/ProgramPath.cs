using System.Diagnostics;

namespace LogAnomaly.Reading;

/// <summary>
/// Finds a program by the search path that a child process would be given. The framework's own search looks into the
/// current directory first, on every system: who reads logs in a folder that others write to must not run what lies
/// there.
/// </summary>
internal static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute
        | UnixFileMode.OtherExecute;

    /// <summary>Finds a program on the search path.</summary>
    /// <param name="name">Its file name, without an extension.</param>
    /// <returns>Its full path, or null where it is not installed.</returns>
    public static string? Find(string name) =>
        new ProcessStartInfo().Environment.TryGetValue("PATH", out string? folders) ? Find(name, folders ?? "") : null;

    /// <summary>Finds a program in folders.</summary>
    /// <param name="name">Its file name, without an extension.</param>
    /// <param name="folders">The folders, as in the variable PATH; those that are not named in full do not
    /// count.</param>
    /// <returns>Its full path, or null where it is in none.</returns>
    public static string? Find(string name, string folders)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        foreach (string folder in folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string path = Path.Combine(folder.Trim('"'), file);
            if (Path.IsPathFullyQualified(path) && IsProgram(path))
            {
                return path;
            }
        }

        return null;
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Executable) != 0);
}
