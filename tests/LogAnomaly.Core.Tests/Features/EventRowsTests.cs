using LogAnomaly.Features;
using LogAnomaly.Templates;
using LogAnomaly.Tests.Parsing;

namespace LogAnomaly.Tests.Features;

public sealed class EventRowsTests
{
    [Fact]
    public void Equal_rows_are_kept_once_and_counted()
    {
        EventRowTable table = Fill(
            new EventRows(LogKind.ApacheError), 3_000, (700, "[core:crit] [pid 77] a thing that never came"));
        Assert.Equal(3_000, table.EventCount);
        Assert.InRange(table.Matrix.RowCount, 2, 100);
        Assert.Equal(3_000, Enumerable.Range(0, table.Matrix.RowCount).Sum(table.CountOf));
        EventRows.HeldEvent odd = Assert.Single(table.Held, held => held.Event.LineNumber == 700);
        Assert.Equal(1, table.CountOf(odd.Row));
        int level = table.ColumnOf("Template");
        Assert.Equal(MathF.Log2(3_000), table.Matrix.Row(odd.Row)[level], 1e-4);
        Assert.Equal(1, table.Describe(odd.Row, level).Count);
        Assert.Equal(3_000, table.CountsOf(level).Sum(entry => entry.Count));
    }

    [Fact]
    public void A_row_that_came_a_thousand_times_is_not_held_unless_all_are()
    {
        EventRowTable some = Fill(new EventRows(LogKind.ApacheError), 6_000);
        Assert.All(some.Held, held => Assert.InRange(some.CountOf(held.Row), 1, EventRows.MostHeldOfRow));
        Assert.True(some.Held.Count < 6_000);
        Assert.Equal(6_000, Fill(new EventRows(LogKind.ApacheError, EventHolding.All), 6_000).Held.Count);
    }

    [Fact]
    public void A_sweep_keeps_the_rarest_and_their_lines_whole()
    {
        EventRows rows = new(LogKind.ApacheError, mostHeld: 500);
        EventRowTable table = Fill(rows, 3_000, (40, "[core:crit] [pid 77] a thing that never came"));
        Assert.InRange(table.Held.Count, 1, 500);
        EventRows.HeldEvent odd = Assert.Single(table.Held, held => held.Event.LineNumber == 40);
        Assert.EndsWith("a thing that never came", odd.Event.Raw, StringComparison.Ordinal);
        Assert.Equal("a thing that never came", odd.Event.Message);
    }

    private static EventRowTable Fill(EventRows rows, int lines, params (int Line, string Text)[] planted)
    {
        TemplateMiner miner = new();
        foreach (LogEvent logEvent in Samples.Read(Samples.ErrorLog(lines, planted), out _))
        {
            miner.Add(logEvent);
            rows.Add(logEvent);
            if (rows.IsFull)
            {
                rows.Sweep();
                Assert.True(rows.HoldsBlocks);
                rows.LeaveBlocks();
                Assert.False(rows.HoldsBlocks);
            }
        }

        return rows.Build(TestContext.Current.CancellationToken);
    }
}
