using System.Buffers.Text;
using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>The words and numbers that programs write for levels.</summary>
internal static class LevelWords
{
    private const int LongestWord = 16;

    // The words of each level, lower case, the shortest spellings included.
    private static readonly Dictionary<string, LogLevel> s_words = Build(
    [
        (LogLevel.Trace, "trace trc trac finest finer verbose vrb verb silly t v all"),
        (LogLevel.Debug, "debug dbg debu dbug fine d config conf"),
        (LogLevel.Informational, "information informational info inf i default log success audit_success ok http"),
        (LogLevel.Notice, "notice notification note n ntc"),
        (LogLevel.Warning, "warning warn wrn w audit_failure"),
        (LogLevel.Error, "error err eror e severe fail fehler failure"),
        (LogLevel.Critical, "critical crit crt fatal ftl f fata c dpanic"),
        (LogLevel.Alert, "alert alrt"),
        (LogLevel.Emergency, "emergency emerg panic off"),
    ]);

    /// <summary>Reads a word, without regard to case; <c>INFO+2</c> and <c>trace3</c> are read as the word.</summary>
    /// <param name="text">The whole text, brackets and spaces around it aside.</param>
    /// <param name="level">The level.</param>
    /// <returns>Whether it is a word for a level.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out LogLevel level)
    {
        level = default;
        text = text.Trim(" \t[]<>:()"u8);
        int sign = text.IndexOfAny((byte)'+', (byte)'-');
        text = (sign > 1 ? text[..sign] : text).TrimEnd("0123456789"u8);
        if (text.IsEmpty || text.Length > LongestWord)
        {
            return false;
        }

        Span<char> word = stackalloc char[LongestWord];
        if (!Ascii.IsValid(text) || Ascii.ToLower(text, word, out int length) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        return s_words.TryGetValue(word[..length].ToString(), out level);
    }

    /// <summary>Reads a number by the scale that its size tells, or a word.</summary>
    /// <param name="text">The whole value.</param>
    /// <param name="form">The scale where the name tells it.</param>
    /// <param name="level">The level.</param>
    /// <returns>Whether it is a level.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, PropertyForm form, out LogLevel level)
    {
        if (!Utf8Parser.TryParse(text, out int number, out int read) || read != text.Length)
        {
            level = default;
            return (form != PropertyForm.Letter || text.Length == 1) && TryParse(text, out level);
        }

        LogLevel? known = form switch
        {
            PropertyForm.PythonLevel => ByThresholds(number, 10, 20, 30, 40, 50),
            PropertyForm.OpenTelemetryLevel => ByThresholds(number, 5, 9, 13, 17, 21),
            PropertyForm.LogbackLevel => ByThresholds(number, 10_000, 20_000, 30_000, 40_000, int.MaxValue),
            PropertyForm.Letter => null,
            _ => BySize(number),
        };
        level = known.GetValueOrDefault();
        return known is not null;
    }

    // 0 to 7 is syslog's, 10 to 60 that of bunyan and pino, 100 to 600 that of monolog, above the one of Google's
    // cloud.
    private static LogLevel? BySize(int number) => number switch
    {
        >= 0 and <= 7 => SyslogSeverity.ToLevel(number),
        >= 10 and <= 60 => ByThresholds(number, 20, 30, 40, 50, 60),
        550 => LogLevel.Alert,
        600 => LogLevel.Emergency,
        >= 100 and <= 599 when number % 50 == 0 => number switch
        {
            < 200 => LogLevel.Debug,
            < 250 => LogLevel.Informational,
            < 300 => LogLevel.Notice,
            < 400 => LogLevel.Warning,
            < 500 => LogLevel.Error,
            _ => LogLevel.Critical,
        },
        _ => null,
    };

    private static LogLevel? ByThresholds(int number, int debug, int information, int warning, int error, int critical)
    {
        if (number < 0)
        {
            return null;
        }

        return number < debug ? LogLevel.Trace
            : number < information ? LogLevel.Debug
            : number < warning ? LogLevel.Informational
            : number < error ? LogLevel.Warning
            : number < critical ? LogLevel.Error
            : LogLevel.Critical;
    }

    private static Dictionary<string, LogLevel> Build((LogLevel Level, string Words)[] rows)
    {
        Dictionary<string, LogLevel> words = new(StringComparer.Ordinal);
        foreach ((LogLevel level, string row) in rows)
        {
            foreach (string word in row.Split(' '))
            {
                words.Add(word, level);
            }
        }

        return words;
    }
}
