namespace LogAnomaly.Rules;

/// <summary>The events that a log source covers.</summary>
internal sealed class LogSourceFilter
{
    private readonly int _kinds;
    private readonly Func<LogEvent, bool>? _further;

    /// <summary>Creates a filter.</summary>
    /// <param name="kinds">Kinds of the events.</param>
    /// <param name="further">What else must hold of an event of one of the kinds, or null.</param>
    /// <param name="isOfProgram">Whether that depends on the program alone.</param>
    public LogSourceFilter(LogKind[] kinds, Func<LogEvent, bool>? further, bool isOfProgram = false)
    {
        IsOfProgram = isOfProgram;
        foreach (LogKind kind in kinds)
        {
            _kinds |= 1 << (int)kind;
        }

        _further = further;
    }

    /// <summary>The filter that every event passes.</summary>
    public static LogSourceFilter All { get; } = new(Enum.GetValues<LogKind>(), null);

    /// <summary>Whether it depends on the program alone which events of the kinds pass.</summary>
    public bool IsOfProgram { get; }

    /// <summary>Whether an event of a kind may pass.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Whether one may.</returns>
    public bool MayCover(LogKind kind) => ((_kinds >> (int)kind) & 1) != 0;

    /// <summary>Whether an event passes.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>Whether it does.</returns>
    public bool Covers(LogEvent logEvent) => MayCover(logEvent.Kind) && (_further is null || _further(logEvent));
}
