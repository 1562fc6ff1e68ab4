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
    /// <param name="name">Name of a known format, or <c>auto</c>.</param>
    /// <param name="pattern">Pattern with named groups, or null.</param>
    /// <param name="path">JSON file with a format, or null.</param>
    /// <param name="logFormat">LogFormat or log_format of a web server, or null.</param>
    /// <returns>The format, or null to find it out.</returns>
    public static LogFormat? Choose(PSCmdlet command, string name, string? pattern, string? path, string? logFormat)
    {
        bool isNamed = !string.Equals(name, FormatArguments.Auto, StringComparison.OrdinalIgnoreCase);
        int asked = (isNamed ? 1 : 0) + (pattern is null ? 0 : 1) + (path is null ? 0 : 1) + (logFormat is null ? 0 : 1);
        if (asked > 1)
        {
            command.ThrowTerminatingError(Errors.FormatsExclude());
        }

        try
        {
            return (pattern, path, logFormat) switch
            {
                ({ } text, _, _) => new PatternFormat(text),
                (_, { } file, _) => FormatArguments.Load(command, file),
                _ => FormatArguments.Parse(command, name),
            };
        }
        catch (Exception error) when (error is ArgumentException or FormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            command.ThrowTerminatingError(Errors.BadFormat(error, pattern ?? path ?? logFormat ?? name));
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
