using LogAnomaly.Reading;

namespace LogAnomaly.Parsing;

/// <summary>
/// Reads logs on from where they were left, and waits for more where it is asked to: on the thread of the caller, a
/// part of one log after a part of the next, so that a busy one holds up none.
/// </summary>
internal sealed class LogFollowing
{
    private const int MillisecondsBetweenLooks = 250;
    private const int MillisecondsBetweenSavings = 1_000;

    private readonly LogReaderOptions _options;
    private readonly ParseLedger _ledger;
    private readonly IReadOnlyList<IReadOnlyList<string>> _sets;
    private readonly bool _waits;
    private readonly List<FollowedLog> _logs = [];
    private readonly Dictionary<string, SourceReading> _readings = new(RotationSets.PathComparer);
    private readonly Dictionary<LogGeneration, LogYears> _years = [];
    private Checkpoint? _checkpoint;
    private long _nextSaving;
    private bool _isSavingTold;

    /// <summary>Creates a following.</summary>
    /// <param name="options">How to read.</param>
    /// <param name="ledger">The account to write.</param>
    /// <param name="paths">Paths of logs; of a rotated set the last file is followed.</param>
    /// <param name="waits">Whether to wait for more at the end.</param>
    public LogFollowing(LogReaderOptions options, ParseLedger ledger, IEnumerable<string> paths, bool waits)
    {
        _options = options with { Threads = waits ? 1 : options.Threads };
        _ledger = ledger;
        _sets = RotationSets.Group(paths);
        _waits = waits;
    }

    /// <summary>Reads the logs.</summary>
    /// <param name="cancellation">Ends the reading.</param>
    /// <returns>The events that the filter admits.</returns>
    public IEnumerable<LogEvent> Read(CancellationToken cancellation)
    {
        if (!TryOpenCheckpoint())
        {
            yield break;
        }

        try
        {
            Begin(cancellation);
            while (!_logs.TrueForAll(log => log.IsHopeless))
            {
                bool isQuiet = true;
                foreach (FollowedLog log in _logs)
                {
                    cancellation.ThrowIfCancellationRequested();
                    log.Look();
                    if (log.Next(cancellation) is not { } next)
                    {
                        continue;
                    }

                    isQuiet = false;
                    foreach (LogEvent logEvent in Read(next.Generation, next.Segment, cancellation))
                    {
                        yield return logEvent;
                    }
                }

                if (isQuiet && !_waits)
                {
                    break;
                }

                SaveIfDue();
                if (isQuiet)
                {
                    _options.OnPause?.Invoke();
                    cancellation.WaitHandle.WaitOne(MillisecondsBetweenLooks);
                }
            }
        }
        finally
        {
            End();
        }
    }

    private IEnumerable<LogEvent> Read(LogGeneration generation, LogSegment segment, CancellationToken cancellation)
    {
        SourceReading reading = ReadingOf(generation);
        foreach (LogEvent logEvent in reading.ReadPart(segment, YearsOf(generation, segment), cancellation))
        {
            // The lines before it are blank, filtered out, or of events that were taken.
            long before = logEvent.LineNumber - 1 - segment.LinesBefore;
            generation.Take(before);
            yield return logEvent;

            // The next one is asked for, so this one was taken, with all lines that were joined to it.
            generation.Take(before + 1 + logEvent.FurtherLines);
            SaveIfDue();
        }

        generation.TakeAll();
    }

    private void Begin(CancellationToken cancellation)
    {
        foreach (IReadOnlyList<string> set in _sets)
        {
            FollowedLog log = new(set[^1], _options.Encoding, Tell);
            _logs.Add(log);
            if (_checkpoint?.Find(log.Path) is { } saved)
            {
                log.Resume(saved.Files, saved.Saved);
            }
            else
            {
                log.Begin([.. set.SkipLast(1)], _options.Tail, cancellation);
            }
        }
    }

    private SourceReading ReadingOf(LogGeneration generation)
    {
        if (!_readings.TryGetValue(generation.Path, out SourceReading? reading))
        {
            LedgerEntry entry = _ledger.Open(generation.Path, _options.Format?.Name ?? "unknown");
            reading = new SourceReading(_options, generation.Path, new LogYears(generation.Changed), entry);
            _readings.Add(generation.Path, reading);
            if (generation.Header() is { } header)
            {
                reading.Show(header);
            }
        }

        return reading;
    }

    // What was there at the first look is settled like a file that is read; what came later was written when it came.
    private LogYears YearsOf(LogGeneration generation, LogSegment segment)
    {
        if (_options.ReferenceTime is { } reference)
        {
            return new LogYears(reference);
        }

        if (generation.Plain is null || segment.Offset >= generation.InitialLength)
        {
            return new LogYears(generation.Changed);
        }

        if (!_years.TryGetValue(generation, out LogYears? years))
        {
            years = LogYears.Of(generation.Plain, _options.TimeZone, generation.Changed);
            _years.Add(generation, years);
        }

        return years;
    }

    private bool TryOpenCheckpoint()
    {
        if (_options.CheckpointPath is not { } path)
        {
            return true;
        }

        string full = Path.GetFullPath(path);
        try
        {
            _checkpoint = Checkpoint.Open(full);
            return true;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            _options.OnProblem?.Invoke(new ReadProblem(
                full,
                ReadProblemKind.Checkpoint,
                $"The checkpoint '{full}' cannot be used, and nothing was read: {error.Message} "
                + "Remove it to read all lines anew, or name another one.",
                error));
            return false;
        }
    }

    private void SaveIfDue()
    {
        if (_checkpoint is not null && Environment.TickCount64 >= _nextSaving)
        {
            Save();
        }
    }

    private void Save()
    {
        if (_checkpoint is null)
        {
            return;
        }

        _options.OnPause?.Invoke();
        _nextSaving = Environment.TickCount64 + MillisecondsBetweenSavings;
        try
        {
            _checkpoint.Save(_logs);
            _isSavingTold = false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!_isSavingTold)
            {
                _isSavingTold = true;
                string path = Path.GetFullPath(_options.CheckpointPath!);
                _options.OnProblem?.Invoke(new ReadProblem(
                    path,
                    ReadProblemKind.Checkpoint,
                    $"The checkpoint '{path}' cannot be written, so lines may come again: {error.Message}",
                    error));
            }
        }
    }

    private void End()
    {
        try
        {
            Save();
        }
        finally
        {
            _logs.ForEach(log => log.Dispose());
        }

        foreach (SourceReading reading in _readings.Values)
        {
            reading.TellUnparsed();
        }
    }

    private void Tell(ReadProblem problem)
    {
        if (!_readings.ContainsKey(problem.Path))
        {
            LedgerEntry? entry = _ledger.Entries.LastOrDefault(known => known.Path == problem.Path);
            (entry ?? _ledger.Open(problem.Path, "unknown")).Error = problem.Message;
        }

        _options.OnProblem?.Invoke(problem);
    }
}
