using System.Globalization;
using Spectre.Console;

namespace LogAnomaly.Cli.Output;

/// <summary>Anomalies as a table for people: how bad, when, who, what and why.</summary>
internal static class AnomalyTable
{
    private const int MostReasons = 3;
    private const int MostRaw = 240;

    /// <summary>Writes the table, and what it leaves out.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="analysis">The analysis that they come from.</param>
    /// <param name="host">The run.</param>
    public static void Write(IReadOnlyList<AnomalyRow> rows, LogAnalysis analysis, CliHost host)
    {
        if (rows.Count == 0)
        {
            host.Text.WriteLine(Invariant($"No anomalies with a score of {analysis.MinimumScore:0.#} or more."));
            host.Flush();
            return;
        }

        Table table = new() { Border = TableBorder.Rounded, UseSafeBorder = false, ShowRowSeparators = true };
        bool hasRepeats = rows.Any(row => row.Repeats > 1);
        table.AddColumn(new TableColumn("Score").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("When and who"));
        if (hasRepeats)
        {
            table.AddColumn(new TableColumn("Times").RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("What and why"));
        foreach (AnomalyRow row in rows)
        {
            Paragraph times = new(row.Repeats.ToString("N0", CultureInfo.InvariantCulture));
            Paragraph[] cells = [Score(row.Worst), WhenAndWho(row.Worst), times, What(row.Worst)];
            table.AddRow(hasRepeats ? cells : [.. cells.Where(cell => cell != times)]);
        }

        Terminal.Create(host.Text, host, host.OutputIsTerminal && host.UseColor).Write(table);
        WriteRest(rows, analysis, host);
        host.Flush();
    }

    private static void WriteRest(IReadOnlyList<AnomalyRow> rows, LogAnalysis analysis, CliHost host)
    {
        int shown = rows.Sum(row => row.Repeats);
        int all = analysis.Anomalies.Count;
        host.Text.WriteLine(shown == all
            ? Invariant($"{all:N0} anomalies among {analysis.Summary.EventCount:N0} events.")
            : Invariant(
                $"{shown:N0} of {all:N0} anomalies among {analysis.Summary.EventCount:N0} events; --top shows more."));
    }

    private static Paragraph Score(Anomaly anomaly)
    {
        Style style = anomaly.Severity switch
        {
            Severity.Critical => new Style(Color.Red, decoration: Decoration.Bold),
            Severity.High => new Style(Color.Red),
            Severity.Medium => new Style(Color.Yellow),
            _ => Style.Plain,
        };
        return new Paragraph().Append(Invariant($"{anomaly.Score:0.0}\n{anomaly.Severity}"), style);
    }

    private static Paragraph WhenAndWho(Anomaly anomaly)
    {
        string when = anomaly.Timestamp?.ToString(
            "yyyy-MM-dd HH:mm:ss\n'UTC'zzz", CultureInfo.InvariantCulture) ?? "(no time)";
        string? who = anomaly.Entity ?? anomaly.SourceIP ?? anomaly.UserName ?? anomaly.Program;
        return new Paragraph(who is null ? when : $"{when}\n{VisibleText.Start(who, 60)}");
    }

    private static Paragraph What(Anomaly anomaly)
    {
        Paragraph what = new();
        what.Append(VisibleText.Start(anomaly.Title, MostRaw), new Style(decoration: Decoration.Bold));
        foreach (Reason reason in anomaly.Reasons.Take(MostReasons))
        {
            what.Append("\n- " + VisibleText.Start(reason.Sentence, 2 * MostRaw));
        }

        if (anomaly.Evidence.Count > 0)
        {
            Evidence first = anomaly.Evidence[0];
            string place = Invariant($"{Path.GetFileName(first.Path)}:{first.LineNumber}: ");
            string line = VisibleText.Escape(place) + VisibleText.Start(first.Raw, MostRaw);
            what.Append("\n" + line, new Style(decoration: Decoration.Dim));
        }

        return what;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
