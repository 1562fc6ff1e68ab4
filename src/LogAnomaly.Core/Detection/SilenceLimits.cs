namespace LogAnomaly.Detection;

/// <summary>What a silence is.</summary>
/// <param name="Silence">Ticks that are none yet.</param>
/// <param name="Factor">How many times the usual wait it must exceed.</param>
/// <param name="Usual">Longest usual wait, in ticks, of a log that is judged.</param>
/// <param name="History">Ticks for which the log must be known.</param>
/// <param name="Events">Lines that must be known.</param>
internal readonly record struct SilenceLimits(long Silence, double Factor, long Usual, long History, int Events)
{
    /// <summary>Reads the limits of a rule.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="usual">Longest usual wait where the rule does not say it.</param>
    /// <param name="history">For how long the log must be known where the rule does not say it.</param>
    /// <returns>The limits.</returns>
    public static SilenceLimits Of(RuleParameters parameters, string usual, string history) => new(
        parameters.Ticks("silence", "30m"),
        parameters.Number("factor", 3),
        parameters.Ticks("usual", usual),
        parameters.Ticks("history", history),
        parameters.Count("events", 200));
}
