using System.Management.Automation;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>A cmdlet that reads log files and gives their events.</summary>
public abstract class LogSourceCommand : LogFileCommand
{
    // The pipeline takes less than a few threads parse.
    private const int MostThreads = 4;

    private readonly ParseLedger _ledger = new();
    private readonly List<string> _followed = [];
    private LogFileReading? _reading;

    /// <summary>Name of a variable that takes the account of every line: an entry for each file.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LedgerVariable { get; set; }

    /// <summary>
    /// Gives rows for Export-Csv and spreadsheets in place of events: the same columns for every line, and text that is
    /// taken for no formula.
    /// </summary>
    [Parameter]
    public SwitchParameter AsRow { get; set; }

    /// <summary>Only the last so many lines of each file, and what is written after them.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? Tail { get; set; }

    /// <summary>Waits for more at the end of the files, through rotation and truncation, until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>
    /// File that keeps how far the logs were read, so that the next run goes on from there: nothing twice, nothing
    /// lost.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string? CheckpointPath { get; set; }

    /// <summary>
    /// Encoding of files without a byte order mark, such as latin1; by default UTF-8, and UTF-16 where it shows.
    /// </summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Encoding { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        LogReaderOptions options = ToReaderOptions() with
        {
            Tail = Tail,
            Threads = Math.Min(Environment.ProcessorCount, MostThreads),
            CheckpointPath = CheckpointPath is null ? null : FileArguments.Resolve(this, CheckpointPath),
            Encoding = EncodingArguments.Parse(this, Encoding),
        };
        _reading = new LogFileReading(this, SetFormat(options), _ledger, Cancellation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Wait)
        {
            // All of them are followed together, once they are known.
            _followed.AddRange(ResolveFiles());
            return;
        }

        _reading!.Read(ResolveFiles(), Write);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_followed.Count > 0)
        {
            _reading!.Follow(_followed, Write);
        }

        _reading!.Finish();
        LedgerOutput.Set(this, LedgerVariable, _ledger);
    }

    /// <summary>Reads a stream of the format that the options name and gives its events.</summary>
    /// <param name="stream">The stream; it is closed.</param>
    /// <param name="name">What events and the account call it, by custom in parentheses.</param>
    protected void ReadStream(Stream stream, string name) => _reading!.Read(stream, name, Write);

    /// <summary>Adds the format, or the formats among which one is found out.</summary>
    /// <param name="options">What the other parameters ask for.</param>
    /// <returns>The options.</returns>
    protected abstract LogReaderOptions SetFormat(LogReaderOptions options);

    private void Write(LogEvent logEvent) =>
        WriteObject(AsRow ? EventObject.ToRow(logEvent) : EventObject.Of(logEvent));
}
