using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Detection;

namespace LogAnomaly.PowerShell;

/// <summary>What a user asks of the learned detectors, and what is told of their threshold.</summary>
internal static class AlertArguments
{
    /// <summary>The budget that a text names; the command ends where it names none.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="text">The text, or null.</param>
    /// <returns>The budget, or null for none.</returns>
    public static AlertBudget? ParseBudget(PSCmdlet command, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (!AlertBudget.TryParse(text, out AlertBudget budget))
        {
            command.ThrowTerminatingError(Errors.BadAlertBudget(text));
        }

        return budget;
    }

    /// <summary>
    /// Ends the command where a name is that of no detector, or where a baseline leaves no choice of detectors.
    /// </summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="names">The names, or null.</param>
    /// <param name="hasBaseline">Whether there is a baseline.</param>
    public static void CheckModels(PSCmdlet command, string[]? names, bool hasBaseline)
    {
        if (names is null)
        {
            return;
        }

        if (hasBaseline)
        {
            command.ThrowTerminatingError(Errors.BaselineHasModel());
        }

        if (names.FirstOrDefault(name =>
            !LogDetectors.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            command.ThrowTerminatingError(Errors.UnknownModel(unknown, names));
        }
    }

    /// <summary>
    /// Tells from which score on findings were reported, and what the budget held back, for that is not to go in
    /// silence.
    /// </summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="analysis">The analysis.</param>
    /// <param name="budget">The budget as it was given, or null.</param>
    public static void Tell(PSCmdlet command, LogAnalysis analysis, string? budget)
    {
        command.WriteVerbose(FormattableString.Invariant(
            $"Reported from a score of {analysis.MinimumScore:0.#}; {analysis.ExpectedFalseAlarmsPerDay:0.###} false alarms a day are to be expected by chance; the budget held {analysis.HeldBack} findings back."));
        if (analysis.HeldBack > 0)
        {
            command.WriteWarning(VisibleText.Escape(FormattableString.Invariant(
                $"The budget of {budget} held {analysis.HeldBack} findings back; those given score {analysis.MinimumScore:0.#} or more. Without -AlertBudget all are given.")));
        }
    }
}
