using System.Numerics;
using System.Runtime.CompilerServices;

namespace LogAnomaly.Numerics;

/// <summary>
/// A seeded generator: xoshiro256** (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", ACM
/// Transactions on Mathematical Software 47(4), 2021), its state filled by SplitMix64 (Steele, Lea and Flood, "Fast
/// Splittable Pseudorandom Number Generators", OOPSLA 2014). Unlike <see cref="Random"/> its numbers are the same in
/// every version of .NET and, as it takes no function of the C library, on every machine. Not for secrets; one
/// generator serves one thread.
/// </summary>
internal sealed class SeededRandom
{
    private const double DoubleUnit = 1.0 / (1UL << 53);
    private const double Ln2 = 0.693147180559945309417;
    private const double Sqrt2 = 1.41421356237309504880;

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareGaussian = double.NaN;

    /// <summary>Creates a generator; equal seeds give equal numbers.</summary>
    /// <param name="seed">Any number.</param>
    public SeededRandom(ulong seed)
    {
        _s0 = SplitMix64(ref seed);
        _s1 = SplitMix64(ref seed);
        _s2 = SplitMix64(ref seed);
        _s3 = SplitMix64(ref seed);
    }

    /// <summary>Creates a generator with a given state, to compare it with published vectors.</summary>
    /// <param name="s0">First word of the state.</param>
    /// <param name="s1">Second word of the state.</param>
    /// <param name="s2">Third word of the state.</param>
    /// <param name="s3">Fourth word of the state; not all four may be zero.</param>
    public SeededRandom(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        if ((s0 | s1 | s2 | s3) == 0)
        {
            throw new ArgumentException("A state of zeros yields only zeros.", nameof(s0));
        }

        (_s0, _s1, _s2, _s3) = (s0, s1, s2, s3);
    }

    /// <summary>The next number of SplitMix64.</summary>
    /// <param name="state">Its state, which is advanced.</param>
    /// <returns>A number of 64 random bits.</returns>
    public static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>The next 64 random bits.</summary>
    /// <returns>A number from 0 to 2^64 - 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>
    /// A whole number below a bound, each equally likely (Lemire, "Fast Random Integer Generation in an Interval", ACM
    /// Transactions on Modeling and Computer Simulation 29(1), 2019).
    /// </summary>
    /// <param name="max">The bound, at least 1; it is not reached itself.</param>
    /// <returns>A number from 0 to <paramref name="max"/> - 1.</returns>
    public int NextInt(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ulong product = (NextUInt64() >> 32) * (ulong)max;
        uint low = (uint)product;
        if (low < (uint)max)
        {
            // The share of the 2^32 numbers that would favour some results is thrown back.
            uint threshold = (uint)(0x1_0000_0000UL % (uint)max);
            while (low < threshold)
            {
                product = (NextUInt64() >> 32) * (ulong)max;
                low = (uint)product;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A whole number of a range, each equally likely.</summary>
    /// <param name="least">The least result.</param>
    /// <param name="most">The greatest result, which must be less than 2^31 - 1 above the least.</param>
    /// <returns>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</returns>
    public int NextInt(int least, int most) => least + NextInt(checked(most - least + 1));

    /// <summary>A fraction of 53 random bits.</summary>
    /// <returns>A number from 0 to below 1.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => (NextUInt64() >> 11) * DoubleUnit;

    /// <summary>A number of the exponential distribution.</summary>
    /// <param name="mean">Its mean, above 0.</param>
    /// <returns>A number from 0.</returns>
    public double NextExponential(double mean) => -mean * Log(1.0 - NextDouble());

    /// <summary>
    /// A number of the normal distribution with mean 0 and variance 1, by the polar method (Marsaglia and Bray, "A
    /// Convenient Method for Generating Normal Variables", SIAM Review 6(3), 1964).
    /// </summary>
    /// <returns>The number.</returns>
    public double NextGaussian()
    {
        if (!double.IsNaN(_spareGaussian))
        {
            double spare = _spareGaussian;
            _spareGaussian = double.NaN;
            return spare;
        }

        double x;
        double y;
        double square;
        do
        {
            x = (2.0 * NextDouble()) - 1.0;
            y = (2.0 * NextDouble()) - 1.0;
            square = (x * x) + (y * y);
        }
        while (square >= 1.0 || square == 0.0);

        double scale = Math.Sqrt(-2.0 * Log(square) / square);
        _spareGaussian = y * scale;
        return x * scale;
    }

    /// <summary>Puts elements in random order, each order equally likely (Fisher and Yates; Durstenfeld, CACM 7(7),
    /// 1964).</summary>
    /// <typeparam name="T">Type of the elements.</typeparam>
    /// <param name="items">The elements, which are moved in place.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    // The logarithm of the C library may differ in its last bit from one system to the next; this one uses only
    // operations that IEEE 754 rounds exactly. value = m * 2^e with m near 1, and ln m = 2 artanh((m - 1) / (m + 1)).
    private static double Log(double value)
    {
        int exponent = Math.ILogB(value);
        double mantissa = Math.ScaleB(value, -exponent);
        if (mantissa > Sqrt2)
        {
            mantissa *= 0.5;
            exponent++;
        }

        double ratio = (mantissa - 1.0) / (mantissa + 1.0);
        double square = ratio * ratio;
        double sum = 0.0;
        for (int power = 21; power >= 1; power -= 2)
        {
            sum = (sum * square) + (1.0 / power);
        }

        return (exponent * Ln2) + (2.0 * ratio * sum);
    }
}
