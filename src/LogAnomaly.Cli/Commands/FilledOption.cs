using System.CommandLine;

namespace LogAnomaly.Cli.Commands;

/// <summary>
/// Options that mean nothing with an empty value, which a script passes for a variable that is not set.
/// </summary>
internal static class FilledOption
{
    /// <summary>Refuses an empty value.</summary>
    /// <param name="option">The option.</param>
    public static void Require(Option option) => option.Validators.Add(result =>
    {
        foreach (System.CommandLine.Parsing.Token token in result.Tokens)
        {
            if (string.IsNullOrWhiteSpace(token.Value))
            {
                result.AddError($"{option.Name} must not be empty: give it a value, or leave it out.");
            }
        }
    });
}
