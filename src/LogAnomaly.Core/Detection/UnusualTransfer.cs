using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A source that fetches far more bytes within an hour than others do, a dump or backup that is fetched, or an archive
/// that one source only fetches from a site that serves few archives; the last is known at the end.
/// </summary>
internal sealed class UnusualTransfer : LearnedRule
{
    private const double Share = 0.999;
    private const int TableBits = 14;
    private const int MostArchives = 1000;
    private const long MuchMore = 10_000_000;

    // A hundred megabytes of smaller answers within an hour are a flood, and most answers need not be looked at.
    private const long SmallAnswer = 16_384;

    private static readonly string[] s_dumps =
    [
        ".sql", ".sql.gz", ".sql.zip", ".sql.bz2", ".sql.xz", ".sql.zst", ".bak", ".dump", ".sqlite", ".sqlite3",
        ".mdb", ".bson", ".ldf", ".dmp",
    ];

    private static readonly string[] s_archives =
        [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst", ".7z", ".rar"];

    private readonly SourceTable _table = new(TableBits, overlaps: true);
    private readonly Dictionary<string, Archive> _archives = new(StringComparer.Ordinal);
    private readonly long _bytes;
    private readonly long _window;
    private readonly double _factor;
    private readonly int _population;
    private readonly long _archive;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public UnusualTransfer(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Access)
    {
        RuleParameters parameters = new(rule);
        _bytes = parameters.Bytes("bytes", "100MB");
        _window = Math.Max(parameters.Ticks("window", "1h"), TimeSpan.TicksPerMinute);
        _factor = parameters.Number("factor", 3);
        _population = parameters.Count("population", 200);
        _archive = parameters.Bytes("archive", "1MB");
    }

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        AccessEvent access = (AccessEvent)logEvent;
        if (access.BytesSent is not { } sent || sent < SmallAnswer || access.UtcTicks < 0
            || (access.SourceIP ?? access.SourceHost) is not { } source)
        {
            return;
        }

        // Two halves of the window in a row: a transfer need not begin with the hour.
        ref SourceSlot slot = ref _table.Of(source, (access.UtcTicks / (_window / 2)) + 1);
        slot.Sum += sent;
        if (slot.Before + slot.Sum > _bytes && !slot.IsReported && _table.Samples >= _population)
        {
            JudgeSum(access, source, ref slot);
        }

        if (sent >= _archive && access.StatusCode is 200 or 206 && access.UrlPath is { } path)
        {
            JudgeFile(access, source, path, sent);
        }
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        Archive[] own = [.. _archives.Values.Where(archive => !archive.IsShared)];

        // Where visitors share archives the site is there to serve them; so it is where there are many.
        if (own.Length < _archives.Count || own.Length > 3)
        {
            return;
        }

        foreach (Archive archive in own)
        {
            string size = Megabytes(archive.Bytes);
            string sentence = DurationWords.Say(
                $"{archive.Source} fetched {archive.First.UrlPath} ({size}); nobody else did, and the site serves hardly any archives.");
            ReportTransfer(archive.First, archive.Source, "UrlPath", size, "no archives", sentence);
        }
    }

    private void JudgeSum(AccessEvent access, string source, ref SourceSlot slot)
    {
        long usual = _table.Quantile(Share);
        long sum = slot.Before + slot.Sum;
        if (sum <= _factor * usual)
        {
            return;
        }

        slot.IsReported = true;
        string size = Megabytes(sum);
        string window = DurationWords.Of(_window);
        string typical = $"99.9 % of sources fetch at most {Megabytes(usual)} in {window}";
        string sentence =
            $"{source} fetched {size} within {window}; 99.9 % of the sources fetch at most {Megabytes(usual)}.";
        ReportTransfer(access, source, "BytesSent", size, typical, sentence);
    }

    private void JudgeFile(AccessEvent access, string source, string path, long sent)
    {
        if (HasEnding(path, s_dumps))
        {
            string size = Megabytes(sent);
            string sentence = $"{source} fetched {path} ({size}), a dump or backup by its name.";
            ReportTransfer(access, source, "UrlPath", size, "no dumps", sentence);
        }
        else if (HasEnding(path, s_archives))
        {
            if (_archives.TryGetValue(path, out Archive? known))
            {
                known.IsShared |= known.Source != source;
            }
            else if (_archives.Count < MostArchives)
            {
                _archives.Add(path, new Archive(access, source, sent));
            }
        }
    }

    private void ReportTransfer(
        AccessEvent access, string source, string feature, string size, string typical, string sentence) =>
        Report(
            access, access.SourceIP is null ? "SourceHost" : "SourceIP", source,
            new Reason(Code, feature, size, typical, 1, sentence));

    private static bool HasEnding(string path, string[] endings)
    {
        foreach (string ending in endings)
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Megabytes(long bytes) => bytes < MuchMore
        ? DurationWords.Say($"{bytes / 1e6:0.#} MB")
        : DurationWords.Say($"{bytes / 1e6:0} MB");

    private sealed class Archive(AccessEvent first, string source, long bytes)
    {
        public AccessEvent First => first;

        public string Source => source;

        public long Bytes => bytes;

        public bool IsShared { get; set; }
    }
}
