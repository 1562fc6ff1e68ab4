namespace LogAnomaly.Synthesis;

/// <summary>An incident that will be played, and what has been written of it so far.</summary>
/// <param name="facts">What is known of its scenario.</param>
/// <param name="number">Its number among those of the scenario, from 1.</param>
/// <param name="difficulty">How hard it is to see.</param>
/// <param name="begin">Local ticks at which it begins.</param>
/// <param name="length">Ticks that it may last at most.</param>
internal sealed class PlannedIncident(
    ScenarioFacts facts, int number, SyntheticDifficulty difficulty, long begin, long length)
{
    private readonly List<long> _lines = [];
    private readonly List<SyntheticEntity> _entities = [];
    private DateTimeOffset _start;
    private DateTimeOffset _end;

    /// <summary>What is known of its scenario.</summary>
    public ScenarioFacts Facts => facts;

    /// <summary>Its id in the log: the name of the scenario in lower case with hyphens, and its number.</summary>
    public string Id { get; } = FormattableString.Invariant($"{NameOf(facts.Scenario)}-{number}");

    /// <summary>How hard it is to see.</summary>
    public SyntheticDifficulty Difficulty => difficulty;

    /// <summary>Local ticks at which it begins.</summary>
    public long Begin => begin;

    /// <summary>Ticks that it may last at most, so that it is over before the next one begins.</summary>
    public long Length => length;

    /// <summary>Ticks of a silence or of a clock that is wrong; 0 for incidents that are made of lines alone.</summary>
    public long Span { get; set; }

    /// <summary>Host that a silence is about; null for the whole log.</summary>
    public string? SilentHost { get; set; }

    /// <summary>Whether the next normal line belongs to it too, as the first one after a clock was set.</summary>
    public bool TakesNextLine { get; set; }

    /// <summary>Picks by difficulty.</summary>
    /// <typeparam name="T">Type of the choices.</typeparam>
    /// <param name="easy">For easy ones.</param>
    /// <param name="medium">For medium ones.</param>
    /// <param name="hard">For hard ones.</param>
    /// <returns>The choice.</returns>
    public T Pick<T>(T easy, T medium, T hard) => difficulty switch
    {
        SyntheticDifficulty.Easy => easy,
        SyntheticDifficulty.Medium => medium,
        _ => hard,
    };

    /// <summary>Says whom it is about; what is known already is not added again.</summary>
    /// <param name="type">Name of the field.</param>
    /// <param name="value">Its value.</param>
    public void Involve(string type, string value)
    {
        SyntheticEntity entity = new(type, value);
        if (!_entities.Contains(entity))
        {
            _entities.Add(entity);
        }
    }

    /// <summary>Counts a line of it.</summary>
    /// <param name="number">Number of the line.</param>
    /// <param name="time">Its time.</param>
    public void Take(long number, DateTimeOffset time)
    {
        _start = _lines.Count == 0 ? time : _start;
        _end = time;
        _lines.Add(number);
    }

    /// <summary>What is true of it.</summary>
    /// <param name="stamp">Gives the time of local ticks.</param>
    /// <returns>The truth.</returns>
    public SyntheticIncident ToTruth(Func<long, DateTimeOffset> stamp) => new()
    {
        Id = Id,
        Label = facts.Label,
        Scenario = facts.Scenario,
        Difficulty = difficulty,
        Start = _lines.Count == 0 ? stamp(begin) : _start,
        End = _lines.Count == 0 ? stamp(begin + Span) : _end,
        Lines = _lines,
        Entities = _entities,
        Rules = facts.Rules[(int)difficulty],
        Learned = facts.Learned,
    };

    private static string NameOf(SyntheticScenario scenario)
    {
        System.Text.StringBuilder name = new();
        foreach (char letter in scenario.ToString())
        {
            if (char.IsAsciiLetterUpper(letter) && name.Length > 0)
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }
}
