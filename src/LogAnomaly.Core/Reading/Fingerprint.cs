using System.Security.Cryptography;

namespace LogAnomaly.Reading;

/// <summary>
/// The first bytes of a content as a hash. A log only grows at its end, so its first bytes tell it from every other
/// one, under another name, in a copy and in an archive too.
/// </summary>
/// <param name="Length">How many bytes.</param>
/// <param name="Hash">Their hash in hexadecimal digits.</param>
internal readonly record struct Fingerprint(int Length, string Hash)
{
    /// <summary>Bytes that a fingerprint takes in at most.</summary>
    public const int Longest = 1024;

    private const int Digits = 32;

    /// <summary>The fingerprint of a content.</summary>
    /// <param name="start">Its first bytes; more than <see cref="Longest"/> do not count.</param>
    /// <returns>The fingerprint.</returns>
    public static Fingerprint Of(ReadOnlySpan<byte> start)
    {
        ReadOnlySpan<byte> taken = start[..Math.Min(start.Length, Longest)];
        return new Fingerprint(taken.Length, Convert.ToHexString(SHA256.HashData(taken))[..Digits]);
    }

    /// <summary>Whether a content begins like the one that the fingerprint was taken of.</summary>
    /// <param name="start">Its first bytes.</param>
    /// <returns>Whether it does; yes for the fingerprint of nothing.</returns>
    public bool IsOf(ReadOnlySpan<byte> start) =>
        Length == 0 || (start.Length >= Length && Of(start[..Length]) == this);
}
