using LogAnomaly.Detection.Sequences;

namespace LogAnomaly.Tests.Detection.Sequences;

public sealed class SequenceFileTests
{
    [Theory]
    [InlineData("5 5 22 5\n11 9\n", "|5 5 22 5;|11 9")]
    [InlineData("5 5 22 \r\n\r\n  11\t9  \r\n", "|5 5 22;|11 9")]
    [InlineData("a-1,5 5 22\nb-2,7\n", "a-1|5 5 22;b-2|7")]
    [InlineData("blk_1,5,5,22\nblk_2,5,9\n", "blk_1|5 5 22;blk_2|5 9")]
    [InlineData("5,5,22\n5,9\n", "|5 5 22;|5 9")]
    [InlineData("22,5,9\n9,5\n", "|22 5 9;|9 5")]
    [InlineData("blk_1,\"[E5,E22]\"\nblk_2,\"[E5, E9]\"\n", "blk_1|E5 E22;blk_2|E5 E9")]
    [InlineData("a,1 2\nb,\n", "a|1 2;b|")]
    [InlineData("", "")]
    public void Lines_are_sessions(string text, string expected)
    {
        IReadOnlyList<LogSequence> sessions = SequenceFile.Read(new StringReader(text));
        Assert.Equal(
            expected, string.Join(';', sessions.Select(session => $"{session.Id}|{string.Join(' ', session.Events)}")));
    }
}
