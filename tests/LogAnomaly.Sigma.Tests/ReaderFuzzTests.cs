using System.Text;

namespace LogAnomaly.Sigma.Tests;

/// <summary>That no text makes the reader throw, whatever was done to it.</summary>
public sealed class ReaderFuzzTests
{
    private const string Seed =
        """
        title: T
        id: i
        name: n
        level: high
        tags: [attack.t1110.001]
        logsource: { product: linux }
        detection:
          a: { f|contains|all: [x, 'y*z'], g|re|i: '^a(b|c)$', h|cidr: 10.0.0.0/8 }
          b: &b
            - { f|base64offset|contains: foo }
            - f|windash|contains: ' -x'
          c: *b
          '|all': [k, l]
          timeframe: 5m
          condition: a and not (1 of b* or c) | count(f) by g > 5
        ---
        title: U
        id: u
        correlation:
          type: temporal_ordered
          rules: [n, i]
          group-by: [x]
          timespan: 10m
          aliases: { x: { n: f } }
        loganomaly: { per-value: { lte: 3 }, unless: [i], entity: [Source] }
        """;

    private static readonly string[] s_words =
    [
        "|", ":", "- ", "{", "}", "[", "]", "'", "\"", "*", "&a ", "*a", "(", ")", "not ", " of them", "\n", "\n---\n",
        "\n  ", "null", "\t", "\0", "%", "<<: ",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_text_that_was_tampered_with_gives_rules_or_faults_and_no_exception(int seed)
    {
        Random random = new(seed);
        for (int run = 0; run < 400; run++)
        {
            string text = Tampered(random);
            SigmaRules rules = SigmaReader.ReadText(text, "f.yml");
            Assert.True(rules.Rules.Count + rules.Faults.Count > 0, text);
            int lines = text.Count(character => character is '\n' or '\r') + 2;
            Assert.All(rules.Faults, fault => Assert.InRange(fault.LineNumber, 1, lines));
        }
    }

    private static string Tampered(Random random)
    {
        StringBuilder text = new(Seed.ReplaceLineEndings("\n"));
        for (int change = random.Next(1, 6); change > 0; change--)
        {
            int at = random.Next(text.Length);
            switch (random.Next(3))
            {
                case 0:
                    text.Insert(at, s_words[random.Next(s_words.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(random.Next(1, 12), text.Length - at));
                    break;
                default:
                    text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 40), text.Length - at)));
                    break;
            }
        }

        return text.ToString();
    }
}
