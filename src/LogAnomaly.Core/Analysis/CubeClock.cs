namespace LogAnomaly.Analysis;

/// <summary>
/// Gives times the number of their step. Steps are a second at first and are joined where they become too many; they
/// are counted from a moment at which a step of every width begins, so that joining only divides their numbers.
/// </summary>
internal sealed class CubeClock
{
    /// <summary>Step of events without a time.</summary>
    public const int NoTime = int.MinValue;

    private const int MostSteps = 800;
    private const long Furthest = 1 << 30;

    private HashSet<int> _steps = [];
    private int _width;
    private long _base = -1;
    private long _from = long.MaxValue;
    private long _last;

    /// <summary>Steps that hold events.</summary>
    public int Count => _steps.Count;

    /// <summary>Index of the width in <see cref="TimelineBuilder.Steps"/>.</summary>
    public int Width => _width;

    /// <summary>UTC ticks at which step 0 begins; -1 where no event has a time.</summary>
    public long Base => _base;

    /// <summary>Whether steps are too many.</summary>
    public bool IsFull => _steps.Count > MostSteps && _width < TimelineBuilder.Steps.Length - 1;

    /// <summary>The step of a time.</summary>
    /// <param name="utcTicks">UTC ticks, or -1 for none.</param>
    /// <param name="step">The step.</param>
    /// <returns>Whether it has a number; else steps have to be joined first.</returns>
    public bool TryStep(long utcTicks, out int step)
    {
        if (utcTicks < 0)
        {
            step = NoTime;
            return true;
        }

        if (utcTicks >= _from && utcTicks - _from < TimelineBuilder.Steps[_width])
        {
            step = (int)_last;
            return true;
        }

        return TryNewStep(utcTicks, out step);
    }

    /// <summary>Joins steps to those of the next width.</summary>
    /// <returns>How many become one.</returns>
    public int Join()
    {
        int factor = (int)(TimelineBuilder.Steps[_width + 1] / TimelineBuilder.Steps[_width]);
        _width++;
        _steps = [.. _steps.Select(step => Joined(step, factor))];
        _from = long.MaxValue;
        return factor;
    }

    /// <summary>The number of a step after joining.</summary>
    /// <param name="step">The number before.</param>
    /// <param name="factor">How many become one.</param>
    /// <returns>The number.</returns>
    public static int Joined(int step, int factor)
    {
        if (step == NoTime)
        {
            return step;
        }

        // Division towards zero would make the two steps around 0 one.
        return step >= 0 ? step / factor : -((-step + factor - 1) / factor);
    }

    private bool TryNewStep(long utcTicks, out int step)
    {
        if (_base < 0)
        {
            _base = utcTicks - (utcTicks % TimelineBuilder.Steps[^1]);
        }

        long width = TimelineBuilder.Steps[_width];
        long number = Math.DivRem(utcTicks - _base, width, out long rest);
        number -= rest < 0 ? 1 : 0;
        step = (int)number;
        if (Math.Abs(number) > Furthest)
        {
            return false;
        }

        _last = number;
        _from = _base + (number * width);
        _steps.Add(step);
        return true;
    }
}
