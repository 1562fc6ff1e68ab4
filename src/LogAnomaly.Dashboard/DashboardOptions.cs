using LogAnomaly.Places;

namespace LogAnomaly.Dashboard;

/// <summary>What the page is told beside the analysis.</summary>
public sealed record DashboardOptions
{
    /// <summary>Heading of the page and title of its window; <c>LogAnomaly report</c> unless set.</summary>
    public string Title { get; init; } = "LogAnomaly report";

    /// <summary>The colours that the page opens with; those of the reader's system unless set.</summary>
    public DashboardTheme Theme { get; init; } = DashboardTheme.Auto;

    /// <summary>
    /// Most anomalies that the page holds, those of the highest scores; 5,000 unless set. The counts on the page are
    /// always those of all anomalies, and the page says how many it leaves out.
    /// </summary>
    public int MaximumAnomalies { get; init; } = 5000;

    /// <summary>
    /// Where sources come from; by the table of countries that ships unless set, or by a database of one's own
    /// (<see cref="SourcePlaces.Open"/>).
    /// </summary>
    public SourcePlaces Places { get; init; } = SourcePlaces.Shipped;

    /// <summary>
    /// Time that the page says it was made at; null for now. With a set time the same analysis gives the same bytes.
    /// </summary>
    public DateTimeOffset? GeneratedAt { get; init; }
}
