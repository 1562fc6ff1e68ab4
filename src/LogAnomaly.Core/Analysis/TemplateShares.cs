namespace LogAnomaly.Analysis;

/// <summary>Gives templates their share of all events, which is known when the input has ended.</summary>
public static class TemplateShares
{
    /// <summary>Sets the share of each template.</summary>
    /// <param name="templates">All templates of an input.</param>
    /// <returns>The same templates.</returns>
    public static IReadOnlyList<LogTemplate> Set(IReadOnlyList<LogTemplate> templates)
    {
        ArgumentNullException.ThrowIfNull(templates);
        long events = templates.Sum(template => template.Count);
        foreach (LogTemplate template in templates)
        {
            template.Share = (double)template.Count / events;
        }

        return templates;
    }
}
