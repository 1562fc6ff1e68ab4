using System.Management.Automation;
using LogAnomaly.Places;

namespace LogAnomaly.PowerShell;

/// <summary>Opens what a command is told about the places of sources.</summary>
internal static class PlaceArguments
{
    /// <summary>
    /// The places by a database, or by the table that ships; the command ends where the file cannot be used.
    /// </summary>
    /// <param name="command">The cmdlet, for its session and its errors.</param>
    /// <param name="path">Path of the database, or null.</param>
    /// <returns>The places.</returns>
    public static SourcePlaces Open(PSCmdlet command, string? path)
    {
        if (path is null)
        {
            return SourcePlaces.Shipped;
        }

        string full = FileArguments.ResolveSource(command, path);
        try
        {
            return SourcePlaces.Open(full);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            command.ThrowTerminatingError(Errors.CountryDatabaseNotRead(path, error));
            throw;
        }
    }
}
