using System.Text;
using LogAnomaly.Templates;

namespace LogAnomaly.Tests.Templates;

public sealed class LineHeaderTests
{
    [Theory]
    [InlineData("2026-03-02 10:00:00,123 INFO [main] org.example.app.Server: Started well", "Started well")]
    [InlineData("2026-03-02T10:00:00.123Z ERROR Started badly", "Started badly")]
    [InlineData("26/03/02 10:00:00 WARN storage.BlockManager: Lost block 7", "Lost block 7")]
    [InlineData("03-02 10:00:00.123  1702  2395 D WindowManager: opened", "opened")]
    [InlineData("[03.02 10:00:00] tool.exe *64 - host open", "host open")]
    [InlineData("260302 100000 148 INFO dfs.Node$Worker: Took 5 s", "Took 5 s")]
    [InlineData("20260302-10:00:00:606|Steps|30002312|counted 7", "counted 7")]
    [InlineData("1772445600 2026.03.02 n1 Mar 2 10:00:00 n1/n1 crond(pam)[7]: session closed", "session closed")]
    [InlineData("2026-03-02 10:00:00,123 - INFO  [peer[id=1]/0:0:0:0:0:0:0:0:2181:Election@774] - timed out",
        "timed out")]
    [InlineData("2026-03-02 10:00:00, Info                  CBS    Loaded it", "Loaded it")]
    [InlineData("plain words at 10:00:00 today", "plain words at 10:00:00 today")]
    [InlineData("10.11.10.1 answered", "10.11.10.1 answered")]
    [InlineData("Error reading file", "Error reading file")]
    [InlineData("2026-03-02 10:00:00", "2026-03-02 10:00:00")]
    [InlineData("", "")]
    public void The_message_begins_behind_stamps_levels_and_names(string line, string message)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        Assert.Equal(message, Encoding.UTF8.GetString(bytes.AsSpan(LineHeader.LengthOf(bytes))));
    }

    [Fact]
    public void No_line_of_any_bytes_is_refused()
    {
        Random random = new(3);
        string alphabet = "[]()-|:., 0123456789TZINFOEMarabc\t<>\u00e4";
        for (int round = 0; round < 20_000; round++)
        {
            string line = string.Concat(
                Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            Assert.InRange(LineHeader.LengthOf(bytes), 0, Math.Max(0, bytes.Length - 1));
        }
    }
}
