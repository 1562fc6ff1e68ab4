using System.Text;

namespace LogAnomaly.Cli;

/// <summary>
/// The world around a run of the program: its streams, its terminal and the places where it looks. Tests give
/// another one.
/// </summary>
internal sealed class CliHost : IDisposable
{
    private StreamWriter? _text;

    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>Standard output; only one of <see cref="Output"/> and <see cref="Text"/> is written in a run.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person types at standard input.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>Whether standard output goes to a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether standard error goes to a terminal that can draw a bar.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether a terminal may be sent colours and weights of type.</summary>
    public bool UseColor { get; init; }

    /// <summary>Columns for tables.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Where this machine keeps its logs.</summary>
    public string LogDirectory { get; init; } = "/var/log";

    /// <summary>The program that prints the journal.</summary>
    public string JournalCommand { get; init; } = "journalctl";

    /// <summary>Where the sample lies that is read where there are no logs.</summary>
    public string SampleDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "examples", "data");

    /// <summary>Ends the run.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Standard output as text: UTF-8, buffered.</summary>
    public TextWriter Text => _text ??= new StreamWriter(Output, new UTF8Encoding(false), 64 * 1024, leaveOpen: true);

    /// <summary>Hands on all text that is still held.</summary>
    public void Flush() => _text?.Flush();

    /// <summary>Tells of a fault, on standard error.</summary>
    /// <param name="message">The message; control characters in it are escaped.</param>
    public void Fail(string message) => Note("loganomaly: " + message);

    /// <summary>Tells something beside the output, on standard error.</summary>
    /// <param name="message">The message; control characters in it are escaped.</param>
    public void Note(string message) => Error.WriteLine(VisibleText.Escape(message));

    /// <summary>
    /// Tells something that belongs to the output for people, and beside it where the output is for programs.
    /// </summary>
    /// <param name="message">The message; control characters in it are escaped.</param>
    /// <param name="forPeople">Whether the output is for people.</param>
    public void Tell(string message, bool forPeople)
    {
        if (!forPeople)
        {
            Note(message);
            return;
        }

        Text.WriteLine(VisibleText.Escape(message));
        Flush();
    }

    /// <summary>Gives back the buffer without writing what is left in it: a closed pipe must not fail twice.</summary>
    public void Dispose() => _text = null;
}
