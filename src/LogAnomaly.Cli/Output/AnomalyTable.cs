using System.Globalization;
using Spectre.Console;

namespace LogAnomaly.Cli.Output;

/// <summary>
/// Anomalies for people: how bad, when, who, what and why. A table, or one below the other where there is no room for
/// columns.
/// </summary>
internal static class AnomalyTable
{
    private const int MostReasons = 3;
    private const int MostRaw = 240;
    private const int MostWho = 60;
    private const int NarrowestTable = 90;

    /// <summary>Writes the table, and what it leaves out.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="analysis">The analysis that they come from.</param>
    /// <param name="ledger">The account of what was read.</param>
    /// <param name="host">The run.</param>
    public static void Write(
        IReadOnlyList<AnomalyRow> rows, LogAnalysis analysis, ParseLedger ledger, CliHost host)
    {
        if (rows.Count == 0)
        {
            host.Text.WriteLine(Nothing(analysis, ledger));
            WriteThreshold(analysis, host);
            host.Flush();
            return;
        }

        IAnsiConsole console = Terminal.Create(host.Text, host, host.OutputIsTerminal && host.UseColor);
        if (host.Width < NarrowestTable)
        {
            WriteStacked(rows, console);
        }
        else
        {
            WriteTable(rows, console);
        }

        WriteRest(rows, analysis, host);
        WriteThreshold(analysis, host);
        host.Flush();
    }

    private static void WriteStacked(IReadOnlyList<AnomalyRow> rows, IAnsiConsole console)
    {
        foreach (AnomalyRow row in rows)
        {
            Paragraph head = Score(row.Worst, " ").Append("  " + When(row.Worst, " "));
            if (Who(row.Worst) is { } who)
            {
                head.Append("  " + who);
            }

            if (row.Times > 1)
            {
                head.Append(Invariant($"  {row.Times:N0} times"));
            }

            console.Write(head);
            console.WriteLine();
            console.Write(What(row.Worst));
            console.WriteLine();
            console.WriteLine();
        }
    }

    private static void WriteTable(IReadOnlyList<AnomalyRow> rows, IAnsiConsole console)
    {
        Table table = new() { Border = TableBorder.Rounded, UseSafeBorder = false, ShowRowSeparators = true };
        bool hasTimes = rows.Any(row => row.Times > 1);
        table.AddColumn(new TableColumn("Score").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("When and who"));
        if (hasTimes)
        {
            table.AddColumn(new TableColumn("Times").RightAligned().NoWrap());
        }

        table.AddColumn(new TableColumn("What and why"));
        foreach (AnomalyRow row in rows)
        {
            Paragraph times = new(row.Times.ToString("N0", CultureInfo.InvariantCulture));
            Paragraph[] cells = [Score(row.Worst, "\n"), WhenAndWho(row.Worst), times, What(row.Worst)];
            table.AddRow(hasTimes ? cells : [.. cells.Where(cell => cell != times)]);
        }

        console.Write(table);
    }

    // "No anomalies" would be taken for good news where nothing was looked at.
    private static string Nothing(LogAnalysis analysis, ParseLedger ledger)
    {
        if (ledger.LinesRead == ledger.Skipped)
        {
            return "Nothing was read.";
        }

        if (ledger.Parsed == 0)
        {
            return "No line was understood, so nothing can be said.";
        }

        return analysis.Summary.EventCount == 0
            ? "The filter let no event through, so nothing can be said."
            : Invariant($"No anomalies with a score of {analysis.MinimumScore:0.#} or more.");
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

    // What is not shown, and what is shown by chance, belongs beside what is shown.
    private static void WriteThreshold(LogAnalysis analysis, CliHost host)
    {
        if (analysis.Summary.EventCount > 0)
        {
            string text = Invariant(
                $"Threshold {analysis.MinimumScore:0.#}: {analysis.ExpectedFalseAlarmsPerDay:0.###} false alarms a day by chance; {analysis.HeldBack:N0} held back by the budget.");
            host.Text.WriteLine(text.Length <= host.Width ? text : text.Replace("; ", ";\n", StringComparison.Ordinal));
        }
    }

    private static Paragraph Score(Anomaly anomaly, string separator)
    {
        Style style = anomaly.Severity switch
        {
            Severity.Critical => new Style(Color.Red, decoration: Decoration.Bold),
            Severity.High => new Style(Color.Red),
            Severity.Medium => new Style(Color.Yellow),
            _ => Style.Plain,
        };
        return new Paragraph().Append(Invariant($"{anomaly.Score:0.0}{separator}{anomaly.Severity}"), style);
    }

    private static Paragraph WhenAndWho(Anomaly anomaly)
    {
        string when = When(anomaly, "\n");
        return new Paragraph(Who(anomaly) is { } who ? $"{when}\n{who}" : when);
    }

    private static string When(Anomaly anomaly, string separator) => anomaly.Timestamp is { } time
        ? Invariant($"{time:yyyy-MM-dd HH:mm:ss}{separator}UTC{time:zzz}")
        : "(no time)";

    private static string? Who(Anomaly anomaly)
    {
        string? who = anomaly.Entity ?? anomaly.SourceIP ?? anomaly.UserName ?? anomaly.Program;
        return who is null ? null : VisibleText.Start(who, MostWho);
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
