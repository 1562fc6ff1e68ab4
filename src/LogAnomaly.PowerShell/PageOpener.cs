using System.ComponentModel;
using System.Diagnostics;

namespace LogAnomaly.PowerShell;

/// <summary>Shows a page in the program that the system has for pages.</summary>
internal static class PageOpener
{
    /// <summary>
    /// Whether a name is one of a page. The system picks the program by the name alone, so a page that is called
    /// <c>report.cmd</c> would be run and not shown.
    /// </summary>
    /// <param name="path">The file's name or path.</param>
    /// <returns>Whether it ends in .html or .htm.</returns>
    public static bool IsPageName(string path) =>
        Path.GetExtension(path) is { } extension
        && (extension.Equals(".html", StringComparison.OrdinalIgnoreCase)
            || extension.Equals(".htm", StringComparison.OrdinalIgnoreCase));

    /// <summary>Starts the program; it goes on by itself.</summary>
    /// <param name="path">Full path of the page.</param>
    /// <returns>Why it could not be started, or null.</returns>
    public static Exception? TryOpen(string path)
    {
        try
        {
            using Process? started = Process.Start(new ProcessStartInfo(path) { UseShellExecute = true });
            return null;
        }
        catch (Exception error) when (error is Win32Exception or FileNotFoundException or PlatformNotSupportedException)
        {
            return error;
        }
    }
}
