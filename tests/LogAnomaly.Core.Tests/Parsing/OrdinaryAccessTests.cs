using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>The quick way through an ordinary line and the way that all lines can take give the same.</summary>
public sealed class OrdinaryAccessTests
{
    private static readonly LogField[] s_fields =
        [.. Enum.GetValues<LogField>().Except([LogField.Path, LogField.TemplateId, LogField.Template, LogField.Label])];

    [Theory]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /a?b=c HTTP/1.0\" 200 2326", true)]
    [InlineData("2001:db8::1 - - [10/Oct/2000:13:55:36 +0530] \"POST /a HTTP/1.1\" 503 - \"-\" \"-\"", true)]
    [InlineData("192.0.2.1 - frank [10/Oct/2000:13:55:36 -0700] \"HEAD * HTTP/2.0\" 404 0 \"http://x/\" \"curl/8\"",
        true)]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 +0000] \"CONNECT a:443 HTTP/1.1\" 405 9", true)]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 +0000] \"GET http://h/p?q HTTP/3.0\" 200 9", true)]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 -0000] \"GET / HTTP/1.1\" 200 9", false)]
    [InlineData("192.0.2.1 - - [10/OCT/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9", false)]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 09", false)]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /\\\" HTTP/1.1\" 200 9", false)]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"BREW / HTTP/1.1\" 200 9", false)]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9 \"\" \"a\"", false)]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9 \"-\" \"a\" 17", false)]
    [InlineData("192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 12345678901", false)]
    [InlineData("host - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.1\" 200 9", false)]
    public void A_line_is_put_together_again_and_is_the_same_both_ways(string line, bool isOrdinary)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        AccessEvent made = Assert.IsType<AccessEvent>(ParseTwice(bytes));
        Assert.Equal(line, made.Raw);
        Assert.Equal(isOrdinary, IsOrdinary(bytes));
        CheckSame(bytes);
    }

    [Fact]
    public void Mutated_lines_are_the_same_both_ways()
    {
        byte[][] samples = [.. new[]
        {
            "192.0.2.1 - - [10/Oct/2000:13:55:36 -0700] \"GET /a?b=c HTTP/1.0\" 200 2326 \"http://r/\" \"Mozilla/5.0 (X11)\"",
            "2001:db8::1 - bob [10/Oct/2000:13:55:37 +0000] \"POST /a b HTTP/1.1\" 503 - \"-\" \"-\"",
            "192.0.2.200 - - [11/Oct/2000:00:00:00 +0000] \"DELETE /x HTTP/2.0\" 204 0",
        }.Select(Encoding.UTF8.GetBytes)];
        Random random = new(11);
        int ordinary = 0;
        const int Rounds = 20_000;
        for (int i = 0; i < Rounds; i++)
        {
            byte[] line = Soundness.Mutate(samples[random.Next(3)], samples[random.Next(3)], random);
            CheckSame(line);
            ordinary += IsOrdinary(line) ? 1 : 0;
        }

        // Mutations that all miss, or all break, would test nothing.
        Assert.InRange(ordinary, Rounds / 40, Rounds * 9 / 10);
    }

    private static bool IsOrdinary(byte[] line) =>
        OrdinaryAccess.TryRead(line, out OrdinaryAccess access)
        && WarmContext(line).AccessStamps.TryGetOrdinary(access.Stamp, out _, out _)
        && ClientAddress.IsAddress(access.Client);

    // The first parse of a day takes the long way and leaves the day behind.
    private static ParseContext WarmContext(byte[] line)
    {
        ParseContext context = Sample.NewContext();
        _ = new AccessFormat().Parse(new LogLine(line, 0, line.Length, 1, 0), context);
        return context;
    }

    private static LogEvent? ParseTwice(byte[] line) =>
        new AccessFormat().Parse(new LogLine(line, 0, line.Length, 1, 0), WarmContext(line));

    private static void CheckSame(byte[] line)
    {
        LogLine whole = new(line, 0, line.Length, 1, 0);
        LogEvent? quick = ParseTwice(line);
        LogEvent? slow = AccessFormat.ParseAny(whole, Sample.NewContext());
        Assert.Equal(slow is null, quick is null);
        if (slow is null || quick is null)
        {
            return;
        }

        foreach (LogField field in s_fields)
        {
            Assert.Equal(slow.GetValue(field), quick.GetValue(field));
        }
    }
}
