using System.Globalization;
using System.Management.Automation;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Reads files for a cmdlet and tells its streams of problems, progress and the account of each file. All of that
/// happens on the pipeline thread, which is the one that asks for events.
/// </summary>
internal sealed class LogFileReading
{
    // The clock is looked at once in so many events; at a million events a second that is still a thousand times a
    // second.
    private const int EventsBetweenLooks = 1024;
    private const int MillisecondsBetweenReports = 100;
    private const string Activity = "Reading logs";

    private readonly PSCmdlet _command;
    private readonly LogReader _reader;
    private readonly LogReader _single;
    private readonly CancellationToken _stopping;
    private readonly List<ReadProblem> _problems = [];
    private long _nextReport;
    private bool _reported;

    /// <summary>Creates a reading.</summary>
    /// <param name="command">The cmdlet.</param>
    /// <param name="options">How to read; the callback for problems is set here.</param>
    /// <param name="ledger">The account to write.</param>
    /// <param name="stopping">Cancelled when the pipeline is stopped.</param>
    public LogFileReading(PSCmdlet command, LogReaderOptions options, ParseLedger ledger, CancellationToken stopping)
    {
        _command = command;
        LogReaderOptions own = options with { OnProblem = _problems.Add };
        _reader = new LogReader(own, ledger);
        _single = new LogReader(own with { Threads = 1 }, ledger);
        _stopping = stopping;
    }

    /// <summary>Whether a file could not be read, or not to its end.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>
    /// Reads files, rotated ones in the order of time, and tells of the problems of each when it has ended.
    /// </summary>
    /// <param name="paths">Their full paths.</param>
    /// <param name="take">Takes each event as it is made.</param>
    public void Read(IEnumerable<string> paths, Action<LogEvent> take)
    {
        // Several threads read ahead, and a pipe among the files, whose length is none, would be waited for.
        List<string> files = [.. paths];
        LogReader reader = files.TrueForAll(path => new FileInfo(path) is { Exists: true, Length: > 0 })
            ? _reader
            : _single;
        Read(reader.ReadFiles(files, _stopping), take);
    }

    /// <summary>Reads files and waits for what is written to them, until the pipeline is stopped.</summary>
    /// <param name="paths">Their full paths.</param>
    /// <param name="take">Takes each event as it is made.</param>
    public void Follow(IReadOnlyList<string> paths, Action<LogEvent> take) =>
        Read(_single.Follow(paths, _stopping), take);

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">The stream; it is closed.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="take">Takes each event as it is made.</param>
    public void Read(Stream stream, string name, Action<LogEvent> take) =>
        Read(_single.ReadStream(stream, name, _stopping), take);

    private void Read(IEnumerable<LogEvent> events, Action<LogEvent> take)
    {
        IReadOnlyList<LedgerEntry> entries = _reader.Ledger.Entries;
        int told = entries.Count;
        try
        {
            int untilLook = EventsBetweenLooks;
            foreach (LogEvent logEvent in events)
            {
                if (entries.Count > told + 1)
                {
                    told = Tell(told, entries.Count - 1);
                }

                take(logEvent);
                if (--untilLook == 0)
                {
                    untilLook = EventsBetweenLooks;
                    Report(logEvent.Path);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The user has stopped the pipeline: nothing may be written any more.
            return;
        }

        Tell(told, entries.Count);
    }

    /// <summary>Takes the progress bar away.</summary>
    public void Finish()
    {
        if (_reported)
        {
            ProgressRecord done = new(0, Activity, "Done") { RecordType = ProgressRecordType.Completed };
            _command.WriteProgress(done);
        }
    }

    // Problems wait until the file is read: the reader also tells of them while it is closed because a later command
    // has enough, and then writing is forbidden.
    private int Tell(int first, int end)
    {
        foreach (ReadProblem problem in _problems)
        {
            if (problem.Kind == ReadProblemKind.UnparsedLines)
            {
                _command.WriteWarning(VisibleText.Escape(problem.Message));
            }
            else
            {
                HasFailed = true;
                _command.WriteError(Errors.Reading(problem));
            }
        }

        _problems.Clear();
        for (int i = first; i < end; i++)
        {
            LedgerEntry entry = _reader.Ledger.Entries[i];
            _command.WriteVerbose(string.Create(
                CultureInfo.InvariantCulture,
                $"'{VisibleText.Escape(entry.Path)}' ({entry.Format}): {entry.LinesRead} lines, {entry.Parsed} parsed, "
                + $"{entry.Unparsed} unparsed, {entry.Skipped} skipped, {entry.Filtered} left out by filters."));
        }

        return end;
    }

    private void Report(string path)
    {
        long now = Environment.TickCount64;
        if (now < _nextReport)
        {
            return;
        }

        // The first call only starts the clock, so that short readings show no bar.
        bool isFirst = _nextReport == 0;
        _nextReport = now + MillisecondsBetweenReports;
        if (isFirst)
        {
            return;
        }

        LedgerEntry entry = _reader.Ledger.Entries[^1];
        long length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        string status = string.Create(
            CultureInfo.InvariantCulture, $"{VisibleText.Escape(path)}: {entry.LinesRead:N0} lines");
        _command.WriteProgress(new ProgressRecord(0, Activity, status)
        {
            // Bytes are counted after decompression, so a compressed file has more of them than its length: no
            // percentage then.
            PercentComplete = entry.Bytes <= length && length > 0 ? (int)(entry.Bytes * 100 / length) : -1,
        });
        _reported = true;
    }
}
