namespace LogAnomaly.Detection.Sequences;

/// <summary>Some of the training sessions: what a scorer learns from.</summary>
internal sealed class TrainingSessions
{
    private readonly Lazy<CountVectors> _vectors;

    /// <summary>Creates the sessions.</summary>
    /// <param name="vocabularySize">Number of known events.</param>
    /// <param name="sessions">The sessions, at least one.</param>
    public TrainingSessions(int vocabularySize, IReadOnlyList<EncodedSequence> sessions)
    {
        VocabularySize = vocabularySize;
        Sessions = sessions;
        SessionsWith = new int[vocabularySize];
        foreach (EncodedSequence session in sessions)
        {
            foreach (EventCount count in session.Counts)
            {
                SessionsWith[count.Event]++;
            }
        }

        SingleSessions = sessions.Count(session => session.Counts.Any(count => SessionsWith[count.Event] == 1));
        _vectors = new Lazy<CountVectors>(() => new CountVectors(sessions));
    }

    /// <summary>Number of events of the vocabulary; those of other sessions may be among them.</summary>
    public int VocabularySize { get; }

    /// <summary>The sessions.</summary>
    public IReadOnlyList<EncodedSequence> Sessions { get; }

    /// <summary>How many sessions have an event, by its number.</summary>
    public int[] SessionsWith { get; }

    /// <summary>Sessions with an event that no other one has.</summary>
    public int SingleSessions { get; }

    /// <summary>The distinct counts of events.</summary>
    public CountVectors Vectors => _vectors.Value;

    /// <summary>Whether a session has the event.</summary>
    /// <param name="eventNumber">Number of the event.</param>
    /// <returns>Whether it is known here.</returns>
    public bool Knows(int eventNumber) => eventNumber < SessionsWith.Length && SessionsWith[eventNumber] > 0;

    /// <summary>
    /// The surprise of an event that no session has, in nats: by the share of sessions that brought one so far.
    /// </summary>
    /// <returns>The surprise.</returns>
    public double SurpriseOfNewEvent() => CountTable.SurpriseOf(SingleSessions, Sessions.Count);
}
