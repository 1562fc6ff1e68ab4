namespace LogAnomaly.Detection.Sequences;

/// <summary>The events of the training sessions, numbered in the order in which they first came.</summary>
internal sealed class EventVocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>Numbers the events of sessions.</summary>
    /// <param name="sequences">The sessions.</param>
    public EventVocabulary(IReadOnlyList<LogSequence> sequences)
    {
        foreach (LogSequence sequence in sequences)
        {
            foreach (string name in sequence.Events)
            {
                if (_numbers.TryAdd(name, _names.Count))
                {
                    _names.Add(name);
                }
            }
        }
    }

    /// <summary>Number of events.</summary>
    public int Count => _names.Count;

    /// <summary>
    /// A session in numbers; events that are not known get numbers from <see cref="Count"/> in the order in which they
    /// come.
    /// </summary>
    /// <param name="sequence">The session.</param>
    /// <returns>The session.</returns>
    public EncodedSequence Encode(LogSequence sequence)
    {
        int[] events = new int[sequence.Events.Count];
        Dictionary<string, int>? unknown = null;
        for (int i = 0; i < events.Length; i++)
        {
            string name = sequence.Events[i];
            if (!_numbers.TryGetValue(name, out int number))
            {
                unknown ??= new Dictionary<string, int>(StringComparer.Ordinal);
                if (!unknown.TryGetValue(name, out number))
                {
                    number = Count + unknown.Count;
                    unknown.Add(name, number);
                }
            }

            events[i] = number;
        }

        return new EncodedSequence(sequence.Id, events);
    }

    /// <summary>The name of an event.</summary>
    /// <param name="number">Its number in an encoded session.</param>
    /// <param name="sequence">The session as it was before it was encoded, which knows the names of unknown events; or
    /// null.</param>
    /// <returns>The name.</returns>
    public string NameOf(int number, LogSequence? sequence)
    {
        if (number < Count)
        {
            return _names[number];
        }

        return sequence?.Events.Where(name => !_numbers.ContainsKey(name))
            .Distinct(StringComparer.Ordinal)
            .ElementAt(number - Count)
            ?? "(unknown)";
    }
}
