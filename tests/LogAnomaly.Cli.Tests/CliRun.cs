using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LogAnomaly.Cli.Tests;

/// <summary>A run of the program in this process, over streams in memory.</summary>
/// <param name="ExitCode">What it answered.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
internal sealed partial record CliRun(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output as JSON objects.</summary>
    public IReadOnlyList<JsonElement> Objects =>
    [
        .. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement),
    ];

    /// <summary>Runs the program.</summary>
    /// <param name="args">The command line.</param>
    /// <returns>The run.</returns>
    public static CliRun Of(params string[] args) => With(null, args);

    /// <summary>Runs the program with standard input.</summary>
    /// <param name="input">Bytes of standard input, or null where a person sits at it.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The run.</returns>
    public static CliRun With(byte[]? input, params string[] args) =>
        With(new MemoryStream(input ?? []), input is null, null, args);

    /// <summary>Runs the program on a machine.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="inputIsTerminal">Whether a person sits at it.</param>
    /// <param name="machine">The machine, or null for one without logs.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The run.</returns>
    public static CliRun With(Stream input, bool inputIsTerminal, Machine? machine, params string[] args)
    {
        Machine place = machine ?? new Machine();
        using MemoryStream output = new();
        using StringWriter error = new();
        using CliHost host = new()
        {
            Input = input,
            InputIsTerminal = inputIsTerminal,
            Output = output,
            Error = error,
            LogDirectory = place.LogDirectory,
            JournalCommand = place.JournalCommand,
            SampleDirectory = place.SampleDirectory,
            OutputIsTerminal = place.OutputIsTerminal,
            UseColor = place.UseColor,
            Width = place.Width,
            Cancellation = place.Cancellation,
        };
        int code = Program.Run(args, host);
        return new CliRun(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>The numbers of a line of the account: read, parsed, unparsed, skipped.</summary>
    /// <returns>For each line of the account, its four numbers.</returns>
    public IReadOnlyList<long[]> Accounts() =>
    [
        .. Account().Matches(Error).Select(match => match.Groups.Values.Skip(1)
            .Select(group => long.Parse(group.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))
            .ToArray()),
    ];

    [GeneratedRegex(
        @"([\d,]+) lines = ([\d,]+) parsed \+ ([\d,]+) unparsed \+ ([\d,]+) skipped",
        RegexOptions.CultureInvariant,
        5000)]
    private static partial Regex Account();
}

/// <summary>The machine that a run believes to be on.</summary>
internal sealed record Machine
{
    /// <summary>Where its logs are.</summary>
    public string LogDirectory { get; init; } = Path.Combine(
        Path.GetTempPath(), "no-logs-" + Guid.NewGuid().ToString("N"));

    /// <summary>Its journal program.</summary>
    public string JournalCommand { get; init; } = "no-such-journal-program";

    /// <summary>Its sample.</summary>
    public string SampleDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "examples", "data");

    /// <summary>Columns of its terminal.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Whether output goes to its terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether its terminal may be sent colours.</summary>
    public bool UseColor { get; init; }

    /// <summary>Ends the run.</summary>
    public CancellationToken Cancellation { get; init; }
}
