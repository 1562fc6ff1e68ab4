using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Turns names of formats into formats.</summary>
internal static class FormatArguments
{
    /// <summary>The name that leaves the format to be found out.</summary>
    public const string Auto = "auto";

    /// <summary>A format that the module itself names.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The format.</returns>
    public static LogFormat Known(string name) => LogFormats.TryGet(name, out LogFormat? format)
        ? format
        : throw new InvalidOperationException(
            $"The engine has no format '{name}': the files of the module are of different versions.");

    /// <summary>A format that a user names; an unknown name ends the command.</summary>
    /// <param name="command">The cmdlet, for its error.</param>
    /// <param name="name">The name, or <c>auto</c>.</param>
    /// <returns>The format, or null to find it out.</returns>
    public static LogFormat? Parse(PSCmdlet command, string name)
    {
        if (string.Equals(name, Auto, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!LogFormats.TryGet(name, out LogFormat? format))
        {
            command.ThrowTerminatingError(Errors.UnknownFormat(name));
        }

        return format;
    }

    /// <summary>A format that a file defines; its samples are tried.</summary>
    /// <param name="command">The cmdlet, for its location.</param>
    /// <param name="path">The file.</param>
    /// <returns>The format.</returns>
    public static LogFormat Load(PSCmdlet command, string path) => FormatDefinition.Load(
        FileArguments.Resolve(command, path) ?? throw new IOException($"'{path}' is no path of the file system."));

    /// <summary>Makes the file of <c>@file</c> one of the location of the session; any other text stays.</summary>
    /// <param name="command">The cmdlet, for its location.</param>
    /// <param name="definition">A format string, or <c>@file</c>.</param>
    /// <returns>The text with a full path.</returns>
    public static string ResolveFile(PSCmdlet command, string definition)
    {
        // A name of a format may follow the file, so the path cannot be resolved as paths are.
        return definition is ['@', .. { Length: > 0 } file]
            ? "@" + Path.Combine(command.SessionState.Path.CurrentFileSystemLocation.ProviderPath, file)
            : definition;
    }
}
