using System.CommandLine;
using System.CommandLine.Parsing;

namespace LogAnomaly.Cli.Commands;

/// <summary>How a command goes on with files that grow.</summary>
internal sealed class FollowOptions
{
    private readonly Option<bool> _follow = new("--follow")
    {
        Description = "Wait for lines that are added, through rotation and truncation, until Ctrl+C.",
    };

    private readonly Option<string?> _checkpoint = new("--checkpoint")
    {
        Description =
            "A file that keeps how far was read: the next run goes on there, through rotation too. Nothing is "
                + "lost, and nothing comes twice unless a run was killed.",
        HelpName = "file",
    };

    /// <summary>Creates the options.</summary>
    public FollowOptions() => FilledOption.Require(_checkpoint);

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        command.Options.Add(_follow);
        command.Options.Add(_checkpoint);
    }

    /// <summary>Whether to wait for more at the end.</summary>
    /// <param name="result">The command line.</param>
    /// <returns>Whether the user asked for it.</returns>
    public bool IsAsked(ParseResult result) => result.GetValue(_follow);

    /// <summary>Whether to wait for more at the end.</summary>
    /// <param name="result">The command in a command line that is being checked.</param>
    /// <returns>Whether the user asked for it.</returns>
    public bool IsAsked(CommandResult result) => result.GetValue(_follow);

    /// <summary>The file that keeps how far was read.</summary>
    /// <param name="result">The command line.</param>
    /// <returns>Its path, or null.</returns>
    public string? Checkpoint(ParseResult result) => result.GetValue(_checkpoint);
}
