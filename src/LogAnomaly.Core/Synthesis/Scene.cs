using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>What goes on in one kind of log: its normal activities and the incidents that can be planted in
/// it.</summary>
internal abstract class Scene
{
    /// <summary>Creates a scene.</summary>
    /// <param name="stage">Queue, generators and rate.</param>
    protected Scene(SceneStage stage) => Stage = stage;

    /// <summary>Normal activities; in every scene at least one has random or regular times without end.</summary>
    public abstract IReadOnlyList<Activity> Activities { get; }

    /// <summary>Incidents; in every scene at least one may have a single line and happen at any hour.</summary>
    public abstract IReadOnlyList<Incident> Incidents { get; }

    /// <summary>Queue, generators and rate.</summary>
    protected SceneStage Stage { get; }

    /// <summary>An activity with random times.</summary>
    /// <param name="rhythm">Its rhythm.</param>
    /// <param name="linesPerDay">Lines a day that it shall add.</param>
    /// <param name="linesEach">Lines that it adds each time, on average.</param>
    /// <param name="play">Adds the lines of one time.</param>
    /// <returns>The activity.</returns>
    protected Activity AtRandom(Rhythm rhythm, double linesPerDay, double linesEach, Action<long> play)
    {
        SeededRandom random = Stage.Random;
        double perDay = linesPerDay / linesEach;
        return new Activity(ticks => rhythm.NextArrival(ticks, perDay, random), play);
    }

    /// <summary>An activity with regular times.</summary>
    /// <param name="period">Ticks from one time to the next.</param>
    /// <param name="phase">Ticks from the full period (for days: midnight) to the time.</param>
    /// <param name="play">Adds the lines of one time.</param>
    /// <returns>The activity.</returns>
    protected static Activity Regularly(long period, long phase, Action<long> play) =>
        new(ticks => ((((ticks - phase) / period) + 1) * period) + phase, play);
}

/// <summary>What a scene works with.</summary>
/// <param name="Queue">Takes the lines.</param>
/// <param name="Random">Generator of all that is normal.</param>
/// <param name="IncidentRandom">Generator of incidents; apart, so that normal traffic begins alike whatever is
/// planted.</param>
/// <param name="LinesPerDay">Lines a day that the scene shall have.</param>
internal sealed record SceneStage(LineQueue Queue, SeededRandom Random, SeededRandom IncidentRandom, double LinesPerDay)
{
    /// <summary>A time some seconds later.</summary>
    /// <param name="ticks">Local ticks.</param>
    /// <param name="seconds">Seconds, not negative.</param>
    /// <returns>Local ticks.</returns>
    public static long Later(long ticks, double seconds) => ticks + (long)(seconds * TimeSpan.TicksPerSecond);
}
