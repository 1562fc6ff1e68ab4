namespace LogAnomaly.Numerics;

/// <summary>placeholder</summary>
internal sealed class SeededRandom
{
    private ulong _state;

    /// <summary>x</summary>
    /// <param name="seed">x</param>
    public SeededRandom(ulong seed) => _state = seed;

    /// <summary>x</summary>
    /// <returns>x</returns>
    public ulong NextUInt64()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>x</summary>
    /// <param name="max">x</param>
    /// <returns>x</returns>
    public int NextInt(int max) => (int)Math.BigMul(NextUInt64(), (ulong)max, out _);

    /// <summary>x</summary>
    /// <returns>x</returns>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
