namespace LogAnomaly.Parsing;

/// <summary>
/// Finds the format of a file by reading its first lines with every format. The score of a format is the lines that it
/// parses, provided that at least half of them give the kind of event that it is for; else only the lines of that kind
/// count. So of two formats that read the same lines (a system log and an authentication log) the one wins that most
/// lines are about. The best score wins; the name of the file breaks a tie, then the more specific format. Lines that
/// no format knows (a header, a stack trace, garbage) count against none: two lines suffice, or half of a shorter
/// sample.
/// </summary>
internal static class FormatDetector
{
    /// <summary>Lines that are read at most; blank ones do not count.</summary>
    public const int SampleSize = 200;

    // Times do not matter here, only that lines can be read; any fixed reference will do.
    private static readonly DateTimeOffset s_reference = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Finds the format of a sample among all formats.</summary>
    /// <param name="sample">The first lines of the file.</param>
    /// <param name="path">Path or name of the file, or null.</param>
    /// <returns>The format, or null where none reads enough of the lines.</returns>
    public static LogFormat? Detect(IReadOnlyList<LogLine> sample, string? path) =>
        Detect(sample, path, LogFormats.Detectable);

    /// <summary>Finds the format of a sample among some formats.</summary>
    /// <param name="sample">The first lines of the file.</param>
    /// <param name="path">Path or name of the file, or null.</param>
    /// <param name="formats">The formats, the most specific first.</param>
    /// <returns>The format, or null where none reads enough of the lines.</returns>
    public static LogFormat? Detect(
        IReadOnlyList<LogLine> sample, string? path, IReadOnlyList<DetectableFormat> formats)
    {
        List<LogLine> lines = Take(sample);
        string fileName = path is null ? "" : System.IO.Path.GetFileName(path);
        LogFormat? best = null;
        int bestScore = 0;
        bool bestIsNamed = false;
        int filled = lines.Count(line => !IsBlank(line));
        foreach (DetectableFormat entry in formats)
        {
            bool isNamed = IsNamed(entry, fileName);
            if (bestScore >= filled && (bestIsNamed || !isNamed))
            {
                // All lines are read; only a name would tell more.
                continue;
            }

            int score = Score(entry, lines);
            if (score > bestScore || (score == bestScore && score > 0 && isNamed && !bestIsNamed))
            {
                best = entry.Format;
                bestScore = score;
                bestIsNamed = isNamed;
            }
        }

        return bestScore >= 2 || bestScore * 2 >= filled ? best : null;
    }

    /// <summary>Finds the format of those lines of a sample that are not of the format that most of it is.</summary>
    /// <param name="sample">The first lines of the file.</param>
    /// <param name="path">Path or name of the file, or null.</param>
    /// <param name="format">The format of the file.</param>
    /// <param name="formats">The formats, the most specific first.</param>
    /// <returns>Another format, whose lines tell by themselves that they are of it, or null.</returns>
    public static LogFormat? DetectOther(
        IReadOnlyList<LogLine> sample, string? path, LogFormat format, IReadOnlyList<DetectableFormat> formats)
    {
        List<LogLine> lines = Take(sample);
        format.NewJoiner()?.Join(lines);
        ParseContext context = NewContext();
        List<LogLine> others = [];
        foreach (LogLine line in lines)
        {
            if (!IsBlank(line) && line.FurtherLines == 0 && format.Parse(line, context) is null)
            {
                others.Add(line);
            }
        }

        return others.Count == 0
            ? null
            : Detect(others, path, [.. formats.Where(entry => entry.IsPlain && entry.Format != format)]);
    }

    private static ParseContext NewContext() =>
        new(new LogSource("(sample)"), new LogClock(TimeZoneInfo.Utc, s_reference), poolBits: 5);

    private static List<LogLine> Take(IReadOnlyList<LogLine> sample)
    {
        // Blank lines end the records of some formats, so they stay.
        List<LogLine> lines = new(Math.Min(sample.Count, SampleSize));
        int filled = 0;
        for (int i = 0; i < sample.Count && filled < SampleSize; i++)
        {
            lines.Add(sample[i]);
            filled += IsBlank(sample[i]) ? 0 : 1;
        }

        return lines;
    }

    private static bool IsBlank(in LogLine line) => !line.Span.ContainsAnyExcept((byte)' ', (byte)'\t');

    private static int Score(DetectableFormat entry, List<LogLine> lines)
    {
        ParseContext context = NewContext();
        if (entry.Format.NewJoiner() is { } joiner)
        {
            lines = [.. lines];
            joiner.Join(lines);
        }

        int parsed = 0;
        int ofKind = 0;
        int events = 0;
        int filled = 0;
        foreach (LogLine line in lines)
        {
            bool isBlank = IsBlank(line);
            filled += isBlank ? 0 : 1 + line.FurtherLines;
            if (!isBlank && entry.Format.ParseSample(line, context) is { } made)
            {
                events += made == LogFormat.NoEvent ? 0 : 1;
                int count = 1 + line.FurtherLines;
                parsed += count;
                ofKind += made.Kind == (entry.Kind ?? made.Kind) || made == LogFormat.NoEvent ? count : 0;
            }
        }

        // Headers and brackets without any event prove a format only where there is nothing else.
        if (events == 0 && (parsed < filled || !entry.Format.IsSequential))
        {
            return 0;
        }

        int score = ofKind * 2 >= parsed ? parsed : ofKind;
        return score < entry.LeastLines ? 0 : score;
    }

    private static bool IsNamed(DetectableFormat entry, string fileName)
    {
        foreach (string name in entry.FileNames)
        {
            if (fileName.Contains(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
