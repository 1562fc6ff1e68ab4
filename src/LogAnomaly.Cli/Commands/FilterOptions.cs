using System.CommandLine;
using LogAnomaly.Parsing;

namespace LogAnomaly.Cli.Commands;

/// <summary>Which events are wanted.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string?> _after = Time(
        "--after", "Only events at or after this time, such as 2026-01-31T13:45.");
    private readonly Option<string?> _before = Time("--before", "Only events before this time.");
    private readonly Option<string?> _minimumLevel = new("--minimum-level")
    {
        Description = $"Only events of this level or a graver one: {string.Join(", ", Enum.GetNames<LogLevel>())}.",
        HelpName = "level",
    };

    private readonly Option<string[]> _sourceIP = Values(
        "--source-ip", "address", "Only events from this address; may be repeated.");
    private readonly Option<string[]> _userName = Values(
        "--user-name", "user", "Only events of this user; may be repeated.");
    private readonly Option<string[]> _hostName = Values(
        "--host-name", "host", "Only events of this host; may be repeated.");
    private readonly Option<string[]> _program = Values(
        "--program", "program", "Only events of this program (for Apache errors: module); may be repeated.");

    private readonly Option<string?> _match = new("--match")
    {
        Description = "Only events whose line contains this text, without regard to case.",
        HelpName = "text",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        Option[] filled = [_after, _before, _sourceIP, _userName, _hostName, _program, _match];
        Array.ForEach(filled, FilledOption.Require);
        Choice.Restrict(_minimumLevel, Enum.GetNames<LogLevel>());
        Option[] options = [_after, _before, _minimumLevel, _sourceIP, _userName, _hostName, _program, _match];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The filter that the user asked for.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="zone">Zone of times that name none.</param>
    /// <returns>The filter, or null where nothing was asked for.</returns>
    /// <exception cref="UsageException">A value is no time.</exception>
    public LogFilter? Filter(ParseResult result, TimeZoneInfo zone)
    {
        LogFilter filter = new()
        {
            After = TimeText.Parse(_after.Name, result.GetValue(_after), zone),
            Before = TimeText.Parse(_before.Name, result.GetValue(_before), zone),
            MinimumLevel = result.GetValue(_minimumLevel) is { } level
                ? Enum.Parse<LogLevel>(level, ignoreCase: true)
                : null,
            SourceIP = NullIfEmpty(result.GetValue(_sourceIP)),
            UserName = NullIfEmpty(result.GetValue(_userName)),
            HostName = NullIfEmpty(result.GetValue(_hostName)),
            Program = NullIfEmpty(result.GetValue(_program)),
            Match = result.GetValue(_match),
        };
        return filter == new LogFilter() ? null : filter;
    }

    private static string[]? NullIfEmpty(string[]? values) => values is { Length: > 0 } ? values : null;

    private static Option<string?> Time(string name, string description) =>
        new(name) { Description = description, HelpName = "time" };

    private static Option<string[]> Values(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };
}
