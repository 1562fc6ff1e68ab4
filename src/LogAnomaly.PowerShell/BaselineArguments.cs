using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>Takes baselines that a user gives as objects or as paths.</summary>
internal static class BaselineArguments
{
    /// <summary>
    /// The baseline that a parameter names. The command ends where there is none: to go on without it would not be what
    /// was asked for.
    /// </summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="input">What <see cref="BaselineTransformationAttribute"/> made of the argument: a baseline, or a
    /// path; or null for none.</param>
    /// <returns>The baseline, or null for none.</returns>
    public static LogBaseline? Read(PSCmdlet command, object? input)
    {
        object? value = input is PSObject wrapped ? wrapped.BaseObject : input;
        string? path = value switch
        {
            null or LogBaseline => null,
            FileInfo file => file.FullName,
            string text => text,
            _ => "",
        };
        if (path is null)
        {
            return value as LogBaseline;
        }

        if (path.Length == 0)
        {
            command.ThrowTerminatingError(Errors.NoBaseline(value!));
        }

        return Read(command, path);
    }

    private static LogBaseline? Read(PSCmdlet command, string path)
    {
        string full = FileArguments.ResolveSource(command, path);
        try
        {
            LogBaseline baseline = BaselineFile.Read(full);
            WarnOfTrust(command, baseline, full);
            return baseline;
        }
        catch (InvalidDataException error)
        {
            command.ThrowTerminatingError(Errors.BadBaseline(error, full));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            command.ThrowTerminatingError(Errors.FileNotRead(full, error));
        }

        return null;
    }

    private static void WarnOfTrust(PSCmdlet command, LogBaseline baseline, string path)
    {
        if (baseline.Trust is BaselineTrust.Unchecked or BaselineTrust.Intact)
        {
            command.WriteWarning(VisibleText.Escape(
                $"'{path}' is signed ({baseline.Signature}), but by whom was not checked: read it by "
                    + "Import-LogBaseline with its key."));
        }
    }
}
