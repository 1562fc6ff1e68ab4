namespace LogAnomaly.Detection.Sequences;

/// <summary>A session in the numbers of a vocabulary: its events in order, and how often each comes.</summary>
internal sealed class EncodedSequence
{
    /// <summary>Creates a session.</summary>
    /// <param name="id">What it is called, or null.</param>
    /// <param name="events">Its events; a number that the vocabulary does not hold stands for an event that it does not
    /// know.</param>
    public EncodedSequence(string? id, int[] events)
    {
        Id = id;
        Events = events;
        int[] sorted = (int[])events.Clone();
        Array.Sort(sorted);
        List<EventCount> counts = [];
        for (int first = 0; first < sorted.Length;)
        {
            int next = first + 1;
            while (next < sorted.Length && sorted[next] == sorted[first])
            {
                next++;
            }

            counts.Add(new EventCount(sorted[first], next - first));
            first = next;
        }

        Counts = [.. counts];
    }

    /// <summary>What the session is called, or null.</summary>
    public string? Id { get; }

    /// <summary>The events in order.</summary>
    public int[] Events { get; }

    /// <summary>How often each event comes, by ascending event; only those that come.</summary>
    public EventCount[] Counts { get; }

    /// <summary>How often an event comes.</summary>
    /// <param name="eventNumber">The event.</param>
    /// <returns>The count, 0 where it does not come.</returns>
    public int CountOf(int eventNumber)
    {
        int low = 0;
        int high = Counts.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (Counts[middle].Event == eventNumber)
            {
                return Counts[middle].Count;
            }

            if (Counts[middle].Event < eventNumber)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return 0;
    }
}
