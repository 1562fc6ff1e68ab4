using LogAnomaly.Numerics;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Rules;

public sealed class ValueTestTests
{
    [Fact]
    public void A_part_of_ASCII_is_found_in_any_case_as_the_runtime_finds_it()
    {
        const string Letters = "aAbBkKsSiI@`[{ 1\u0130\u0131\u017f\u212a\u00e9";
        SeededRandom random = new(11);
        int found = 0;
        for (int trial = 0; trial < 20_000; trial++)
        {
            string text = Draw(Letters, random.NextInt(24), random);
            string part = Draw("aAbBkKsSiI@`[{ 1", 1 + random.NextInt(3), random);
            bool expected = text.Contains(part, StringComparison.OrdinalIgnoreCase);
            found += expected ? 1 : 0;
            Assert.Equal(
                expected,
                ValueTest.Of(new FieldTest("Message", TestOperator.Contains, part)).Passes(RuleValue.Of(text)));
        }

        Assert.InRange(found, 1_000, 19_000);
    }

    private static string Draw(string letters, int length, SeededRandom random) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.NextInt(letters.Length)]));
}
