using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>Reads files of suppressions for cmdlets.</summary>
internal static class SuppressionArguments
{
    /// <summary>
    /// Reads a file. The command ends where that fails: to go on without it would not be what was asked for.
    /// </summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="path">Path of the file, without wildcards.</param>
    /// <returns>Its suppressions.</returns>
    public static IReadOnlyList<LogSuppression> Read(PSCmdlet command, string path)
    {
        if (FileArguments.Resolve(command, path) is not { } full)
        {
            return [];
        }

        try
        {
            return SuppressionFile.Read(full);
        }
        catch (InvalidDataException error)
        {
            command.ThrowTerminatingError(Errors.BadSuppressionFile(error, full));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            command.ThrowTerminatingError(Errors.FileNotRead(full, error));
        }

        return [];
    }

    /// <summary>Reads the file that a parameter names.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="path">Path of the file, or null for none.</param>
    /// <returns>Its suppressions, or null for none.</returns>
    public static SuppressionSet? ReadSet(PSCmdlet command, string? path) =>
        path is null ? null : new SuppressionSet(Read(command, path));

    /// <summary>Tells that findings were hidden, for they are not to go in silence.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="analysis">The analysis.</param>
    public static void Tell(PSCmdlet command, LogAnalysis analysis)
    {
        if (analysis.Suppressed.Count > 0)
        {
            string counts = string.Join(
                ", ",
                analysis.Ledger.Suppressed.Select(entry => FormattableString.Invariant($"{entry.Name} {entry.Count}")));
            command.WriteWarning(VisibleText.Escape(FormattableString.Invariant(
                $"{analysis.Suppressed.Count} findings were hidden by suppressions ({counts}); Test-LogSuppression shows them.")));
        }
    }
}
