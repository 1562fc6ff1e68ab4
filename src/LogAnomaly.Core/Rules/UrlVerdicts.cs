using System.Runtime.CompilerServices;

namespace LogAnomaly.Rules;

/// <summary>
/// Remembers which rules the targets of requests satisfy in the parts that look at nothing else. Targets recur as the same string, so
/// most rules are never put to one again. One is used by one thread.
/// </summary>
internal sealed class UrlVerdicts
{
    private const int Places = 8_192;

    private readonly Entry[] _entries = new Entry[Places];
    private readonly int _words;

    /// <summary>Creates an empty memory.</summary>
    /// <param name="rules">How many rules there are.</param>
    public UrlVerdicts(int rules) => _words = (rules + 63) / 64;

    /// <summary>What is remembered of a target: a bit for each rule that was tried, then a bit for each that is satisfied.</summary>
    /// <param name="url">The target.</param>
    /// <returns>The bits, which the caller may add to.</returns>
    public Span<ulong> Of(string url)
    {
        ref Entry entry = ref _entries[RuntimeHelpers.GetHashCode(url) & (Places - 1)];
        if (!ReferenceEquals(entry.Url, url))
        {
            entry.Url = url;
            entry.Bits ??= new ulong[2 * _words];
            entry.Bits.AsSpan().Clear();
        }

        return entry.Bits;
    }

    private struct Entry
    {
        public string? Url;
        public ulong[]? Bits;
    }
}
