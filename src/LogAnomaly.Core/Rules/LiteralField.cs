namespace LogAnomaly.Rules;

/// <summary>
/// Fields of long text, which are scanned for literals anyway, so that a whole value is sought there as one.
/// </summary>
internal static class LiteralField
{
    /// <summary>Whether a field is one of them.</summary>
    /// <param name="field">The field.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsText(RuleField field) => IsOfUrl(field)
        || field.Field is LogField.UserAgent or LogField.Referrer or LogField.Message or LogField.Command;

    /// <summary>Whether a field is the target of a request, a part of it, or the same decoded.</summary>
    /// <param name="field">The field.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsOfUrl(RuleField field) => field.Role is RuleFieldRole.UrlDecoded or RuleFieldRole.UrlExtension
        || field.Field is LogField.Url or LogField.UrlPath or LogField.UrlQuery;
}
