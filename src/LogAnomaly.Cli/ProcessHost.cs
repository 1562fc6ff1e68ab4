using System.Text;
using Microsoft.Win32.SafeHandles;

namespace LogAnomaly.Cli;

/// <summary>The world around a real process.</summary>
internal static class ProcessHost
{
    private const int BrokenPipe = 32;
    private const int StandardOutput = 1;
    private const int NarrowestTable = 60;
    private const int UsualTerminal = 80;
    private const int Page = 120;

    /// <summary>Makes the host of this process.</summary>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>The host.</returns>
    public static CliHost Create(CancellationToken cancellation)
    {
        bool isDumb = Environment.GetEnvironmentVariable("TERM") == "dumb";
        bool colors = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && !isDumb;
        if (OperatingSystem.IsWindows() && !Console.IsOutputRedirected)
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        CliHost standard = new()
        {
            Input = Console.OpenStandardInput(),
            Output = OpenOutput(),
            Error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(false)) { AutoFlush = true },
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected && !isDumb,
            UseColor = colors,
            Width = Console.IsOutputRedirected ? Page : TerminalWidth(),
            Cancellation = cancellation,
        };
        return standard;
    }

    /// <summary>Whether a write failed because nobody reads any more.</summary>
    /// <param name="error">The failure.</param>
    /// <returns>Whether it did.</returns>
    public static bool IsClosedPipe(IOException error) => !OperatingSystem.IsWindows() && error.HResult == BrokenPipe;

    // A terminal that does not tell its width tells 0.
    private static int TerminalWidth() =>
        Console.WindowWidth is var width && width <= 0 ? UsualTerminal : Math.Max(width, NarrowestTable);

    // The console's own stream drops what is written to a closed pipe without a word, and a million lines would be read
    // for nobody. A file stream tells of it. For a file the console's stream is kept: a file stream would not move the
    // position that the processes of a shell's group share.
    private static Stream OpenOutput()
    {
        if (OperatingSystem.IsWindows() || !Console.IsOutputRedirected)
        {
            return Console.OpenStandardOutput();
        }

        FileStream stream = new(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
