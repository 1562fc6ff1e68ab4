using System.Text;
using LogAnomaly.Features;
using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Features;

public sealed class SymbolCountTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("Accepted password for root from 10.0.0.1, port 22/tcp - ok", 0)]
    [InlineData("a=b; [c] {d}", 6)]
    [InlineData("+:@`", 4)]
    public void Signs_of_plain_text_are_no_symbols(string message, int expected) =>
        Assert.Equal(expected, SymbolCount.Of(Encoding.UTF8.GetBytes(message)));

    [Fact]
    public void Vectors_count_the_same_as_bytes_one_after_the_other()
    {
        SeededRandom random = new(7);
        byte[] every = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        Assert.Equal(SymbolCount.OfPlain(every), SymbolCount.Of(every));
        for (int length = 0; length < 300; length++)
        {
            byte[] message = [.. Enumerable.Range(0, length).Select(_ => (byte)random.NextInt(256))];
            Assert.Equal(SymbolCount.OfPlain(message), SymbolCount.Of(message));
        }
    }
}
