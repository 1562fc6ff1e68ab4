namespace LogAnomaly;

/// <summary>
/// The events of a log, counted by time and by what they are about, with samples of its lines. Each table counts all
/// events once; a value that a table breaks down, it breaks down whole, so that counts asked for by such values are
/// exact.
/// </summary>
public sealed class LogCube
{
    /// <summary>Start of step 0, or null where no event has a time.</summary>
    public DateTimeOffset? Start { get; internal init; }

    /// <summary>Width of a step; zero without times.</summary>
    public TimeSpan Step { get; internal init; }

    /// <summary>Number of steps, the empty ones too.</summary>
    public int Steps { get; internal init; }

    /// <summary>The dimensions of the first table.</summary>
    public IReadOnlyList<CubeDimension> Dimensions { get; internal init; } = [];

    /// <summary>The tables. The first has all dimensions; the others have fewer, and break down more values.</summary>
    public IReadOnlyList<CubeTable> Tables { get; internal init; } = [new CubeTable()];

    /// <summary>Lines of all that the log holds, in its order.</summary>
    public IReadOnlyList<CubeLine> Lines { get; internal init; } = [];

    /// <summary>
    /// Where events came from: those of most failed logins first, then what anomalies name, then the most frequent.
    /// </summary>
    public IReadOnlyList<CubeSource> Sources { get; internal init; } = [];

    /// <summary>The requests that took longest.</summary>
    public IReadOnlyList<LogRequest> Slowest { get; internal init; } = [];

    /// <summary>The requests with the largest answers.</summary>
    public IReadOnlyList<LogRequest> Largest { get; internal init; } = [];
}
