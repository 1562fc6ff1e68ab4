using System.Runtime.InteropServices;
using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// Sums what each source does in each period (a minute, an hour) in a table of fixed size, and what is usual among all.
/// A source that finds its places taken takes that of the one that did least, so those that do most keep theirs.
/// </summary>
/// <param name="bits">Logarithm of the number of slots.</param>
/// <param name="overlaps">
/// Whether what is usual is that of two periods in a row, each period being the second and the first of such a pair: so
/// what goes on across the end of a period is not cut in two.
/// </param>
internal sealed class SourceTable(int bits, bool overlaps = false)
{
    private const int Ways = 4;
    private const long MostSamples = 4_000_000;

    private readonly SourceSlot[] _slots = new SourceSlot[1 << bits];
    private readonly LogHistogram _usual = new();

    /// <summary>How many sources and periods are known.</summary>
    public long Samples => _usual.Total;

    /// <summary>A quantile of the sums of the sources in the periods that are over.</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <returns>The sum.</returns>
    public long Quantile(double share) => _usual.Quantile(share);

    /// <summary>The slot of a source in a period, which is made free for it where it has none.</summary>
    /// <param name="source">The source.</param>
    /// <param name="period">Number of the period, from 1.</param>
    /// <returns>The slot.</returns>
    public ref SourceSlot Of(string source, long period)
    {
        int first = (int)(HashOf(source) >> (64 - bits)) & ~(Ways - 1);
        Span<SourceSlot> ways = _slots.AsSpan(first, Ways);
        int victim = 0;
        long least = long.MaxValue;
        for (int way = 0; way < ways.Length; way++)
        {
            ref SourceSlot slot = ref ways[way];
            if (slot.Source is { } known && (ReferenceEquals(known, source) || known == source))
            {
                return ref Begin(ref slot, source, period);
            }

            long rank = slot.Period < period ? -1 : slot.Sum;
            if (rank < least)
            {
                (victim, least) = (way, rank);
            }
        }

        ref SourceSlot taken = ref ways[victim];
        Keep(taken);
        taken = new SourceSlot { Source = source, Period = period };
        return ref taken;
    }

    /// <summary>Counts the periods that are not over yet as if they were.</summary>
    public void Complete()
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            Keep(_slots[i]);
            _slots[i] = default;
        }
    }

    private ref SourceSlot Begin(ref SourceSlot slot, string source, long period)
    {
        if (slot.Period == period)
        {
            return ref slot;
        }

        if (overlaps && slot.Period == period - 1)
        {
            GoOn(ref slot);
        }
        else
        {
            Keep(slot);
            slot = new SourceSlot { Source = source, Period = period };
        }

        return ref slot;
    }

    // The pair of periods that shares one with the next pair waits, lest a source be held against a half of what it
    // does.
    private void GoOn(ref SourceSlot slot)
    {
        if (slot.Waiting > 0 && !slot.IsReported)
        {
            Take(slot.Waiting);
        }

        slot.Waiting = slot.Before > 0 ? slot.Before + slot.Sum : 0;
        slot.Before = slot.Sum;
        slot.Sum = 0;
        slot.Period++;
    }

    // What was reported or is suspected is not usual.
    private void Keep(in SourceSlot slot)
    {
        if (slot.Source is null || slot.IsReported || slot.IsHeldBack)
        {
            return;
        }

        if (slot.Waiting > 0)
        {
            Take(slot.Waiting);
        }

        Take(slot.Before + slot.Sum);
    }

    private void Take(long sum)
    {
        _usual.Add(sum);
        if (_usual.Total > MostSamples)
        {
            _usual.Halve();
        }
    }

    // Multiplies and folds eight bytes at a time. A source that shares its places with others on purpose only takes the
    // places of those that do less.
    private static ulong HashOf(string source)
    {
        ReadOnlySpan<char> text = source;
        ulong hash = (ulong)text.Length;
        while (text.Length >= 4)
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text))) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
            text = text[4..];
        }

        foreach (char value in text)
        {
            hash = (hash ^ value) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return hash * 0xBF58476D1CE4E5B9;
    }
}
