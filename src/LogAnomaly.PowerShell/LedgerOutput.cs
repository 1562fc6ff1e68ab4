using System.Management.Automation;

namespace LogAnomaly.PowerShell;

/// <summary>Hands the account of a reading to the caller, as -ErrorVariable hands on errors.</summary>
internal static class LedgerOutput
{
    /// <summary>Sets a variable of the caller to the entries of a ledger; a leading <c>+</c> adds them to it.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="name">Name of the variable, or null for none.</param>
    /// <param name="ledger">The account.</param>
    public static void Set(PSCmdlet command, string? name, ParseLedger ledger)
    {
        if (name is null)
        {
            return;
        }

        bool adds = name[0] == '+';
        string variable = adds ? name[1..] : name;
        List<object> entries = [];
        if (adds && command.SessionState.PSVariable.GetValue(variable) is { } before)
        {
            entries.AddRange(LanguagePrimitives.GetEnumerable(before)?.Cast<object>() ?? [before]);
        }

        entries.AddRange(ledger.Entries);
        command.SessionState.PSVariable.Set(variable, entries.ToArray());
    }
}
