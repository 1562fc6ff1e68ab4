using LogAnomaly.Numerics;
using Xunit;

namespace LogAnomaly.Tests.Numerics;

public sealed class SeededRandomTests
{
    [Fact]
    public void SplitMix64_gives_the_published_numbers_for_seed_1234567()
    {
        ulong state = 1234567;
        ulong[] expected =
        [
            6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821,
        ];
        Assert.Equal(expected, expected.Select(_ => SeededRandom.SplitMix64(ref state)).ToArray());
    }

    [Fact]
    public void Xoshiro_gives_the_published_numbers_for_the_state_1_2_3_4()
    {
        SeededRandom random = new(1, 2, 3, 4);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625,
            8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        Assert.Equal(expected, expected.Select(_ => random.NextUInt64()).ToArray());
    }

    [Fact]
    public void A_seed_fills_the_state_by_SplitMix64()
    {
        ulong state = 42;
        SeededRandom expected = new(
            SeededRandom.SplitMix64(ref state), SeededRandom.SplitMix64(ref state), SeededRandom.SplitMix64(ref state),
            SeededRandom.SplitMix64(ref state));
        SeededRandom actual = new(42);
        for (int count = 0; count < 100; count++)
        {
            Assert.Equal(expected.NextUInt64(), actual.NextUInt64());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void NextInt_gives_every_number_below_the_bound_about_equally_often(int max)
    {
        SeededRandom random = new(5);
        int[] counts = new int[max];
        int draws = 1000 * max;
        for (int count = 0; count < draws; count++)
        {
            counts[random.NextInt(max)]++;
        }

        // Six standard deviations of a count with mean 1000.
        Assert.All(counts, count => Assert.InRange(count, 810, 1190));
    }

    [Fact]
    public void NextInt_throws_back_what_would_favour_some_numbers()
    {
        // With a bound of 3 * 2^29 plain multiplication would give numbers divisible by 3 half of the time.
        SeededRandom random = new(11);
        int divisible = 0;
        for (int count = 0; count < 100_000; count++)
        {
            divisible += random.NextInt(3 << 29) % 3 == 0 ? 1 : 0;
        }

        Assert.InRange(divisible, 32_400, 34_300);
    }

    [Fact]
    public void NextInt_refuses_a_bound_of_zero() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeededRandom(1).NextInt(0));

    [Fact]
    public void A_state_of_zeros_is_refused() => Assert.Throws<ArgumentException>(() => new SeededRandom(0, 0, 0, 0));

    [Fact]
    public void NextDouble_lies_from_0_to_below_1_with_mean_and_variance_of_the_uniform_distribution()
    {
        SeededRandom random = new(3);
        double[] numbers = Enumerable.Range(0, 100_000).Select(_ => random.NextDouble()).ToArray();
        Assert.All(numbers, number => Assert.True(number is >= 0.0 and < 1.0));
        Assert.Equal(0.5, numbers.Average(), 0.006);
        Assert.Equal(1.0 / 12.0, Variance(numbers), 0.002);
    }

    [Fact]
    public void NextGaussian_has_mean_0_variance_1_and_the_tails_of_the_normal_distribution()
    {
        SeededRandom random = new(9);
        double[] numbers = Enumerable.Range(0, 200_000).Select(_ => random.NextGaussian()).ToArray();
        Assert.Equal(0.0, numbers.Average(), 0.014);
        Assert.Equal(1.0, Variance(numbers), 0.02);
        Assert.Equal(0.0455, numbers.Count(number => Math.Abs(number) > 2.0) / 200_000.0, 0.003);
    }

    [Fact]
    public void NextExponential_is_minus_the_mean_times_the_logarithm_of_a_uniform_number()
    {
        SeededRandom random = new(21);
        SeededRandom same = new(21);
        for (int count = 0; count < 10_000; count++)
        {
            double expected = -3.0 * Math.Log(1.0 - same.NextDouble());
            Assert.Equal(expected, random.NextExponential(3.0), 1e-13 * (1.0 + expected));
        }
    }

    [Fact]
    public void Shuffle_keeps_the_elements_and_puts_each_in_each_place_equally_often()
    {
        SeededRandom random = new(17);
        int[,] counts = new int[4, 4];
        for (int count = 0; count < 24_000; count++)
        {
            int[] items = [0, 1, 2, 3];
            random.Shuffle<int>(items);
            Assert.Equal(6, items.Sum());
            for (int place = 0; place < 4; place++)
            {
                counts[place, items[place]]++;
            }
        }

        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 5600, 6400));
    }

    private static double Variance(double[] numbers)
    {
        double mean = numbers.Average();
        return numbers.Sum(number => (number - mean) * (number - mean)) / numbers.Length;
    }
}
