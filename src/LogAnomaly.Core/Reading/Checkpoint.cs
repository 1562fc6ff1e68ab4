using System.Text.Json;

namespace LogAnomaly.Reading;

/// <summary>
/// The file that keeps how far logs were read. It is written beside its place and moved there. One file may serve
/// several readings one after the other: it keeps the logs that a reading does not name.
/// </summary>
internal sealed class Checkpoint
{
    private const int CurrentVersion = 1;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly string _path;
    private readonly Dictionary<string, SavedLog> _logs;

    private Checkpoint(string path, IEnumerable<SavedLog> logs)
    {
        _path = path;
        _logs = new Dictionary<string, SavedLog>(RotationSets.PathComparer);
        foreach (SavedLog log in logs)
        {
            _logs[log.Path] = log;
        }
    }

    /// <summary>Opens a checkpoint.</summary>
    /// <param name="path">Full path, which need not exist yet.</param>
    /// <returns>The checkpoint.</returns>
    /// <exception cref="InvalidDataException">The file is no checkpoint, or a damaged one, or of another
    /// version.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Checkpoint Open(string path)
    {
        if (!File.Exists(path))
        {
            return new Checkpoint(path, []);
        }

        Document? document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(File.ReadAllBytes(path), s_json);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(error.Message, error);
        }

        if (document is not { Version: CurrentVersion })
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"its version is {document?.Version ?? 0} and not {CurrentVersion}."));
        }

        return document.Logs is not null && document.Logs.All(log => log is { IsSound: true })
            ? new Checkpoint(path, document.Logs)
            : throw new InvalidDataException("its values are out of range.");
    }

    /// <summary>What the checkpoint keeps of a log.</summary>
    /// <param name="path">Full path of the log.</param>
    /// <returns>The log, or null where it is not known.</returns>
    public SavedLog? Find(string path) => _logs.GetValueOrDefault(path);

    /// <summary>Takes down how far logs were read.</summary>
    /// <param name="logs">The logs.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(IEnumerable<FollowedLog> logs)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (FollowedLog log in logs)
        {
            _logs[log.Path] =
                new SavedLog { Path = log.Path, Saved = now, Files = [.. log.Generations.Select(SavedGeneration.Of)] };
        }

        using FileReplacement file = FileReplacement.Start(_path, overwrite: true);
        JsonSerializer.Serialize(
            file.Output, new Document { Version = CurrentVersion, Logs = [.. _logs.Values] }, s_json);
        (file.Output as FileStream)?.Flush(flushToDisk: true);
        file.Complete();
    }

    private sealed record Document
    {
        public int Version { get; init; }

        public IReadOnlyList<SavedLog>? Logs { get; init; }
    }
}
