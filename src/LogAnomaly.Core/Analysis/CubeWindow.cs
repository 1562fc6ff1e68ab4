namespace LogAnomaly.Analysis;

/// <summary>The steps of time that a cube has: of one width, from one to another without a gap.</summary>
/// <param name="Width">Index of the width in <see cref="TimelineBuilder.Steps"/>.</param>
/// <param name="Factor">How many of the counted steps become one.</param>
/// <param name="First">Number of the first step.</param>
/// <param name="Steps">How many there are; 0 where no event has a time.</param>
internal readonly record struct CubeWindow(int Width, int Factor, int First, int Steps)
{
    private const int MostSteps = 400;

    // Where a clock jumped (a host that starts in 1970), the few events before and after do not choose the width, if
    // they would leave the others fewer steps than this.
    private const int LeastWithJumps = 40;
    private const double LeftOut = 0.005;

    /// <summary>Finds the window of some counts.</summary>
    /// <param name="blocks">The counts, piece by piece.</param>
    /// <param name="width">Index of the width of their steps.</param>
    /// <returns>The window of the least width.</returns>
    public static CubeWindow Of(IEnumerable<ReadOnlyMemory<CubeFact>> blocks, int width)
    {
        SortedDictionary<int, long> events = EventsOf(blocks);
        if (events.Count == 0)
        {
            return new CubeWindow(width, 1, 0, 0);
        }

        int[] steps = [.. events.Keys];
        CubeWindow whole = Narrowest(steps, 0, steps.Length - 1, width);
        (int low, int high) = WithoutJumps([.. events.Values]);
        int left = CubeClock.Joined(steps[high], whole.Factor) - CubeClock.Joined(steps[low], whole.Factor) + 1;
        return left >= Math.Min(LeastWithJumps, whole.Steps)
            ? whole
            : Widened(steps, low, high, Narrowest(steps, low, high, width));
    }

    /// <summary>The window of the next width.</summary>
    /// <returns>The window.</returns>
    public CubeWindow Wider()
    {
        int factor = (int)(TimelineBuilder.Steps[Width + 1] / TimelineBuilder.Steps[Width]);
        int first = CubeClock.Joined(First, factor);
        return new CubeWindow(
            Width + 1, Factor * factor, first, CubeClock.Joined(First + Steps - 1, factor) - first + 1);
    }

    /// <summary>The place of a counted step.</summary>
    /// <param name="step">Its number.</param>
    /// <returns>The index from 0, or <see cref="CubeClock.NoTime"/> where it has none.</returns>
    public int PlaceOf(int step)
    {
        if (step == CubeClock.NoTime)
        {
            return step;
        }

        long place = (long)CubeClock.Joined(step, Factor) - First;
        return place < 0 || place >= Steps ? CubeClock.NoTime : (int)place;
    }

    // Equal steps come one after the other.
    private static SortedDictionary<int, long> EventsOf(IEnumerable<ReadOnlyMemory<CubeFact>> blocks)
    {
        SortedDictionary<int, long> events = [];
        int step = CubeClock.NoTime;
        long count = 0;
        foreach (ReadOnlyMemory<CubeFact> block in blocks)
        {
            foreach (ref readonly CubeFact fact in block.Span)
            {
                if (fact.Step != step)
                {
                    Note();
                    step = fact.Step;
                    count = 0;
                }

                count += fact.Count;
            }
        }

        Note();
        return events;

        void Note()
        {
            if (step != CubeClock.NoTime)
            {
                events[step] = events.GetValueOrDefault(step) + count;
            }
        }
    }

    private static CubeWindow Narrowest(int[] steps, int low, int high, int width)
    {
        long factor = 1;
        for (int wider = width; ; wider++)
        {
            factor = TimelineBuilder.Steps[wider] / TimelineBuilder.Steps[width];
            int first = CubeClock.Joined(steps[low], (int)factor);
            long count = (long)CubeClock.Joined(steps[high], (int)factor) - first + 1;
            if (count <= MostSteps || wider == TimelineBuilder.Steps.Length - 1)
            {
                return new CubeWindow(wider, (int)factor, first, (int)count);
            }
        }
    }

    private static (int Low, int High) WithoutJumps(long[] counts)
    {
        long left = (long)(counts.Sum() * LeftOut);
        int low = 0;
        int high = counts.Length - 1;
        for (long sum = 0; low < high && (sum += counts[low]) <= left;)
        {
            low++;
        }

        for (long sum = 0; high > low && (sum += counts[high]) <= left;)
        {
            high--;
        }

        return (low, high);
    }

    // Takes in again what lies near.
    private static CubeWindow Widened(int[] steps, int low, int high, CubeWindow window)
    {
        int first = window.First;
        int last = first + window.Steps - 1;
        while (high + 1 < steps.Length && (long)CubeClock.Joined(steps[high + 1], window.Factor) - first < MostSteps)
        {
            last = CubeClock.Joined(steps[++high], window.Factor);
        }

        while (low > 0 && last - (long)CubeClock.Joined(steps[low - 1], window.Factor) < MostSteps)
        {
            first = CubeClock.Joined(steps[--low], window.Factor);
        }

        return window with { First = first, Steps = last - first + 1 };
    }
}
