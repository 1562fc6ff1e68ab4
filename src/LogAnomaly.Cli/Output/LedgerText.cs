using System.Globalization;
using System.Text;

namespace LogAnomaly.Cli.Output;

/// <summary>
/// The account of a run for people: a line for each source, their sum, and what the unparsed lines look like.
/// </summary>
internal static class LedgerText
{
    private const int MostShapes = 3;
    private const int MostExample = 100;

    /// <summary>Writes the account on standard error.</summary>
    /// <param name="ledger">The account.</param>
    /// <param name="host">The run.</param>
    public static void Write(ParseLedger ledger, CliHost host)
    {
        foreach (LedgerEntry entry in ledger.Entries)
        {
            host.Note(Line(entry));
            foreach (UnparsedShape shape in entry.UnparsedShapes.Take(MostShapes))
            {
                string example = VisibleText.Start(shape.Example, MostExample);
                host.Note(
                    Invariant($"  unparsed {shape.Count:N0}: {shape.Shape}  (line {shape.LineNumber}: {example})"));
            }
        }

        if (ledger.Entries.Count != 1)
        {
            string sums = Sums(ledger.LinesRead, ledger.Parsed, ledger.Unparsed, ledger.Skipped);
            host.Note(Invariant($"{ledger.Entries.Count:N0} sources: {sums}"));
        }

        WriteSuppressed(ledger, host);
    }

    private static void WriteSuppressed(ParseLedger ledger, CliHost host)
    {
        if (ledger.Suppressed.Count > 0)
        {
            string counts = string.Join(
                ", ", ledger.Suppressed.Select(entry => Invariant($"{entry.Name} {entry.Count:N0}")));
            host.Note(Invariant(
                $"{ledger.Suppressed.Sum(entry => entry.Count):N0} findings hidden by suppressions: {counts}"));
        }
    }

    private static string Line(LedgerEntry entry)
    {
        StringBuilder line = new();
        line.Append(entry.Path).Append(" (").Append(entry.Format).Append("): ");
        line.Append(Sums(entry.LinesRead, entry.Parsed, entry.Unparsed, entry.Skipped));
        line.Append(Invariant($", {entry.Bytes:N0} bytes"));
        if (entry.Filtered > 0)
        {
            line.Append(Invariant($", {entry.Filtered:N0} left out by the filter"));
        }

        if (entry.Truncated > 0)
        {
            line.Append(Invariant($", {entry.Truncated:N0} cut short"));
        }

        if (entry.Error is not null)
        {
            line.Append(entry.LinesRead == 0 ? ", not read" : ", ended early");
        }

        return line.ToString();
    }

    private static string Sums(long read, long parsed, long unparsed, long skipped) =>
        Invariant($"{read:N0} lines = {parsed:N0} parsed + {unparsed:N0} unparsed + {skipped:N0} skipped");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
