using Spectre.Console;

namespace LogAnomaly.Cli.Output;

/// <summary>Makes the consoles that tables and bars are drawn on.</summary>
internal static class Terminal
{
    /// <summary>Makes a console over a writer.</summary>
    /// <param name="writer">Where the text goes.</param>
    /// <param name="host">The run, for width and colours.</param>
    /// <param name="isTerminal">Whether the writer goes to a terminal; else the text has no control sequences.</param>
    /// <returns>The console.</returns>
    public static IAnsiConsole Create(TextWriter writer, CliHost host, bool isTerminal)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && host.UseColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = host.Width;
        return console;
    }
}
