namespace LogAnomaly.Analysis;

/// <summary>
/// Counts events, in all and by window, so that it can be said how unevenly they come: what comes in bursts proves less
/// than its count says. The counts by window take as many bytes as windows that hold something.
/// </summary>
internal sealed class WindowTally
{
    private const int LeastBlocks = 8;
    private const int GreatestBlock = 4;

    private (long Window, int Count)[] _windows = [];
    private int _used;
    private int _shift;

    /// <summary>Events in all.</summary>
    public long Count { get; private set; }

    /// <summary>UTC ticks of the earliest event, or -1.</summary>
    public long FirstTicks { get; private set; } = -1;

    /// <summary>UTC ticks of the latest event, or -1.</summary>
    public long LastTicks { get; private set; } = -1;

    /// <summary>Counts an event.</summary>
    /// <param name="clock">The clock of the windows.</param>
    /// <param name="ticks">UTC ticks of the event, or -1.</param>
    public void Add(WindowClock clock, long ticks)
    {
        Count++;
        if (ticks < 0)
        {
            return;
        }

        FirstTicks = FirstTicks < 0 ? ticks : Math.Min(FirstTicks, ticks);
        LastTicks = Math.Max(LastTicks, ticks);
        long window = clock.See(ticks);
        Widen(clock.Shift);
        int at = _used - 1;
        while (at >= 0 && _windows[at].Window > window)
        {
            at--;
        }

        if (at >= 0 && _windows[at].Window == window)
        {
            _windows[at].Count++;
            return;
        }

        Insert(at + 1, window);
    }

    /// <summary>Counts what another tally of the same clock has counted.</summary>
    /// <param name="other">The other tally, which stays as it is but for the width of its windows.</param>
    public void Include(WindowTally other)
    {
        int shift = Math.Max(_shift, other._shift);
        Widen(shift);
        other.Widen(shift);
        Count += other.Count;
        LastTicks = Math.Max(LastTicks, other.LastTicks);
        FirstTicks = FirstTicks < 0 || (other.FirstTicks >= 0 && other.FirstTicks < FirstTicks)
            ? other.FirstTicks
            : FirstTicks;
        (long Window, int Count)[] both =
        [
            .. _windows.Take(_used).Concat(other._windows.Take(other._used))
                .GroupBy(entry => entry.Window)
                .Select(group => (group.Key, group.Sum(entry => entry.Count)))
                .OrderBy(entry => entry.Key),
        ];
        _windows = both;
        _used = both.Length;
    }

    /// <summary>
    /// How many times more the counts of windows vary than those of independent events do: the variance divided by the
    /// mean, by windows of several lengths the greatest, so that what lasts longer than a window is seen too; at least
    /// 1.
    /// </summary>
    /// <param name="clock">The clock of the windows.</param>
    /// <returns>The factor; 1 where there are too few windows to say.</returns>
    public double Dispersion(WindowClock clock) => Greatest(clock, counts =>
    {
        double mean = counts.Average();
        return mean > 0 ? counts.Sum(count => (count - mean) * (count - mean)) / (counts.Length - 1) / mean : 1;
    });

    /// <summary>
    /// How many times more its share of other events varies from window to window than a share does whose events are
    /// independent of each other, as <see cref="Dispersion"/> says it of counts.
    /// </summary>
    /// <param name="all">The events of which these are some.</param>
    /// <param name="clock">The clock of the windows.</param>
    /// <returns>The factor, at least 1.</returns>
    public double ShareDispersion(WindowTally all, WindowClock clock)
    {
        double share = (double)Count / Math.Max(all.Count, 1);
        if (share is <= 0 or >= 1)
        {
            return 1;
        }

        double[] whole = all.Counts(clock);
        return Greatest(clock, counts =>
        {
            int size = (int)Math.Ceiling((double)whole.Length / counts.Length);
            double sum = 0;
            int filled = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                double total = whole.Skip(i * size).Take(size).Sum();
                if (total > 0)
                {
                    double gap = counts[i] - (total * share);
                    sum += gap * gap / (total * share * (1 - share));
                    filled++;
                }
            }

            return filled >= LeastBlocks ? sum / (filled - 1) : 1;
        });
    }

    /// <summary>Counts by window from the first of the clock to the last.</summary>
    /// <param name="clock">The clock.</param>
    /// <returns>A count for each window.</returns>
    public double[] Counts(WindowClock clock)
    {
        Widen(clock.Shift);
        double[] counts = new double[clock.Windows];
        for (int i = 0; i < _used; i++)
        {
            counts[_windows[i].Window - clock.FirstWindow] = _windows[i].Count;
        }

        return counts;
    }

    private double Greatest(WindowClock clock, Func<double[], double> measure)
    {
        double[] counts = Counts(clock);
        double greatest = 1;
        for (int size = 1; size <= GreatestBlock && counts.Length / size >= LeastBlocks; size *= 2)
        {
            // The last block may be cut short; by then it holds less, which counts as unevenness and errs on the safe
            // side.
            double[] blocks = [.. counts.Chunk(size).Select(chunk => chunk.Sum())];
            greatest = Math.Max(greatest, measure(blocks));
        }

        return greatest;
    }

    private void Insert(int at, long window)
    {
        if (_used == _windows.Length)
        {
            Array.Resize(ref _windows, Math.Max(2, _used * 2));
        }

        Array.Copy(_windows, at, _windows, at + 1, _used - at);
        _windows[at] = (window, 1);
        _used++;
    }

    private void Widen(int shift)
    {
        if (shift == _shift)
        {
            return;
        }

        int kept = 0;
        for (int i = 0; i < _used; i++)
        {
            long window = _windows[i].Window >> (shift - _shift);
            if (kept > 0 && _windows[kept - 1].Window == window)
            {
                _windows[kept - 1].Count += _windows[i].Count;
            }
            else
            {
                _windows[kept++] = (window, _windows[i].Count);
            }
        }

        _used = kept;
        _shift = shift;
    }
}
