namespace LogAnomaly.Detection.Sequences;

/// <summary>The distinct counts of events of the training sessions, and the search for the nearest.</summary>
internal sealed class CountVectors
{
    private readonly Dictionary<EventCount[], CountVector> _exact = new(new CountComparer());
    private readonly CountVector[] _byLength;
    private readonly int[] _lengths;

    /// <summary>Gathers the counts of sessions.</summary>
    /// <param name="sessions">The sessions, at least one.</param>
    public CountVectors(IReadOnlyList<EncodedSequence> sessions)
    {
        foreach (EncodedSequence session in sessions)
        {
            if (!_exact.TryGetValue(session.Counts, out CountVector? vector))
            {
                vector = new CountVector(session);
                _exact.Add(session.Counts, vector);
            }

            vector.Sessions++;
        }

        // The order of the sessions decides between equals, so that equal inputs give equal results.
        All = [.. _exact.Values];
        _byLength = [.. All.OrderBy(vector => vector.Example.Events.Length)];
        _lengths = Array.ConvertAll(_byLength, vector => vector.Example.Events.Length);
        Multiplicity = new CountTable();
        for (int i = 0; i < All.Count; i++)
        {
            Multiplicity.Add(i, All[i].Sessions);
            PlaceOf.Add(All[i], i);
        }

        Multiplicity.Complete();
    }

    /// <summary>The distinct vectors, in the order in which they first came.</summary>
    public IReadOnlyList<CountVector> All { get; }

    /// <summary>How many sessions each vector has, by its place.</summary>
    public CountTable Multiplicity { get; }

    private Dictionary<CountVector, int> PlaceOf { get; } = [];

    /// <summary>The surprise of the vector of a session, in nats, where a training session has the same.</summary>
    /// <param name="sequence">The session.</param>
    /// <param name="surprise">The surprise.</param>
    /// <returns>Whether there is such a session.</returns>
    public bool TryGetSurprise(EncodedSequence sequence, out double surprise)
    {
        surprise = 0;
        return _exact.TryGetValue(sequence.Counts, out CountVector? vector)
            && Multiplicity.TryGetSurprise(PlaceOf[vector], out surprise);
    }

    /// <summary>
    /// The training session whose counts differ least from those of a session, by the sum of the differences.
    /// </summary>
    /// <param name="sequence">The session.</param>
    /// <param name="distance">The sum of the differences.</param>
    /// <returns>The nearest; of several, one that most sessions share.</returns>
    public CountVector Nearest(EncodedSequence sequence, out int distance)
    {
        if (_exact.TryGetValue(sequence.Counts, out CountVector? same))
        {
            distance = 0;
            return same;
        }

        // Counts differ in sum by no less than the lengths do: outwards from the equal length, until that alone is too
        // far.
        int length = sequence.Events.Length;
        int high = Array.BinarySearch(_lengths, length);
        high = high < 0 ? ~high : high;
        int low = high - 1;
        distance = int.MaxValue;
        CountVector? nearest = null;
        while (low >= 0 || high < _byLength.Length)
        {
            int below = low >= 0 ? length - _lengths[low] : int.MaxValue;
            int above = high < _lengths.Length ? Math.Abs(_lengths[high] - length) : int.MaxValue;
            if (Math.Min(below, above) > distance)
            {
                break;
            }

            CountVector candidate = _byLength[below < above ? low-- : high++];
            int candidateDistance = Distance(sequence.Counts, candidate.Example.Counts, distance);
            if (candidateDistance < distance
                || (candidateDistance == distance && candidate.Sessions > nearest!.Sessions))
            {
                (nearest, distance) = (candidate, candidateDistance);
            }
        }

        return nearest!;
    }

    private static int Distance(EventCount[] left, EventCount[] right, int limit)
    {
        int sum = 0;
        int i = 0;
        int j = 0;
        while ((i < left.Length || j < right.Length) && sum <= limit)
        {
            int order = i == left.Length ? 1 : j == right.Length ? -1 : left[i].Event.CompareTo(right[j].Event);
            sum += order switch
            {
                < 0 => left[i++].Count,
                > 0 => right[j++].Count,
                _ => Math.Abs(left[i++].Count - right[j++].Count),
            };
        }

        return sum;
    }

    private sealed class CountComparer : IEqualityComparer<EventCount[]>
    {
        public bool Equals(EventCount[]? x, EventCount[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(EventCount[] obj)
        {
            HashCode hash = default;
            foreach (EventCount count in obj)
            {
                hash.Add(count);
            }

            return hash.ToHashCode();
        }
    }
}
