using System.Text.Json;

namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// All detectors of behaviour together. What they hand on has an honest probability for one judgement each; a log gives
/// hundreds of thousands of judgements, so <see cref="ExpectedFalseAlarms"/> says which of them deserve to be reported.
/// </summary>
internal sealed class BehaviourSet
{
    private readonly BehaviourOptions _options;
    private readonly CalibratedBehaviour[] _behaviours;
    private readonly List<DetectorFinding> _findings = [];
    private readonly List<DetectorFinding> _fresh = [];
    private bool _isLearning;

    private BehaviourSet(BehaviourOptions options)
    {
        TemplateIndex index = new();
        RateTable rates = new(index);
        _options = options;
        _isLearning = options.LearnOnly;
        _behaviours =
        [
            new TemplateNovelty(index),
            new RateChange(rates),
            new RateShift(rates),
            new ValueShift(index),
            new PopulationOutlier(index),
            new CoOccurrence(index),
            new FirstValue(),
            new HourHabit(),
        ];
    }

    /// <summary>The behaviours.</summary>
    public IReadOnlyList<Behaviour> Behaviours => _behaviours;

    /// <summary>Findings so far, in the order in which they were made.</summary>
    public IReadOnlyList<DetectorFinding> Findings => _findings;

    /// <summary>Whether it learns only, without findings; judgements of that time do not count.</summary>
    public bool IsLearning
    {
        get => _isLearning;
        set
        {
            if (_isLearning && !value)
            {
                foreach (CalibratedBehaviour behaviour in _behaviours)
                {
                    behaviour.Restart();
                }
            }

            _isLearning = value;
        }
    }

    /// <summary>Creates a set.</summary>
    /// <param name="options">How it works.</param>
    /// <returns>The set, which knows nothing.</returns>
    public static BehaviourSet Create(BehaviourOptions options) => new(options);

    /// <summary>Takes the findings so far out of the set, for a caller who tells of them as they come.</summary>
    /// <returns>The findings since the last call.</returns>
    public IReadOnlyList<DetectorFinding> TakeFindings()
    {
        if (_findings.Count == 0)
        {
            return [];
        }

        DetectorFinding[] taken = [.. _findings];
        _findings.Clear();
        return taken;
    }

    /// <summary>Judges an event and learns from it.</summary>
    /// <param name="logEvent">The event, its template mined.</param>
    public void Add(LogEvent logEvent)
    {
        foreach (Behaviour behaviour in _behaviours)
        {
            behaviour.Add(logEvent, _fresh);
        }

        if (_fresh.Count > 0)
        {
            Keep();
        }
    }

    /// <summary>
    /// Judges what only the end of the input can tell. More events may follow, as after a pause of the log.
    /// </summary>
    public void Complete()
    {
        foreach (Behaviour behaviour in _behaviours)
        {
            behaviour.Complete(_fresh);
        }

        Keep();
    }

    /// <summary>Judgements of one behaviour in this run, those of a learning period apart.</summary>
    /// <param name="detector">Its name.</param>
    /// <returns>The number.</returns>
    public long JudgementsOf(string detector) =>
        Array.Find(_behaviours, behaviour => behaviour.Name == detector)?.Judgements ?? 0;

    /// <summary>
    /// How many false alarms as odd as a finding or odder are to be expected in this run, all behaviours together: its
    /// probability times the judgements of its behaviour times the number of behaviours, each of which has an equal
    /// part in what may go wrong. What lies below a half deserves to be reported. The number grows with the run, so ask
    /// for it when the run is complete.
    /// </summary>
    /// <param name="finding">The finding.</param>
    /// <returns>The expected number.</returns>
    public double ExpectedFalseAlarms(DetectorFinding finding) =>
        finding.TailProbability * Math.Max(1, JudgementsOf(finding.Detector)) * _behaviours.Length;

    /// <summary>
    /// Writes what is known, after <see cref="Complete"/>: one object with a member for each behaviour.
    /// </summary>
    /// <param name="writer">The writer.</param>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (Behaviour behaviour in _behaviours.OrderBy(behaviour => behaviour.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(behaviour.Name);
            behaviour.Write(writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>
    /// Takes over what was written, beside what is known already. Parts of behaviours that are not known are passed
    /// over.
    /// </summary>
    /// <param name="element">The object that <see cref="Write"/> wrote.</param>
    /// <exception cref="FormatException">A part is not of its behaviour's form; the message names it.</exception>
    public void Include(JsonElement element)
    {
        foreach (JsonProperty member in BehaviourJson.Object(element).EnumerateObject())
        {
            if (Array.Find(_behaviours, behaviour => behaviour.Name == member.Name) is not { } behaviour)
            {
                continue;
            }

            try
            {
                behaviour.Include(member.Value);
            }
            catch (FormatException fault)
            {
                throw new FormatException($"{member.Name}: {fault.Message}", fault);
            }
        }
    }

    /// <summary>Forgets what was last seen before a time.</summary>
    /// <param name="utcTicks">UTC ticks of the time.</param>
    public void Forget(long utcTicks)
    {
        foreach (Behaviour behaviour in _behaviours)
        {
            behaviour.Forget(utcTicks);
        }
    }

    private void Keep()
    {
        if (!_isLearning)
        {
            _findings.AddRange(_fresh);
        }

        _fresh.Clear();
        if (_findings.Count > _options.MostFindings)
        {
            double most = _findings.Select(finding => finding.TailProbability).Order()
                .ElementAt(_options.MostFindings / 2);
            _findings.RemoveAll(finding => finding.TailProbability > most);
        }
    }
}
