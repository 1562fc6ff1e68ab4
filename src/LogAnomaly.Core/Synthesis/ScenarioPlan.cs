using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>
/// When which incident begins. The log is parted into as many slots as there are incidents, and each has one to itself,
/// so that none hides or explains another. The first day or fifth belongs to normal traffic, as a log that was attacked
/// from its first line has nothing to differ from.
/// </summary>
internal static class ScenarioPlan
{
    /// <summary>Least hours that an incident needs for itself.</summary>
    public const double LeastSlotHours = 3.0;

    private const double MostWarmUpDays = 1.25;
    private const double WarmUpShare = 0.2;
    private const double CoolDownShare = 0.04;
    private const int MostDraws = 400;

    /// <summary>Hours that each of some incidents has for itself.</summary>
    /// <param name="days">Days of the log.</param>
    /// <param name="incidents">Number of incidents, at least 1.</param>
    /// <returns>The hours.</returns>
    public static double SlotHours(int days, int incidents) => 24.0 * (LastDay(days) - FirstDay(days)) / incidents;

    /// <summary>Plans the incidents.</summary>
    /// <param name="options">Valid options with scenarios.</param>
    /// <param name="random">The generator of incidents.</param>
    /// <returns>The incidents by time.</returns>
    public static IReadOnlyList<PlannedIncident> Make(SyntheticLogOptions options, SeededRandom random)
    {
        List<(ScenarioFacts Facts, int Number)> wanted = [];
        foreach (ScenarioFacts facts in ScenarioFacts.Of(options))
        {
            for (int number = 1; number <= options.Incidents; number++)
            {
                wanted.Add((facts, number));
            }
        }

        (ScenarioFacts Facts, int Number)[] order = [.. wanted];
        random.Shuffle<(ScenarioFacts, int)>(order);
        long first = options.Start.Ticks + (long)(FirstDay(options.Days) * TimeSpan.TicksPerDay);
        long slot = order.Length == 0 ? 0 : (long)(SlotHours(options.Days, order.Length) * TimeSpan.TicksPerHour);
        List<PlannedIncident> planned = [];
        for (int index = 0; index < order.Length; index++)
        {
            (ScenarioFacts facts, int number) = order[index];
            long from = first + (index * slot);
            long begin = NextBegin(from, slot, facts.Hours[(int)options.Difficulty], random);
            long length = from + (long)(0.97 * slot) - begin;
            planned.Add(new PlannedIncident(facts, number, options.Difficulty, begin, length));
        }

        return planned;
    }

    // Early enough to leave a good half of the slot; where no such time is of the wanted hours, any time serves.
    private static long NextBegin(long from, long slot, IncidentTimes hours, SeededRandom random)
    {
        long begin = from;
        for (int draw = 0; draw < MostDraws; draw++)
        {
            // The more draws fail, the later the incident may begin.
            double share = draw < MostDraws / 2 ? 0.4 : 0.8;
            begin = from + (long)(share * slot * random.NextDouble());
            if (IsOf(new DateTime(begin), hours))
            {
                return begin;
            }
        }

        return from + (long)(0.4 * slot * random.NextDouble());
    }

    private static bool IsOf(DateTime time, IncidentTimes hours) => hours switch
    {
        IncidentTimes.Day =>
            time.Hour is >= 9 and < 16 && time.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
        IncidentTimes.Night => time.Hour < 5,
        _ => true,
    };

    private static double FirstDay(int days) => Math.Min(MostWarmUpDays, WarmUpShare * days);

    private static double LastDay(int days) => days * (1.0 - CoolDownShare);
}
