using System.Globalization;
using System.Text;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.Tests.Reading;

public sealed class LastLinesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loganomaly-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("a\nb\nc\n", 2, "b c", 2)]
    [InlineData("a\nb\nc", 2, "b c", 2)]
    [InlineData("a\nb\nc\n", 3, "a b c", 1)]
    [InlineData("a\nb\nc\n", 9, "a b c", 1)]
    [InlineData("a\n\n\n", 2, "", 0)]
    [InlineData("a\nb\n", 0, "", 0)]
    [InlineData("a\nb", 0, "", 0)]
    [InlineData("", 5, "", 0)]
    [InlineData("\uFEFFa\r\nb\r\n", 1, "b", 2)]
    public void Only_the_last_lines_come_with_their_numbers(string text, int count, string expected, long firstNumber)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        foreach (byte[] content in (byte[][])[bytes, CompressionTests.Gzip(text)])
        {
            List<LogEvent> events = Samples.Read(
                content, out ParseLedger ledger, new LogReaderOptions { Tail = count });
            Assert.Equal(expected, string.Join(' ', events.Select(e => e.Raw)));
            Assert.Equal(firstNumber, events.Count == 0 ? 0 : events[0].LineNumber);
            Assert.True(ledger.LinesRead <= count);
        }
    }

    [Fact]
    public void A_large_file_gives_the_same_as_all_of_it()
    {
        Random random = new(5);
        for (int round = 0; round < 20; round++)
        {
            string text = string.Concat(
                Enumerable.Range(0, random.Next(1, 4_000)).Select(i => $"{i} {new string('x', random.Next(200))}\n"));
            text = random.Next(2) == 0 ? text : text.TrimEnd('\n');
            int count = random.Next(1, 4_500);
            string path = Path.Combine(_folder.FullName, "x.log");
            foreach (byte[] bytes in (byte[][])
            [
                Encoding.UTF8.GetBytes(text),
                CompressionTests.Gzip(text),
                Encoding.Unicode.GetBytes("\uFEFF" + text),
            ])
            {
                File.WriteAllBytes(path, bytes);
                CancellationToken cancellation = TestContext.Current.CancellationToken;
                var all = new LogReader()
                    .ReadFile(path, cancellation)
                    .Select(e => (e.LineNumber, e.Raw))
                    .TakeLast(count);
                var tail = new LogReader(new LogReaderOptions { Tail = count })
                    .ReadFile(path, cancellation)
                    .Select(e => (e.LineNumber, e.Raw));
                Assert.Equal(all, tail);
            }
        }
    }

    [Fact]
    public void The_first_lines_tell_the_format_of_the_last()
    {
        string text = string.Concat(Enumerable.Range(0, 300).Select(i =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"[Mon Mar 02 10:00:00.000000 2026] [core:notice] [pid {i}:tid 2] AH00094: Command line: 'x'\n")));
        List<LogEvent> events = Samples.Read(
            text + "a stack\n at a trace\n", out ParseLedger ledger, new LogReaderOptions { Tail = 3 });
        Assert.Equal([LogKind.ApacheError, LogKind.Unparsed, LogKind.Unparsed], events.Select(e => e.Kind));
        Assert.Equal(3, ledger.LinesRead);
    }

    [Fact]
    public void Two_bytes_a_character_are_searched_as_characters()
    {
        // U+0A00 and U+000A, and U+010A, hold the byte of a line feed too.
        byte[] bytes = Encoding.Unicode.GetBytes("\u0A00\u010A\n\u0A0A\nlast\n");
        LineEnds ends = LineEnds.Of(Encoding.Unicode);
        Assert.Equal(3, ends.Count(bytes));
        Assert.Equal(6, ends.AfterFirst(bytes));
        Assert.Equal(bytes.Length, ends.AfterLast(bytes));
        byte[] bigEndian = Encoding.BigEndianUnicode.GetBytes("\u0A00\u010A\n\u0A0A\nlast\n");
        Assert.Equal(6, LineEnds.Of(Encoding.BigEndianUnicode).AfterFirst(bigEndian));
        Assert.Equal(3, LineEnds.Of(Encoding.BigEndianUnicode).Count(bigEndian));
        Assert.Equal(
            (10L, 2L), LastLines.Find(new MemoryStream(bytes), 1, ends, TestContext.Current.CancellationToken));
    }
}
