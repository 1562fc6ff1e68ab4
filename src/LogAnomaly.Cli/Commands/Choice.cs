using System.CommandLine;

namespace LogAnomaly.Cli.Commands;

/// <summary>Options whose value is one of a few words.</summary>
internal static class Choice
{
    /// <summary>Admits only some words, without regard to case, and offers them for completion.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">The words.</param>
    public static void Restrict(Option option, IReadOnlyList<string> words)
    {
        option.CompletionSources.Add(
            _ => words.Select(word => new System.CommandLine.Completions.CompletionItem(word)));
        option.Validators.Add(result =>
        {
            foreach (System.CommandLine.Parsing.Token token in result.Tokens)
            {
                if (!words.Contains(token.Value, StringComparer.OrdinalIgnoreCase))
                {
                    result.AddError(
                        $"{option.Name} '{token.Value}' is unknown: name one of {string.Join(", ", words)}.");
                }
            }
        });
    }
}
