namespace LogAnomaly.Synthesis;

/// <summary>
/// What log to make. Equal options give equal bytes, on every machine and in every version of .NET; a later version of
/// LogAnomaly may give others and says so in its change log.
/// </summary>
public sealed record SyntheticLogOptions
{
    /// <summary>The most lines that one log may have.</summary>
    public const int MostLines = 100_000_000;

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

    /// <summary>Anomalous lines among the <see cref="Count"/>: their product with the rate, halves rounded
    /// up.</summary>
    public int AnomalyCount => (int)Math.Round(Count * AnomalyRate, MidpointRounding.AwayFromZero);

    /// <summary>Checks that each option is in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is not; the exception names it.</exception>
    internal void Validate()
    {
        if (!Enum.IsDefined(Type))
        {
            throw new ArgumentOutOfRangeException(nameof(Type), Type, "Type must be ApacheError, Access or Auth.");
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
    }
}
