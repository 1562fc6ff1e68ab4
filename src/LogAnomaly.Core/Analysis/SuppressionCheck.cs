namespace LogAnomaly.Analysis;

/// <summary>What every suppression must have.</summary>
internal static class SuppressionCheck
{
    /// <summary>Refuses a suppression that would hide more than anyone meant, or whose meaning is not plain.</summary>
    /// <param name="suppression">The suppression.</param>
    /// <exception cref="FormatException">It has a fault; the message says which.</exception>
    public static void Require(LogSuppression suppression)
    {
        if (string.IsNullOrWhiteSpace(suppression.Id))
        {
            throw new FormatException("The suppression has no Id.");
        }

        if (string.IsNullOrWhiteSpace(suppression.Because))
        {
            throw new FormatException($"Suppression {suppression.Id} does not say why: Because is empty.");
        }

        if (suppression.Fields.Count == 0 && (suppression.RuleId is not { } rule || rule.Trim('*', ' ').Length == 0))
        {
            throw new FormatException(
                $"Suppression {suppression.Id} would hide every finding: it names neither a rule nor a field.");
        }

        foreach ((string name, IReadOnlyList<string> values) in suppression.Fields)
        {
            if (name.Length == 0 || values.Count == 0)
            {
                throw new FormatException($"Field '{name}' of suppression {suppression.Id} has no value.");
            }
        }

        _ = new SuppressionMatcher(suppression);
    }
}
