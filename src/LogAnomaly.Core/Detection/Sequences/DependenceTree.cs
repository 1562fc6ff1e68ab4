namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// Which event's count tells most of which other event's: the tree of Chow and Liu ("Approximating Discrete Probability
/// Distributions with Dependence Trees", IEEE Transactions on Information Theory 14(3), 1968) over the counts of
/// events. An edge must say more than its parameters cost (Schwarz, Annals of Statistics 6(2), 1978), so that few
/// sessions make few edges.
/// </summary>
internal static class DependenceTree
{
    // The work grows with the square of the events. Those that vary most are the ones worth pairing; the others stand
    // alone.
    private const int MostEvents = 256;
    private const int MostValues = 64;

    /// <summary>Finds the tree.</summary>
    /// <param name="vectors">The distinct counts of the sessions.</param>
    /// <param name="tables">For each event, how many sessions have each count.</param>
    /// <returns>For each event the one whose count tells most of its own, or -1.</returns>
    public static int[] ParentsOf(IReadOnlyList<CountVector> vectors, IReadOnlyList<CountTable> tables)
    {
        int[] parents = new int[tables.Count];
        Array.Fill(parents, -1);
        Column[] columns =
        [
            .. Enumerable.Range(0, tables.Count)
                .Where(number => tables[number].ValueCount is > 1 and <= MostValues)
                .OrderBy(number => tables[number].SessionsWith(tables[number].MostFrequent()))
                .Take(MostEvents)
                .Order()
                .Select(number => new Column(number, vectors)),
        ];
        int[] weights = [.. vectors.Select(vector => vector.Sessions)];
        double penalty = Math.Log(weights.Sum()) / 2;
        double[] gain = new double[columns.Length];
        int[] best = new int[columns.Length];
        Array.Fill(best, -1);

        // Prim's algorithm; an event that no other tells anything of starts a tree of its own.
        for (HashSet<int> left = [.. Enumerable.Range(0, columns.Length)]; left.Count > 0;)
        {
            int next = left.MinBy(column => (-gain[column], column));
            left.Remove(next);
            parents[columns[next].Event] = best[next] < 0 ? -1 : columns[best[next]].Event;
            foreach (int other in left)
            {
                double value = Gain(columns[other], columns[next], weights, penalty);
                if (value > gain[other])
                {
                    (gain[other], best[other]) = (value, next);
                }
            }
        }

        return parents;
    }

    // Mutual information times the number of sessions, less what the parameters cost.
    private static double Gain(Column x, Column y, int[] weights, double penalty)
    {
        int[] joint = new int[x.ValueCount * y.ValueCount];
        int[] ofX = new int[x.ValueCount];
        int[] ofY = new int[y.ValueCount];
        double total = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            joint[(x.Values[i] * y.ValueCount) + y.Values[i]] += weights[i];
            ofX[x.Values[i]] += weights[i];
            ofY[y.Values[i]] += weights[i];
            total += weights[i];
        }

        double sum = 0;
        for (int i = 0; i < joint.Length; i++)
        {
            if (joint[i] > 0)
            {
                sum += joint[i] * Math.Log(joint[i] * total / ((double)ofX[i / y.ValueCount] * ofY[i % y.ValueCount]));
            }
        }

        return sum - (penalty * (x.ValueCount - 1) * (y.ValueCount - 1));
    }

    private sealed class Column
    {
        public Column(int number, IReadOnlyList<CountVector> vectors)
        {
            Event = number;
            Values = new int[vectors.Count];
            Dictionary<int, int> places = [];
            for (int i = 0; i < Values.Length; i++)
            {
                int count = vectors[i].Example.CountOf(number);
                places.TryAdd(count, places.Count);
                Values[i] = places[count];
            }

            ValueCount = places.Count;
        }

        public int Event { get; }

        public int[] Values { get; }

        public int ValueCount { get; }
    }
}
