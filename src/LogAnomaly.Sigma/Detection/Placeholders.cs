namespace LogAnomaly.Sigma.Detection;

/// <summary>Puts values in place of placeholders, for <c>|expand</c>; <c>\%</c> is a percent sign.</summary>
internal static class Placeholders
{
    private const int GreatestCount = 10_000;

    /// <summary>The texts that a text with placeholders stands for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="line">Its line.</param>
    /// <param name="options">The values of the placeholders.</param>
    /// <returns>The texts, one for each combination of values.</returns>
    /// <exception cref="RuleFormatException">A placeholder has no values.</exception>
    public static IReadOnlyList<string> Expand(string text, int line, SigmaOptions options)
    {
        List<string> made = [""];
        int at = 0;
        while (at < text.Length)
        {
            IReadOnlyList<string> next;
            int end = text[at] == '%' ? EndOf(text, at) : -1;
            if (end > 0)
            {
                next = ValuesOf(text[(at + 1)..end], line, options);
                at = end + 1;
            }
            else
            {
                bool isEscape = text[at] == '\\' && at + 1 < text.Length && text[at + 1] == '%';
                next = [isEscape ? "%" : text[at].ToString()];
                at += isEscape ? 2 : 1;
            }

            made = [.. made.SelectMany(before => next.Select(value => before + value))];
            if (made.Count > GreatestCount)
            {
                throw new RuleFormatException(
                    line, $"The placeholders of '{text}' make more than {GreatestCount} values.");
            }
        }

        return made;
    }

    private static int EndOf(string text, int start)
    {
        int at = start + 1;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '-' or '.'))
        {
            at++;
        }

        return at < text.Length && text[at] == '%' && at > start + 1 ? at : -1;
    }

    private static IReadOnlyList<string> ValuesOf(string name, int line, SigmaOptions options) =>
        options.Placeholders.TryGetValue(name, out IReadOnlyList<string>? values) && values.Count > 0
            ? values
            : throw new RuleFormatException(
                line, $"The placeholder '%{name}%' has no values; the options of the reader take them.");
}
