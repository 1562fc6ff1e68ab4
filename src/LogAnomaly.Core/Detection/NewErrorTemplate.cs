using System.Buffers;
using LogAnomaly.Parsing;
using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A warning or error of a kind that a well-known program never wrote before, told at the end by the template of its
/// lines; where no templates were mined, nothing is told. A program that brings something new again and again has
/// nothing new.
/// </summary>
internal sealed class NewErrorTemplate : LearnedRule
{
    private const int MostTemplates = 20_000;
    private const int MostPrograms = 1_000;
    private const int FewEpisodes = 3;
    private const int LevelWords = 3;
    private const int LongestLevel = 16;
    private const long Episode = TimeSpan.TicksPerHour;

    private static readonly string[] s_failures =
        [
            "error", "warn", "fail", "fatal", "panic", "exception", "critical", "cannot", "can't", "unable", "refused",
            "denied", "rejected", "timed out", "timeout", "corrupt", "abort", "crash", "exhausted", "overflow",
            "invalid",
        ];

    private readonly Dictionary<LogTemplate, Entry> _templates = [];
    private readonly EntityStates<string, Known> _programs = new(MostPrograms, StringComparer.Ordinal);
    private readonly int _lines;
    private readonly long _history;
    private readonly double _share;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public NewErrorTemplate(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.System)
    {
        RuleParameters parameters = new(rule);
        _lines = parameters.Count("lines", 500);
        _history = parameters.Ticks("history", "1d");
        _share = parameters.Number("share", 0.001);
    }

    /// <inheritdoc/>
    public override bool ReadsTemplates => true;

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent.MinedLeaf is not { } template || logEvent.Program is not { } name || logEvent.UtcTicks < 0)
        {
            return;
        }

        Known program = _programs.Get(name, logEvent.UtcTicks);
        if (_templates.TryGetValue(template, out Entry? entry))
        {
            entry.Count++;
        }
        else if (_templates.Count < MostTemplates)
        {
            bool isKnown = program.Lines >= _lines && logEvent.UtcTicks - program.FirstSeen >= _history;
            _templates.Add(template, new Entry(logEvent, program, isKnown ? program.Lines : -1));
        }

        program.Lines++;
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        // A wider template may have taken others in; it is new where all of them are.
        List<(LogTemplate Template, Entry First, long Count)> fresh = [];
        foreach (IGrouping<LogTemplate, Entry> same in _templates
            .GroupBy(entry => entry.Key.Widest, entry => entry.Value))
        {
            if (same.All(entry => entry.Before >= 0))
            {
                fresh.Add((same.Key, same.MinBy(entry => entry.Event.UtcTicks)!, same.Sum(entry => entry.Count)));
            }
        }

        foreach (IGrouping<Known, (LogTemplate Template, Entry First, long Count)> part in fresh
            .GroupBy(entry => entry.First.Program))
        {
            (LogTemplate Template, Entry First, long Count)[] ordered =
                [.. part.OrderBy(entry => entry.First.Event.UtcTicks)];
            int episodes = EpisodesOf(ordered);
            if (episodes > FewEpisodes && episodes > _share * part.Key.Lines)
            {
                continue;
            }

            foreach ((LogTemplate template, Entry first, long count) in ordered)
            {
                if (IsGrave(first.Event))
                {
                    ReportNew(first, template, count);
                }
            }
        }
    }

    private static int EpisodesOf((LogTemplate Template, Entry First, long Count)[] ordered)
    {
        int episodes = 0;
        long last = -1;
        foreach ((_, Entry first, _) in ordered)
        {
            long ticks = first.Event.UtcTicks;
            episodes += last < 0 || ticks - last > Episode ? 1 : 0;
            last = ticks;
        }

        return episodes;
    }

    // Services that write to the journal have the level in their text, if anywhere.
    private static bool IsGrave(LogEvent logEvent)
    {
        if (logEvent.Level >= LogLevel.Warning)
        {
            return true;
        }

        string message = logEvent.Message ?? "";
        int word = 0;
        foreach (Range range in new CommandText.WordRanges(message))
        {
            ReadOnlySpan<char> name = message.AsSpan(range).Trim("[]()<>:,|");
            if (TryLevel(name, out LogLevel level))
            {
                return level >= LogLevel.Warning;
            }

            if (++word == LevelWords)
            {
                break;
            }
        }

        return Array.Exists(s_failures, failure => message.Contains(failure, StringComparison.OrdinalIgnoreCase));
    }

    private static bool TryLevel(ReadOnlySpan<char> name, out LogLevel level)
    {
        Span<byte> bytes = stackalloc byte[LongestLevel];
        level = default;
        return System.Text.Ascii.FromUtf16(name, bytes, out int length) == OperationStatus.Done
            && LevelName.TryParse(bytes[..length], out level);
    }

    private void ReportNew(Entry first, LogTemplate template, long count)
    {
        string name = first.Event.Program!;
        string times = count == 1 ? "once" : DurationWords.Say($"{count} times");
        string typical = DurationWords.Say($"none of {first.Before} lines");
        string sentence = DurationWords.Say(
            $"{name} never wrote `{template.Text}` in {first.Before} lines before, and then {times}.");
        Report(first.Event, "Program", name, new Reason(Code, "Template", times, typical, 1, sentence));
    }

    private sealed class Known : EntityState
    {
        public long Lines { get; set; }
    }

    private sealed class Entry(LogEvent logEvent, Known program, long before)
    {
        public LogEvent Event => logEvent;

        public Known Program => program;

        // Lines of the program before the first of this kind, or -1 where it was not yet known.
        public long Before => before;

        public long Count { get; set; } = 1;
    }
}
