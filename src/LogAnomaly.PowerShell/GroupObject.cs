using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>Groups of events as PowerShell shows them.</summary>
internal static class GroupObject
{
    /// <summary>
    /// A group with the values of its fields as properties of their own, so that they sort, filter and bind to the next
    /// command.
    /// </summary>
    /// <param name="group">The group.</param>
    /// <returns>The group, wrapped.</returns>
    public static PSObject Of(LogGroup group)
    {
        PSObject shown = PSObject.AsPSObject(group);
        foreach ((string field, string? value) in group.Values)
        {
            if (shown.Properties[field] is null)
            {
                shown.Properties.Add(new PSNoteProperty(field, value), preValidated: true);
            }
        }

        return shown;
    }
}
