using System.Text;
using LogAnomaly.Features;
using LogAnomaly.Templates;

namespace LogAnomaly.Tests.Features;

/// <summary>
/// Requests that are known are not looked at anew; these tests hold what comes of it to what looking anew gives.
/// </summary>
public sealed class RequestRowsTests
{
    private const int Count = 600;

    [Fact]
    public void A_request_that_came_before_has_the_codes_and_counts_of_one_that_is_read_anew()
    {
        EventColumn[] plain = Columns();
        EventColumn[] known = Columns();
        bool[] varies = [.. EventFeatureSet.For(LogKind.Access).Select(EventFeatureSet.VariesOfRequest)];
        RequestRows rows = new(known, varies);
        int[] row = new int[known.Length];
        HashSet<(int Column, int Code)> seen = [];
        int taken = 0;
        foreach (LogEvent logEvent in Samples.Read(Lines(), out _))
        {
            int[] expected = [.. plain.Select(column => column.Take(logEvent))];
            seen.UnionWith(expected.Select((code, column) => (column, code)));
            if (!rows.TryTake(logEvent, row))
            {
                Assert.Equal(expected, known.Select(column => column.Take(logEvent)));
                continue;
            }

            taken++;
            Assert.Equal(expected, row);
        }

        rows.Settle();
        // The first line of a day is read at leisure, and such an event carries more than a request.
        Assert.Equal(Count - 1, taken);
        Assert.Single(varies, true);
        Assert.All(seen, pair => Assert.Equal(
            plain[pair.Column].CountSoFar(pair.Code), known[pair.Column].CountSoFar(pair.Code)));
    }

    [Fact]
    public void What_carries_more_than_a_request_is_not_taken()
    {
        RequestRows rows = new(Columns(), new bool[Columns().Length]);
        const string Error = "[Tue Jan 06 02:00:00 2026] [error] [client 192.0.2.1] File does not exist: /x";
        const string Odd = "192.0.2.1 - ann [06/Jan/2026:02:00:00 +0000] \"GET /x HTTP/1.1\" 200 5 \"-\" \"a\" 1234";

        Assert.All(
            Samples.Read(Error + "\n", out _).Concat(Samples.Read(Odd + "\n", out _)),
            logEvent => Assert.False(rows.TryTake(logEvent, new int[Columns().Length])));
    }

    [Fact]
    public void The_miner_counts_and_samples_a_known_request_as_any_other()
    {
        TemplateMiner requests = new();
        TemplateMiner texts = new();
        Dictionary<string, string> leaves = [];
        foreach (LogEvent logEvent in Samples.Read(Lines(), out _))
        {
            Assert.Equal(Encoding.UTF8.GetBytes(logEvent.Message), logEvent.MessageSpan.ToArray());
            LogTemplate leaf = requests.Add(logEvent);
            Assert.Same(leaf, logEvent.MinedLeaf);
            leaves.TryAdd(logEvent.Message, leaf.Id);
            Assert.Equal(leaves[logEvent.Message], leaf.Id);
        }

        // Without the agent's end the same requests are read at leisure, and none of them is known.
        foreach (LogEvent logEvent in Samples.Read(Lines().Replace("\"\n", "\" 7\n", StringComparison.Ordinal), out _))
        {
            texts.Add(logEvent);
        }

        Assert.Equal(Counts(texts), Counts(requests));
        Assert.Equal(Count, requests.ToTemplates().Sum(template => template.Count));
        Assert.All(requests.ToTemplates(), template => Assert.InRange(template.Examples.Count, 1, 3));
    }

    private static (string Text, long Count)[] Counts(TemplateMiner miner) =>
        [.. miner.ToTemplates().Select(template => (template.Text, template.Count))];

    private static EventColumn[] Columns() =>
        [.. EventFeatureSet.For(LogKind.Access).Select(feature => new EventColumn(feature, 1_000))];

    private static string Lines() => string.Concat(Enumerable.Range(0, Count).Select(i =>
        $"192.0.2.{i % 7} - - [06/Jan/2026:02:{i / 60:00}:{i % 60:00} +0000] "
            + $"\"GET /page/{i % 5}?q={i % 4} HTTP/1.1\" {(i % 11 == 0 ? 404 : 200)} {100 + (i * 13)} "
            + $"\"https://www.example.com/start\" \"Mozilla/5.0 (X11; Linux x86_64) Agent/{i % 3}.0\"\n"));
}
