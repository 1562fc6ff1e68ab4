using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>Reads files of verdicts for cmdlets.</summary>
internal static class VerdictArguments
{
    /// <summary>
    /// Reads the file that a parameter names. The command ends where that fails: to go on without it would not be what
    /// was asked for.
    /// </summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="path">Path of the file, or null for none.</param>
    /// <returns>Its verdicts, or null for none.</returns>
    public static VerdictSet? ReadSet(PSCmdlet command, string? path)
    {
        if (path is null || FileArguments.Resolve(command, path) is not { } full)
        {
            return null;
        }

        try
        {
            return new VerdictSet(VerdictFile.Read(full));
        }
        catch (InvalidDataException error)
        {
            command.ThrowTerminatingError(Errors.BadVerdictFile(error, full));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            command.ThrowTerminatingError(Errors.FileNotRead(full, error));
        }

        return null;
    }

    /// <summary>Tells that findings were ranked again.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="analysis">The analysis.</param>
    public static void Tell(PSCmdlet command, LogAnalysis analysis)
    {
        if (analysis.Changed.Count == 0)
        {
            return;
        }

        int lower = analysis.Changed.Count(change => change.After.Score < change.Before.Score);
        command.WriteWarning(FormattableString.Invariant(
            $"Verdicts ranked {lower} findings lower and {analysis.Changed.Count - lower} higher; their reasons say why."));
        foreach (VerdictChange change in analysis.Changed)
        {
            command.WriteVerbose(VisibleText.Escape(FormattableString.Invariant(
                $"{change.Verdict.Id} {change.Before.Score:0.#} -> {change.After.Score:0.#} {change.After.Title} {change.After.Entity}")));
        }
    }
}
