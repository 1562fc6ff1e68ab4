namespace LogAnomaly.Synthesis;

/// <summary>What is true of one incident of a synthetic log.</summary>
public sealed record SyntheticIncident
{
    /// <summary>Its id in the log, such as <c>ssh-spray-1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The label of its lines, one of the codes of <see cref="SyntheticLabel"/>.</summary>
    public required string Label { get; init; }

    /// <summary>What happens.</summary>
    public required SyntheticScenario Scenario { get; init; }

    /// <summary>How hard it is to see.</summary>
    public required SyntheticDifficulty Difficulty { get; init; }

    /// <summary>Time of its first line, or of the first moment of a silence.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>
    /// Time of its last line, or of the last moment of a silence. Where the clock is set back it may be before the
    /// start.
    /// </summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Numbers of its lines, from 1, in order; none for a silence.</summary>
    public required IReadOnlyList<long> Lines { get; init; }

    /// <summary>Whom or what it is about.</summary>
    public required IReadOnlyList<SyntheticEntity> Entities { get; init; }

    /// <summary>Ids of the built-in rules that should fire; none where no rule names it.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    /// <summary>Kinds of learned findings that should show it, such as <c>Silence</c> or <c>NewTemplate</c>.</summary>
    public required IReadOnlyList<string> Learned { get; init; }
}
