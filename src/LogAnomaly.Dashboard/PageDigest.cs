using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace LogAnomaly.Dashboard;

/// <summary>
/// What a page says where no script runs, as in the preview of a mail program: its title, the counts of findings and
/// lines, and the gravest findings. All text is on one line, shows its control characters and is encoded, whatever the
/// log holds.
/// </summary>
internal static class PageDigest
{
    private const int MostFindings = 10;
    private const int MostNames = 3;
    private const int MostCharacters = 140;

    // By encoding all but Basic Latin it needs no table of what is safe; letters of other scripts show all the same.
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Default;

    /// <summary>The title, for the window and for previews.</summary>
    /// <param name="options">What the page is told.</param>
    /// <returns>Encoded text.</returns>
    internal static string Title(DashboardOptions options) => Encode(options.Title);

    /// <summary>The digest.</summary>
    /// <param name="analysis">What the page shows.</param>
    /// <param name="options">How it shows it.</param>
    /// <returns>Markup of elements without attributes.</returns>
    internal static string Write(LogAnalysis analysis, DashboardOptions options)
    {
        StringBuilder digest = new();
        digest.Append("<h1>").Append(Title(options)).Append("</h1>\n");
        Paragraph(digest, Findings(analysis));
        Paragraph(digest, Events(analysis.Summary));
        Paragraph(digest, Lines(analysis.Ledger));
        Gravest(digest, analysis.Anomalies);
        return digest.ToString();
    }

    private static void Paragraph(StringBuilder digest, string text)
    {
        if (text.Length > 0)
        {
            digest.Append("<p>").Append(Encode(text)).Append("</p>\n");
        }
    }

    private static string Findings(LogAnalysis analysis)
    {
        string hidden = string.Concat(
            analysis.Suppressed.Count > 0 ? Invariant($"; {analysis.Suppressed.Count:N0} hidden by suppressions") : "",
            analysis.HeldBack > 0 ? Invariant($"; {analysis.HeldBack:N0} held back by the alert budget") : "");
        if (analysis.Anomalies.Count > 0)
        {
            IEnumerable<string> counts = analysis.Anomalies
                .GroupBy(anomaly => anomaly.Severity)
                .OrderByDescending(group => group.Key)
                .Select(group => Invariant($"{group.Count():N0} {group.Key}"));
            return $"{Counted(analysis.Anomalies.Count, "finding")}: {string.Join(", ", counts)}{hidden}.";
        }

        // Nothing found in what nobody could read is no good news.
        return analysis.Summary.EventCount == 0
            ? analysis.Ledger.Entries.Count == 0
                ? "No findings came in; the log itself was not passed on."
                : "No events were read."
            : analysis.Ledger is { Parsed: 0, Unparsed: > 0 } ? "No line was understood, so nothing can be said."
            : $"No findings{hidden}.";
    }

    private static string Events(LogSummary summary)
    {
        string period = summary is { FirstSeen: DateTimeOffset first, LastSeen: DateTimeOffset last }
            ? $", {Span(first, last)}"
            : "";
        return summary.EventCount == 0 ? "" : $"{Counted(summary.EventCount, "event")}{period}.";
    }

    private static string Lines(ParseLedger ledger)
    {
        if (ledger.Entries.Count == 0)
        {
            return "";
        }

        int failed = ledger.Entries.Count(entry => entry.Error is not null);
        string files = Counted(ledger.Entries.Count, "file");
        string counts = Invariant(
            $"{ledger.Parsed:N0} parsed, {ledger.Unparsed:N0} not understood, {ledger.Skipped:N0} skipped");
        string broken = failed == 0 ? "" : $"; {Counted(failed, "file")} not read to the end";
        return $"{Counted(ledger.LinesRead, "line")} read of {files}: {counts}{broken}.";
    }

    // Findings of one title are one entry, as they would else fill the list.
    private static void Gravest(StringBuilder digest, IReadOnlyList<Anomaly> anomalies)
    {
        IGrouping<string, Anomaly>[] groups =
        [
            .. anomalies
                .GroupBy(anomaly => anomaly.Title, StringComparer.Ordinal)
                .OrderByDescending(group => group.Max(anomaly => anomaly.Severity))
                .ThenByDescending(group => group.Max(anomaly => anomaly.Score)),
        ];
        if (groups.Length == 0)
        {
            return;
        }

        digest.Append("<ol>\n");
        foreach (IGrouping<string, Anomaly> group in groups.Take(MostFindings))
        {
            Entry(digest, group.Key, [.. group]);
        }

        digest.Append("</ol>\n");
        if (groups.Length > MostFindings)
        {
            Paragraph(digest, $"The page holds {Counted(groups.Length - MostFindings, "kind")} of findings more.");
        }
    }

    private static void Entry(StringBuilder digest, string title, Anomaly[] findings)
    {
        Severity worst = findings.Max(finding => finding.Severity);
        DateTimeOffset? first = findings.Min(finding => finding.Timestamp);
        DateTimeOffset? last = findings.Max(finding => finding.LastSeen ?? finding.Timestamp);
        digest.Append(CultureInfo.InvariantCulture, $"<li><b>{worst}</b> <bdi>{Encode(title)}</bdi>");
        if (findings.Length > 1)
        {
            digest.Append(CultureInfo.InvariantCulture, $", {findings.Length:N0} findings");
        }

        string[] names =
        [
            .. findings.Select(finding => finding.Entity)
                .OfType<string>()
                .Where(name => name.Length > 0)
                .Distinct(StringComparer.Ordinal),
        ];
        if (names.Length > 0)
        {
            digest.Append(": ").AppendJoin(", ", names.Take(MostNames).Select(name => $"<bdi>{Encode(name)}</bdi>"));
        }

        if (names.Length > MostNames)
        {
            digest.Append(CultureInfo.InvariantCulture, $" and {names.Length - MostNames:N0} more");
        }

        if (first is DateTimeOffset from)
        {
            digest.Append(", ").Append(Encode(Span(from, last ?? from)));
        }

        digest.Append("</li>\n");
    }

    private static string Counted(long count, string name) => Invariant($"{count:N0} {name}{(count == 1 ? "" : "s")}");

    // What the end shares with the begin is not said twice.
    private static string Span(DateTimeOffset first, DateTimeOffset last)
    {
        string begin = Invariant($"{first:yyyy-MM-dd HH:mm}");
        string end = Invariant($"{last:yyyy-MM-dd HH:mm}");
        string zone = Invariant($"UTC{last:zzz}");
        return first.Offset != last.Offset ? Invariant($"{begin} UTC{first:zzz} to {end} {zone}")
            : begin == end ? $"{begin} {zone}"
            : first.Date == last.Date ? Invariant($"{begin} to {last:HH:mm} {zone}")
            : $"{begin} to {end} {zone}";
    }

    private static string Encode(string text) => s_encoder.Encode(VisibleText.Start(text, MostCharacters));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
