using System.CommandLine;
using LogAnomaly.Parsing;

namespace LogAnomaly.Cli.Commands;

/// <summary>The options by which the user describes a format of his own, or names fields of a structured one.</summary>
internal sealed class OwnFormatOptions
{
    private readonly Option<string?> _pattern = new("--pattern")
    {
        Description =
            "Read each line by this regular expression; its named groups, such as (?<client_ip>\\S+), are the "
                + "fields. Look-around and back-references are not possible.",
        HelpName = "regex",
    };

    private readonly Option<string?> _file = new("--format-file")
    {
        Description = "Read files by the format that this JSON file defines.",
        HelpName = "file",
    };

    private readonly Option<string?> _logFormat = new("--log-format")
    {
        Description =
            "Read access logs by this LogFormat of Apache or log_format of nginx, or by its name (combined), or by "
                + "@file:name of a configuration file.",
        HelpName = "format",
    };

    private readonly Option<string?> _errorLogFormat = new("--error-log-format")
    {
        Description = "Read Apache error logs by this ErrorLogFormat, or by @file of a configuration file.",
        HelpName = "format",
    };

    private readonly Option<string[]> _properties = new("--property")
    {
        Description =
            "Name of a field in JSON, logfmt or CSV, such as SourceIP=client_addr; dots lead into nested objects.",
        HelpName = "field=name",
    };

    /// <summary>Creates the options.</summary>
    public OwnFormatOptions() => Array.ForEach<Option>([.. Formats, _properties], FilledOption.Require);

    private Option<string?>[] Formats => [_pattern, _file, _logFormat, _errorLogFormat];

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        Array.ForEach(Formats, command.Options.Add);
        command.Options.Add(_properties);
    }

    /// <summary>The format that the user describes.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="named">The option that names a known format, where the user gave it; else null.</param>
    /// <returns>The format, or null where he describes none.</returns>
    /// <exception cref="UsageException">The description has a fault, or there is more than one.</exception>
    public LogFormat? Format(ParseResult result, string? named)
    {
        Option<string?>[] given = [.. Formats.Where(option => result.GetValue(option) is not null)];
        string[] names = [.. given.Select(option => option.Name).Prepend(named).OfType<string>()];
        if (names.Length > 1 && given.Length > 0)
        {
            throw new UsageException(
                $"{string.Join(", ", names[..^1])} and {names[^1]} each give a format: use one of them.");
        }

        return given is [Option<string?> own] ? Make(own, result.GetValue(own)!) : null;
    }

    /// <summary>The names that the user gives to fields.</summary>
    /// <param name="result">The command line.</param>
    /// <returns>The names by field, or null where he gives none.</returns>
    /// <exception cref="UsageException">A value is not a field and a name.</exception>
    public IReadOnlyDictionary<LogField, string>? Properties(ParseResult result)
    {
        string[] given = result.GetValue(_properties) ?? [];
        Dictionary<LogField, string> names = [];
        foreach (string pair in given)
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || equals + 1 == pair.Length || !LogFields.TryParse(pair[..equals], out LogField field))
            {
                throw new UsageException(
                    $"'{pair}' is no field and name for {_properties.Name}: write it as SourceIP=client_addr.");
            }

            names[field] = pair[(equals + 1)..];
        }

        return names.Count == 0 ? null : names;
    }

    private LogFormat Make(Option<string?> option, string text)
    {
        try
        {
            return option == _pattern ? new PatternFormat(text)
                : option == _file ? FormatDefinition.Load(text)
                : option == _logFormat ? CustomAccessFormat.Parse(text)
                : CustomErrorFormat.Parse(text);
        }
        catch (Exception error) when (
            error is ArgumentException or FormatException or IOException or UnauthorizedAccessException
                or InvalidDataException)
        {
            // The name of the method's parameter says nothing to the user.
            throw new UsageException($"{option.Name}: {error.Message.Split(" (Parameter ", 2)[0]}");
        }
    }
}
