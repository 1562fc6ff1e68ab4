using System.Globalization;

namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// How surprising the pairs of events are that come right after each other in a session and never did in a normal one.
/// A new pair costs little where new ones keep coming (Good and Turing), as between parts that run side by side, and
/// much where one event always followed the other. The start and the end of a session count as events.
/// </summary>
internal sealed class PairNovelty : ISequenceScorer
{
    /// <summary>The number that stands for the start of a session.</summary>
    public const int Start = -1;

    /// <summary>The number that stands for the end of a session.</summary>
    public const int End = -2;

    private readonly Dictionary<(int First, int Second), int> _sessionsWith = [];
    private readonly Dictionary<int, Neighbours> _after = [];
    private readonly Dictionary<int, Neighbours> _before = [];

    /// <summary>Learns from sessions.</summary>
    /// <param name="training">The sessions.</param>
    public PairNovelty(TrainingSessions training)
    {
        HashSet<(int First, int Second)> pairs = [];
        HashSet<int> firsts = [];
        HashSet<int> seconds = [];
        foreach (EncodedSequence session in training.Sessions)
        {
            pairs.Clear();
            firsts.Clear();
            seconds.Clear();
            Gather(session, pairs);
            foreach ((int First, int Second) pair in pairs)
            {
                _sessionsWith[pair] = _sessionsWith.GetValueOrDefault(pair) + 1;
                Count(_after, pair.First, firsts);
                Count(_before, pair.Second, seconds);
            }
        }

        foreach (((int first, int second), int sessions) in _sessionsWith)
        {
            if (sessions == 1)
            {
                _after[first].Singles++;
                _before[second].Singles++;
            }
        }
    }

    /// <inheritdoc/>
    public double Score(EncodedSequence sequence)
    {
        double sum = 0;
        foreach ((int First, int Second) pair in NewPairs(sequence))
        {
            sum += Surprise(pair);
        }

        return sum;
    }

    /// <inheritdoc/>
    public void Explain(EncodedSequence sequence, SequenceWords words, ICollection<Reason> found)
    {
        foreach ((int First, int Second) pair in NewPairs(sequence))
        {
            double surprise = Surprise(pair);
            if (surprise <= 0)
            {
                continue;
            }

            bool isKnown = _after.TryGetValue(pair.First, out Neighbours? after);
            int usual = isKnown
                ? MostFrequentAfter(pair.First, out int sessions)
                : MostFrequentBefore(pair.Second, out sessions);
            int total = isKnown ? after!.Sessions : _before[pair.Second].Sessions;
            string typical = isKnown
                ? $"{words.Event(pair.First)}, then {words.Event(usual)}"
                : $"{words.Event(usual)}, then {words.Event(pair.Second)}";
            found.Add(new Reason(
                "NewPair",
                "Order",
                $"{words.Event(pair.First)}, then {words.Event(pair.Second)}",
                typical,
                surprise,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Right after {words.Event(pair.First)} came {words.Event(pair.Second)}, as in no normal session; in {sessions:N0} of {total:N0} it is {typical}.")));
        }
    }

    private static void Count(Dictionary<int, Neighbours> neighbours, int number, HashSet<int> counted)
    {
        if (!counted.Add(number))
        {
            return;
        }

        if (!neighbours.TryGetValue(number, out Neighbours? own))
        {
            own = new Neighbours();
            neighbours.Add(number, own);
        }

        own.Sessions++;
    }

    private static void Gather(EncodedSequence sequence, HashSet<(int First, int Second)> pairs)
    {
        int previous = Start;
        foreach (int number in sequence.Events)
        {
            pairs.Add((previous, number));
            previous = number;
        }

        pairs.Add((previous, End));
    }

    // In the order in which they come; what two unknown events do says nothing that they do not say themselves.
    private List<(int First, int Second)> NewPairs(EncodedSequence sequence)
    {
        HashSet<(int First, int Second)> pairs = [];
        Gather(sequence, pairs);
        return [.. pairs.Where(pair =>
            !_sessionsWith.ContainsKey(pair) && (_after.ContainsKey(pair.First) || _before.ContainsKey(pair.Second)))];
    }

    // The rarer of the two: what follows the first, and what goes before the second.
    private double Surprise((int First, int Second) pair)
    {
        double after = _after.TryGetValue(pair.First, out Neighbours? next)
            ? CountTable.SurpriseOf(next.Singles, next.Sessions)
            : 0;
        double before = _before.TryGetValue(pair.Second, out Neighbours? last)
            ? CountTable.SurpriseOf(last.Singles, last.Sessions)
            : 0;
        return Math.Max(after, before);
    }

    private int MostFrequentAfter(int first, out int sessions)
    {
        KeyValuePair<(int First, int Second), int> pair = _sessionsWith.Where(entry => entry.Key.First == first)
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key.Second).First();
        sessions = pair.Value;
        return pair.Key.Second;
    }

    private int MostFrequentBefore(int second, out int sessions)
    {
        KeyValuePair<(int First, int Second), int> pair = _sessionsWith.Where(entry => entry.Key.Second == second)
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key.First).First();
        sessions = pair.Value;
        return pair.Key.First;
    }

    // Sessions with the event, and neighbours of it that one session only has.
    private sealed class Neighbours
    {
        public int Sessions { get; set; }

        public int Singles { get; set; }
    }
}
