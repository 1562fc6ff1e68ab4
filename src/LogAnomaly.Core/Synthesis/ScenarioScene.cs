namespace LogAnomaly.Synthesis;

/// <summary>The daily traffic of one type of log, and the incidents that can happen in it.</summary>
internal abstract class ScenarioScene
{
    /// <summary>Normal activities, those that look like incidents included.</summary>
    public abstract IReadOnlyList<Activity> Activities { get; }

    /// <summary>Adds the lines of an incident that begins now, none earlier, and says whom it is about.</summary>
    /// <param name="incident">The incident.</param>
    public abstract void Play(PlannedIncident incident);

    /// <summary>Says how long the incidents last that are no lines: silences and a clock that is wrong.</summary>
    /// <param name="incident">The incident.</param>
    public virtual void Prepare(PlannedIncident incident)
    {
    }

    /// <summary>An activity with random times.</summary>
    /// <param name="stage">Gives the generator.</param>
    /// <param name="rhythm">Its rhythm.</param>
    /// <param name="perDay">Times a day, on average.</param>
    /// <param name="play">Adds the lines of one time.</param>
    /// <returns>The activity.</returns>
    protected static Activity AtRandom(SceneStage stage, Rhythm rhythm, double perDay, Action<long> play) =>
        new(ticks => rhythm.NextArrival(ticks, perDay, stage.Random), play);

    /// <summary>An activity with regular times.</summary>
    /// <param name="period">Ticks from one time to the next.</param>
    /// <param name="phase">Ticks from the full period (for days: midnight) to the time.</param>
    /// <param name="play">Adds the lines of one time.</param>
    /// <returns>The activity.</returns>
    protected static Activity Regularly(long period, long phase, Action<long> play) =>
        new(ticks => ((((ticks - phase) / period) + 1) * period) + phase, play);
}
