using System.CommandLine;
using LogAnomaly.Parsing;

namespace LogAnomaly.Cli.Commands;

/// <summary>The options by which the user describes a format of his own, or names fields of a structured one.</summary>
internal sealed class OwnFormatOptions
{
    private readonly Option<string?> _pattern = new("--pattern")
    {
        Description = "Read each line by this regular expression; its named groups, such as (?<client_ip>\\S+), are the "
            + "fields. Look-around and back-references are not possible.",
        HelpName = "regex",
    };

    private readonly Option<string?> _file = new("--format-file")
    {
        Description = "Read files by the format that this JSON file defines.",
        HelpName = "file",
    };

    private readonly Option<string[]> _properties = new("--property")
    {
        Description = "Name of a field in JSON, logfmt or CSV, such as SourceIP=client_addr; dots lead into nested objects.",
        HelpName = "field=name",
    };

    /// <summary>Creates the options.</summary>
    public OwnFormatOptions()
    {
        FilledOption.Require(_pattern);
        FilledOption.Require(_file);
        FilledOption.Require(_properties);
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_pattern);
        command.Options.Add(_file);
        command.Options.Add(_properties);
    }

    /// <summary>The format that the user describes.</summary>
    /// <param name="result">The command line.</param>
    /// <returns>The format, or null where he describes none.</returns>
    /// <exception cref="UsageException">The description has a fault.</exception>
    public LogFormat? Format(ParseResult result)
    {
        string? pattern = result.GetValue(_pattern);
        string? file = result.GetValue(_file);
        if (pattern is not null && file is not null)
        {
            throw new UsageException($"{_pattern.Name} and {_file.Name} both give a format: use one of them.");
        }

        try
        {
            return pattern is not null ? new PatternFormat(pattern) : file is not null ? FormatDefinition.Load(file) : null;
        }
        catch (ArgumentException error) when (pattern is not null)
        {
            // The name of the method's parameter says nothing to the user.
            throw new UsageException($"{_pattern.Name}: {error.Message.Split(" (Parameter ", 2)[0]}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UsageException($"{_file.Name}: {error.Message}");
        }
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
                throw new UsageException($"'{pair}' is no field and name for {_properties.Name}: write it as SourceIP=client_addr.");
            }

            names[field] = pair[(equals + 1)..];
        }

        return names.Count == 0 ? null : names;
    }
}
