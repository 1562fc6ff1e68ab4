namespace LogAnomaly.Sigma;

/// <summary>
/// That a rule cannot be read; it becomes a <see cref="RuleFault"/> of the rule and never leaves the reader.
/// </summary>
/// <param name="line">Line of the fault in the file, from 1.</param>
/// <param name="message">What is wrong, and what would be right.</param>
internal sealed class RuleFormatException(int line, string message) : Exception(message)
{
    /// <summary>Line of the fault in the file, from 1.</summary>
    public int Line { get; } = line;
}
