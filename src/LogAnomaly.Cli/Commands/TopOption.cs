using System.CommandLine;

namespace LogAnomaly.Cli.Commands;

/// <summary>The option that says how much is shown.</summary>
internal static class TopOption
{
    /// <summary>Makes the option.</summary>
    /// <param name="description">What it limits.</param>
    /// <param name="standard">Its value where the user gives none; null leaves that to the command.</param>
    /// <returns>The option.</returns>
    public static Option<int?> Create(string description, int? standard = null)
    {
        Option<int?> option = NumberOption.Whole("--top", 1);
        option.Description = description;
        option.HelpName = "number";
        if (standard is not null)
        {
            option.DefaultValueFactory = _ => standard;
        }

        return option;
    }
}
