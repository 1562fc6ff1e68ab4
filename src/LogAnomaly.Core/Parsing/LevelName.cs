using System.Text;

namespace LogAnomaly.Parsing;

/// <summary>The names of levels that programs write into their lines, without regard to case.</summary>
internal static class LevelName
{
    /// <summary>Reads a name.</summary>
    /// <param name="text">The whole word.</param>
    /// <param name="level">The level.</param>
    /// <returns>Whether the word names one.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out LogLevel level)
    {
        level = default;
        if (text.Length is < 3 or > 13)
        {
            return false;
        }

        foreach ((string name, LogLevel known) in s_names)
        {
            if (name.Length == text.Length && (text[0] | 0x20) == name[0] && Ascii.EqualsIgnoreCase(text, name))
            {
                level = known;
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word is the name of a level.</summary>
    /// <param name="text">The word.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLevel(ReadOnlySpan<byte> text) => TryParse(text, out _);

    private static readonly (string Name, LogLevel Level)[] s_names =
    [
        ("emerg", LogLevel.Emergency), ("emergency", LogLevel.Emergency), ("panic", LogLevel.Emergency),
        ("alert", LogLevel.Alert), ("crit", LogLevel.Critical), ("critical", LogLevel.Critical),
        ("fatal", LogLevel.Critical), ("err", LogLevel.Error), ("error", LogLevel.Error), ("fault", LogLevel.Error),
        ("severe", LogLevel.Error), ("warn", LogLevel.Warning), ("warning", LogLevel.Warning),
        ("notice", LogLevel.Notice), ("default", LogLevel.Notice), ("info", LogLevel.Informational),
        ("informational", LogLevel.Informational), ("debug", LogLevel.Debug), ("ddebug", LogLevel.Debug),
        ("subdebug", LogLevel.Debug), ("trace", LogLevel.Trace),
    ];
}
