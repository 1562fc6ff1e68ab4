using System.Runtime.InteropServices;

namespace LogAnomaly.Analysis;

/// <summary>The first and the last time of each source, by its code.</summary>
internal sealed class CubeSourceTimes
{
    private readonly List<(long First, long Last)> _times = [];

    /// <summary>Takes the time of an event.</summary>
    /// <param name="source">Code of its source.</param>
    /// <param name="utcTicks">UTC ticks, or -1.</param>
    public void Add(int source, long utcTicks)
    {
        if (source < CubeKey.First || utcTicks < 0)
        {
            return;
        }

        while (_times.Count <= source)
        {
            _times.Add((long.MaxValue, -1));
        }

        ref (long First, long Last) times = ref CollectionsMarshal.AsSpan(_times)[source];
        times.First = Math.Min(times.First, utcTicks);
        times.Last = Math.Max(times.Last, utcTicks);
    }

    /// <summary>The times of a source.</summary>
    /// <param name="source">Its code.</param>
    /// <param name="offset">Offset from UTC to tell them in.</param>
    /// <returns>The first and the last, or nulls.</returns>
    public (DateTimeOffset? First, DateTimeOffset? Last) Of(int source, TimeSpan offset) =>
        source >= _times.Count || _times[source].Last < 0
            ? (null, null)
            : (IntervalTally.MomentOf(_times[source].First, offset),
                IntervalTally.MomentOf(_times[source].Last, offset));
}
