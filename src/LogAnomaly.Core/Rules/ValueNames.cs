namespace LogAnomaly.Rules;

/// <summary>The names of the enumerations that events carry, made once.</summary>
internal static class ValueNames
{
    private static readonly string[] s_outcomes = Enum.GetNames<Outcome>();
    private static readonly string[] s_levels = Enum.GetNames<LogLevel>();
    private static readonly string[] s_kinds = Enum.GetNames<LogKind>();

    /// <summary>The name of an outcome.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <returns>Its name.</returns>
    public static string Of(Outcome outcome) => s_outcomes[(int)outcome];

    /// <summary>The name of a level.</summary>
    /// <param name="level">The level.</param>
    /// <returns>Its name.</returns>
    public static string Of(LogLevel level) => s_levels[(int)level];

    /// <summary>The name of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its name.</returns>
    public static string Of(LogKind kind) => s_kinds[(int)kind];
}
