using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>Formats of the user's own: a pattern, a file, a server's format string, names of properties.</summary>
internal static class OwnFormat
{
    /// <summary>The one format that the parameters ask for; what cannot be is a terminating error.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="request">What the parameters say.</param>
    /// <returns>The format, or null to find it out.</returns>
    public static LogFormat? Choose(PSCmdlet command, FormatRequest request)
    {
        if (request.Count > 1)
        {
            command.ThrowTerminatingError(Errors.FormatsExclude());
        }

        try
        {
            return request switch
            {
                { Pattern: { } pattern } => new PatternFormat(pattern),
                { Path: { } path } => FormatArguments.Load(command, path),
                { LogFormat: { } definition } =>
                    CustomAccessFormat.Parse(FormatArguments.ResolveFile(command, definition)),
                { ErrorLogFormat: { } definition } =>
                    CustomErrorFormat.Parse(FormatArguments.ResolveFile(command, definition)),
                _ => FormatArguments.Parse(command, request.Name),
            };
        }
        catch (Exception error) when (
            error is ArgumentException or FormatException or InvalidDataException or IOException
                or UnauthorizedAccessException)
        {
            command.ThrowTerminatingError(Errors.BadFormat(error, request.Text));
            return null;
        }
    }

    /// <summary>The names that fields have in structured logs.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="names">A name of the log for a field, by the field; or null.</param>
    /// <returns>The names, or null.</returns>
    public static IReadOnlyDictionary<LogField, string>? ReadProperties(PSCmdlet command, Hashtable? names)
    {
        if (names is null)
        {
            return null;
        }

        Dictionary<LogField, string> read = [];
        foreach (DictionaryEntry entry in names)
        {
            string field = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            if (!LogFields.TryParse(field, out LogField known))
            {
                command.ThrowTerminatingError(Errors.UnknownField(field));
            }

            read[known] = Convert.ToString(entry.Value, CultureInfo.InvariantCulture) ?? "";
        }

        return read;
    }
}
