using LogAnomaly.Fuzz;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

/// <summary>
/// Every format with changed samples of all of them, by a fixed seed; tests/Fuzz runs the same for longer and follows
/// what the inputs reach.
/// </summary>
public sealed class EveryFormatTests
{
    private const int Inputs = 80;
    private const int Thorough = 20;

    private static readonly Lazy<List<byte[]>> s_seeds = new(Seeds.All);

    public static TheoryData<string> Names => [.. LogFormats.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Changed_lines_break_nothing_and_are_all_accounted_for(string name)
    {
        Assert.True(LogFormats.TryGet(name, out LogFormat? format));
        List<byte[]> seeds = s_seeds.Value;
        Random random = new(20261122);
        Mutator mutator = new(random);
        for (int i = 0; i < Inputs; i++)
        {
            byte[] input = mutator.Change(seeds[random.Next(seeds.Count)], seeds[random.Next(seeds.Count)]);
            Exception? escaped = Record.Exception(() => Oracle.Check(format, input, isThorough: i % Thorough == 0));
            Assert.True(escaped is null, $"{Convert.ToBase64String(input)}: {escaped}");
        }
    }

    [Fact]
    public void The_oracle_can_fail()
    {
        Assert.True(LogFormats.TryGet("auth", out LogFormat? format));
        Assert.Throws<InvalidDataException>(() => Oracle.Check(new Lying(format), "x"u8.ToArray(), isThorough: false));
    }

    // A format that gives an address that is none.
    private sealed class Lying : LogFormat
    {
        private readonly LogFormat _other;

        public Lying(LogFormat other) => _other = other;

        public override string Name => "lying";

        public override string Description => _other.Description;

        internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
            new AuthEvent(line, context.Source) { SourceIP = "nowhere" };
    }
}
