using System.Text;
using LogAnomaly.Parsing;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

/// <summary>Lines that may become evidence are held within a budget.</summary>
public sealed class LineArenaTests
{
    [Fact]
    public void A_line_is_held_with_its_user_and_its_source_until_the_budget_is_spent()
    {
        LineArena arena = new(1 << 20);
        RuleStream stream = new(RuleStream.Event("fail"));
        List<(long Place, AuthEvent Event)> held = [];
        for (int index = 0; index < 20_000; index++)
        {
            AuthEvent made = stream.Make(
                "fail", index, $"10.0.{index / 256 % 256}.{index % 256}", index % 3 == 0 ? null : $"üser{index}");
            held.Add((arena.Append(made), made));
        }

        Assert.Equal(held.Count, held.Select(pair => pair.Place).Distinct().Count());
        Assert.True(held.Zip(held.Skip(1)).All(pair => pair.First.Place < pair.Second.Place));
        int found = 0;
        foreach ((long place, AuthEvent made) in held)
        {
            if (arena.TryRead(place, out HeldLine line))
            {
                found++;
                Assert.Equal(made.Raw, Encoding.UTF8.GetString(line.Text));
                Assert.Equal(made.UserName ?? "", Encoding.UTF8.GetString(line.User));
                Assert.Equal(made.SourceIP, Encoding.UTF8.GetString(line.Source));
            }
            else
            {
                Assert.Equal(0, found);
            }
        }

        Assert.InRange(found, 5_000, 15_000);
    }

    [Theory]
    [InlineData("203.0.113.7 - - [04/Mar/2026:05:06:07 +0100] \"GET /a?b=c HTTP/1.1\" 200 512 \"-\" \"curl/8.0\"")]
    [InlineData("203.0.113.7 - eve [14/Dec/2026:15:16:17 -0330] \"POST /é HTTP/2.0\" 304 -")]
    [InlineData("203.0.113.7 - - [04/Mar/2026:05:06:07 +0000] \"\" 400 0 \"-\" \"-\"")]
    [InlineData(
        "203.0.113.7 - - [04/Mar/2026:05:06:07 +0000] \"GET / HTTP/1.1\" 200 4294967295 \"https://a.example/\" \"Mozilla/5.0 (\\\"x\\\")\"")]
    public void A_request_is_held_byte_for_byte(string text)
    {
        LineArena arena = new(1 << 20);
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(text + "\n"));
        LogEvent read = Assert.Single(new LogReader(new LogReaderOptions())
            .ReadStream(stream, "access.log", TestContext.Current.CancellationToken));
        Assert.True(arena.TryRead(arena.Append(read), out HeldLine line));
        Assert.Equal(text, Encoding.UTF8.GetString(line.Text));
    }
}
