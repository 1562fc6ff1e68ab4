using System.Numerics;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>What one host, user or source did in the hour that is open.</summary>
internal sealed class PeerSlot
{
    private const int LeastEvidence = 16;

    // An estimate from 64 bits (linear counting, Whang et al., ACM TODS 15(2), 1990), by the bits that are set.
    private static readonly double[] s_forms =
        [.. Enumerable.Range(0, 65).Select(bits => 64 * Math.Log(64.0 / Math.Max(64 - bits, 0.5)))];

    private ulong _forms;

    /// <summary>Its events.</summary>
    public int Count { get; private set; }

    /// <summary>Those of level warning and above.</summary>
    public int Warnings { get; private set; }

    /// <summary>Its events at each power of two, so that few are held however many there are.</summary>
    public List<LogEvent>? Events { get; private set; }

    /// <summary>How many different things it did, estimated from few bits.</summary>
    public double Forms => s_forms[BitOperations.PopCount(_forms)];

    /// <summary>Takes an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="form">A hash of what it is.</param>
    public void Add(LogEvent logEvent, int form)
    {
        Count++;
        Warnings += logEvent.Level >= LogLevel.Warning ? 1 : 0;
        _forms |= 1UL << ((int)((uint)form * 0x9E3779B1u >> 26) & 63);
        if (Count >= LeastEvidence && BitOperations.IsPow2(Count) && (Events?.Count ?? 0) < Findings.MostEvents)
        {
            (Events ??= []).Add(logEvent);
        }
    }

    /// <summary>Makes it empty, to be used for another.</summary>
    public void Clear()
    {
        (_forms, Count, Warnings) = (0, 0, 0);
        Events = null;
    }
}
