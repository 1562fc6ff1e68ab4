using System.Globalization;

namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// How surprising the counts of the events of a session are. Each count is judged by how many normal sessions have one
/// as rare, among those whose count of a second event - the one that tells most of it, see <see cref="DependenceTree"/>
/// - is the same. Counts that normal sessions vary in by chance cost little, because new ones keep coming there (Good
/// and Turing); a count that was always the same costs as much as the number of sessions warrants. No session costs
/// more than the rarity of its vector of counts as a whole.
/// </summary>
internal sealed class EventCountScorer : ISequenceScorer
{
    private readonly TrainingSessions _training;
    private readonly CountTable[] _tables;
    private readonly int[] _parents;
    private readonly Dictionary<int, CountTable>?[] _conditional;
    private readonly double[] _surpriseOfNone;

    /// <summary>Learns from sessions.</summary>
    /// <param name="training">The sessions.</param>
    public EventCountScorer(TrainingSessions training)
    {
        _training = training;
        CountVectors vectors = training.Vectors;
        _tables = [.. Enumerable.Range(0, training.VocabularySize).Select(_ => new CountTable())];
        foreach (CountVector vector in vectors.All)
        {
            foreach (EventCount count in vector.Example.Counts)
            {
                _tables[count.Event].Add(count.Count, vector.Sessions);
            }
        }

        foreach (CountTable table in _tables)
        {
            int without = training.Sessions.Count - table.Total;
            if (without > 0)
            {
                table.Add(0, without);
            }

            table.Complete();
        }

        _parents = DependenceTree.ParentsOf(vectors.All, _tables);
        _conditional = [.. Enumerable.Range(0, _tables.Length).Select(number => Condition(number, vectors))];
        _surpriseOfNone =
        [
            .. _tables.Select(table => table.TryGetSurprise(0, out double surprise) ? surprise : table.SurpriseOfNew()),
        ];
    }

    /// <inheritdoc/>
    public double Score(EncodedSequence sequence)
    {
        double limit = _training.Vectors.TryGetSurprise(sequence, out double whole) ? whole : double.PositiveInfinity;
        double sum = 0;
        int next = 0;
        for (int number = 0; number < _tables.Length && sum < limit; number++)
        {
            while (next < sequence.Counts.Length && sequence.Counts[next].Event < number)
            {
                next++;
            }

            bool comes = next < sequence.Counts.Length && sequence.Counts[next].Event == number;
            if (_training.Knows(number))
            {
                sum += Surprise(number, comes ? sequence.Counts[next].Count : 0, sequence);
            }
            else if (comes)
            {
                sum += _training.SurpriseOfNewEvent();
            }
        }

        // Events beyond the vocabulary have the greatest numbers.
        sum += sequence.Counts.Count(count => count.Event >= _tables.Length) * _training.SurpriseOfNewEvent();
        return Math.Min(sum, limit);
    }

    /// <inheritdoc/>
    public void Explain(EncodedSequence sequence, SequenceWords words, ICollection<Reason> found)
    {
        double score = Score(sequence);
        List<(int Event, double Surprise)> parts = [];
        for (int number = 0; number < _tables.Length; number++)
        {
            if (_training.Knows(number)
                && Surprise(number, sequence.CountOf(number), sequence) is double surprise and > 0)
            {
                parts.Add((number, surprise));
            }
        }

        parts.AddRange(sequence.Counts
            .Where(count => !_training.Knows(count.Event))
            .Select(count => (count.Event, _training.SurpriseOfNewEvent())));

        // A vector of counts that is known as a whole may cost less than its parts.
        double sum = parts.Sum(part => part.Surprise);
        double scale = sum > 0 ? score / sum : 0;
        foreach ((int number, double surprise) in parts)
        {
            found.Add(Tell(number, sequence, surprise * scale, words));
        }
    }

    private Dictionary<int, CountTable>? Condition(int number, CountVectors vectors)
    {
        if (_parents[number] < 0)
        {
            return null;
        }

        Dictionary<int, CountTable> tables = [];
        foreach (CountVector vector in vectors.All)
        {
            int given = vector.Example.CountOf(_parents[number]);
            if (!tables.TryGetValue(given, out CountTable? table))
            {
                table = new CountTable();
                tables.Add(given, table);
            }

            table.Add(vector.Example.CountOf(number), vector.Sessions);
        }

        foreach (CountTable table in tables.Values)
        {
            table.Complete();
        }

        return tables;
    }

    private double Surprise(int number, int count, EncodedSequence sequence)
    {
        CountTable table = _tables[number];
        bool isKnown = true;
        double alone = count == 0 ? _surpriseOfNone[number] : 0;
        if (count == 0)
        {
            isKnown = table.SessionsWith(0) > 0;
        }
        else if (!table.TryGetSurprise(count, out alone))
        {
            isKnown = false;
            alone = table.SurpriseOfNew();
        }

        if (_conditional[number] is not { } tables
            || !tables.TryGetValue(sequence.CountOf(_parents[number]), out CountTable? given))
        {
            return alone;
        }

        if (given.TryGetSurprise(count, out double surprise))
        {
            return surprise;
        }

        // A count that no session at all has is as surprising as ever, unless new counts keep coming in just such
        // sessions.
        return isKnown ? given.SurpriseOfNew()
            : given.Singles > 0 ? Math.Min(alone, -Math.Log((double)given.Singles / (given.Total + 1)))
            : alone;
    }

    private Reason Tell(int number, EncodedSequence sequence, double surprise, SequenceWords words)
    {
        int count = sequence.CountOf(number);
        string observed = SequenceWords.Times(count);
        int sessions = _training.Sessions.Count;
        string name = words.Event(number);
        if (!_training.Knows(number))
        {
            return new Reason("NewEvent", words.Name(number), observed, "never", surprise, string.Create(
                CultureInfo.InvariantCulture,
                $"{Capital(name)} came {observed}; none of {sessions:N0} normal sessions has it."));
        }

        bool isGiven = _conditional[number] is { } tables
            && tables.TryGetValue(sequence.CountOf(_parents[number]), out _);
        CountTable table = isGiven ? _conditional[number]![sequence.CountOf(_parents[number])] : _tables[number];
        int usual = table.MostFrequent();
        string where = isGiven
            ? $" where {words.Event(_parents[number])} comes {SequenceWords.Times(sequence.CountOf(_parents[number]))}"
            : "";
        string code = count == 0 ? "MissingEvent"
            : count < usual ? "TooFewEvents"
            : usual == 0 ? "UnusualEvent"
            : "TooManyEvents";
        return new Reason(code, words.Name(number), observed, SequenceWords.Times(usual), surprise, string.Create(
            CultureInfo.InvariantCulture,
            $"{Capital(name)} came {observed}; in {table.SessionsWith(usual):N0} of {table.Total:N0} normal sessions{where} it comes {SequenceWords.Times(usual)}, in {table.SessionsWith(count):N0} {observed}."));
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
