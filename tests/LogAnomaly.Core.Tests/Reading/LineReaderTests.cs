using System.Text;
using LogAnomaly.Reading;

namespace LogAnomaly.Tests.Reading;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\r\nb\n", new[] { "a", "b" })]
    [InlineData("a\n\nb", new[] { "a", "", "b" })]
    [InlineData("\r\n", new[] { "" })]
    [InlineData("a\rb\n", new[] { "a\rb" })]
    [InlineData("a\r", new[] { "a" })]
    public void Lines_end_with_line_feed_or_both_and_the_last_needs_no_end(string text, string[] expected) =>
        Assert.Equal(expected, Lines(new MemoryStream(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Lines_are_the_same_however_the_stream_hands_out_its_bytes()
    {
        Random random = new(7);
        for (int round = 0; round < 200; round++)
        {
            string text = RandomText(random, random.Next(0, 30_000));
            string[] expected = text.Split('\n');
            expected = text.Length == 0 || text.EndsWith('\n') ? expected[..^1] : expected;
            Assert.Equal(expected, Lines(new DribblingStream(Encoding.UTF8.GetBytes(text), random)));
        }
    }

    [Fact]
    public void Numbers_and_offsets_count_every_byte()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("one\r\ntwo\n\nfour");
        using LineReader reader = new(new MemoryStream(bytes), 1024);
        List<LogLine> lines = ReadAll(reader);
        Assert.Equal([1L, 2, 3, 4], lines.Select(line => line.Number));
        Assert.Equal([0L, 5, 9, 10], lines.Select(line => line.Offset));
        Assert.Equal(bytes.Length, reader.Bytes);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void A_line_beyond_the_limit_keeps_its_start_and_the_next_line_is_whole(int limit)
    {
        string longLine = new('x', (limit * 3) + 17);
        using LineReader reader = new(
            new MemoryStream(Encoding.UTF8.GetBytes($"before\n{longLine}\nafter\nlast")), limit);
        List<LogLine> all = ReadAll(reader);
        Assert.Equal(["before", longLine[..limit], "after", "last"], all.Select(TextOf));
        Assert.Equal([1L, 2, 3, 4], all.Select(line => line.Number));
        Assert.Equal(7 + longLine.Length + 1, all[2].Offset);
        Assert.Equal(1, reader.Truncated);
    }

    [Fact]
    public void A_line_of_a_megabyte_below_the_limit_is_whole()
    {
        string longLine = new('y', 1_048_576);
        Assert.Equal(["a", longLine, "b"], Lines(new MemoryStream(Encoding.UTF8.GetBytes($"a\n{longLine}\nb\n"))));
    }

    [Fact]
    public void Three_lines_cost_a_few_kilobytes_of_a_large_stream()
    {
        using CountingStream stream = new();
        using LineReader reader = new(stream, 1 << 20);
        List<LogLine> lines = [];
        Assert.True(reader.TryReadBlock(lines));
        Assert.True(lines.Count >= 3);
        Assert.InRange(stream.Given, 1, 8 * 1024);
    }

    [Fact]
    public void A_block_is_never_written_again_after_its_lines_were_handed_out()
    {
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));
        using LineReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes(text)), 1024);
        List<LogLine> all = ReadAll(reader);
        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => $"line {i}"), all.Select(TextOf));
    }

    private static string[] Lines(Stream stream)
    {
        using LineReader reader = new(stream, 4 << 20);
        return [.. ReadAll(reader).Select(TextOf)];
    }

    private static List<LogLine> ReadAll(LineReader reader)
    {
        List<LogLine> all = [];
        List<LogLine> block = [];
        while (reader.TryReadBlock(block))
        {
            all.AddRange(block);
        }

        return all;
    }

    private static string TextOf(LogLine line) => Encoding.UTF8.GetString(line.Span);

    private static string RandomText(Random random, int length) =>
        string.Create(length, random, (span, source) =>
        {
            foreach (ref char value in span)
            {
                value = source.Next(40) == 0 ? '\n' : (char)('a' + source.Next(26));
            }
        });

    private sealed class DribblingStream(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) =>
            base.Read(buffer[..Math.Min(buffer.Length, random.Next(1, 5_000))]);
    }

    private sealed class CountingStream : MemoryStream
    {
        public long Given { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            for (int i = 0; i < buffer.Length; i++)
            {
                buffer[i] = i % 50 == 49 ? (byte)'\n' : (byte)'z';
            }

            Given += buffer.Length;
            return buffer.Length;
        }
    }
}
