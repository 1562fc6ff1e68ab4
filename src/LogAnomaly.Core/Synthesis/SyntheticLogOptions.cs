namespace LogAnomaly.Synthesis;

/// <summary>
/// What log to make. Equal options give equal bytes, on every machine and in every version of .NET; a later version of
/// LogAnomaly may give others and says so in its change log.
/// </summary>
public sealed record SyntheticLogOptions
{
    /// <summary>The most lines that one log may have.</summary>
    public const int MostLines = 100_000_000;

    /// <summary>
    /// The most days that a log with scenarios may have: beyond, stamps without a year would not tell it.
    /// </summary>
    public const int MostDays = 180;

    /// <summary>The most times that one scenario may be planted.</summary>
    public const int MostIncidents = 100;

    private static readonly DateTimeOffset s_defaultStart = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Kind of the log; by default <see cref="SyntheticLogType.ApacheError"/>.</summary>
    public SyntheticLogType Type { get; init; } = SyntheticLogType.ApacheError;

    /// <summary>
    /// Lines in all, from 1 to <see cref="MostLines"/>; by default 1000. The log spans a day for every 300 lines (of
    /// the auth log 500), at least one day and at most about two weeks; beyond that the lines come faster, up to
    /// 500,000 a day.
    /// </summary>
    public int Count { get; init; } = 1000;

    /// <summary>Share of anomalous lines, from 0 to 0.5; by default 0.01.</summary>
    public double AnomalyRate { get; init; } = 0.01;

    /// <summary>
    /// Time at which the log begins, in years 1 to 9998; by default Monday 5 January 2026, 00:00 UTC. Its offset from
    /// UTC is that of all stamps, and its local time decides what is day and night.
    /// </summary>
    public DateTimeOffset Start { get; init; } = s_defaultStart;

    /// <summary>Seed of all that is random, any number; by default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// What happens in the log, or null for the simple kind of log, in which single anomalies make up a share of the
    /// lines. With scenarios the log has the traffic of <see cref="Days"/> days, and <see cref="Count"/> and
    /// <see cref="AnomalyRate"/> do not count.
    /// </summary>
    public IReadOnlyList<SyntheticScenario>? Scenarios { get; init; }

    /// <summary>How hard the incidents of scenarios are to see, and how much of the traffic looks like them; by default
    /// <see cref="SyntheticDifficulty.Medium"/>.</summary>
    public SyntheticDifficulty Difficulty { get; init; } = SyntheticDifficulty.Medium;

    /// <summary>Days of a log with scenarios, from 1 to <see cref="MostDays"/>; by default 7.</summary>
    public int Days { get; init; } = 7;

    /// <summary>How often each scenario is planted, from 0 to <see cref="MostIncidents"/>; by default once.</summary>
    public int Incidents { get; init; } = 1;

    /// <summary>Anomalous lines among the <see cref="Count"/>: their product with the rate, halves rounded
    /// up.</summary>
    public int AnomalyCount => (int)Math.Round(Count * AnomalyRate, MidpointRounding.AwayFromZero);

    /// <summary>Checks that each option is in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is not; the exception names it.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Type))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Type), Type, "Type must be ApacheError, Access, Auth or System.");
        }

        if (Count is < 1 or > MostLines)
        {
            throw new ArgumentOutOfRangeException(nameof(Count), Count, $"Count must be from 1 to {MostLines}.");
        }

        // The negation also catches NaN.
        if (!(AnomalyRate >= 0.0 && AnomalyRate <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(AnomalyRate), AnomalyRate,
                "AnomalyRate must be from 0 to 0.5.");
        }

        if (Start.Year > 9998)
        {
            throw new ArgumentOutOfRangeException(nameof(Start), Start, "Start must be in the years 1 to 9998.");
        }

        if (Scenarios is not null)
        {
            ValidateScenarios();
        }
        else if (Type == SyntheticLogType.System)
        {
            throw new ArgumentOutOfRangeException(nameof(Type), Type,
                "A log of type System is made with scenarios; name some, or None for quiet days.");
        }
    }

    private void ValidateScenarios()
    {
        if (!Enum.IsDefined(Difficulty))
        {
            throw new ArgumentOutOfRangeException(
                nameof(Difficulty), Difficulty, "Difficulty must be Easy, Medium or Hard.");
        }

        if (Days is < 1 or > MostDays)
        {
            throw new ArgumentOutOfRangeException(nameof(Days), Days, $"Days must be from 1 to {MostDays}.");
        }

        if (Incidents is < 0 or > MostIncidents)
        {
            throw new ArgumentOutOfRangeException(nameof(Incidents), Incidents,
                $"Incidents must be from 0 to {MostIncidents}.");
        }

        ValidateChoice();
        int planned = ScenarioFacts.Of(this).Count * Incidents;
        if (planned > 0 && ScenarioPlan.SlotHours(Days, planned) < ScenarioPlan.LeastSlotHours)
        {
            throw new ArgumentOutOfRangeException(nameof(Days), Days,
                $"{planned} incidents need more days: each has at least {ScenarioPlan.LeastSlotHours:0} hours for "
                    + "itself.");
        }
    }

    private void ValidateChoice()
    {
        IReadOnlyList<SyntheticScenario> asked = Scenarios ?? [];
        if (asked.Count == 0 || (asked.Contains(SyntheticScenario.None) && asked.Count > 1))
        {
            throw new ArgumentOutOfRangeException(nameof(Scenarios), asked.Count,
                "Scenarios must name at least one; None stands for quiet days, with no other beside it.");
        }

        IReadOnlyList<ScenarioFacts> ofType = ScenarioFacts.OfType(Type);
        foreach (SyntheticScenario scenario in asked)
        {
            if (scenario is not (SyntheticScenario.None or SyntheticScenario.All)
                && !ofType.Any(facts => facts.Scenario == scenario))
            {
                throw new ArgumentOutOfRangeException(nameof(Scenarios), scenario,
                    $"{scenario} is no scenario of a log of type {Type}; those are "
                    + string.Join(", ", ofType.Select(facts => facts.Scenario)) + ", and All and None.");
            }
        }
    }
}
