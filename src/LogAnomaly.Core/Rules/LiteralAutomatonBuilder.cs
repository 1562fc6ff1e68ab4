using System.Numerics;

namespace LogAnomaly.Rules;

/// <summary>Collects literals and makes a <see cref="LiteralAutomaton"/> of them.</summary>
internal sealed class LiteralAutomatonBuilder
{
    private const int Found = int.MinValue;

    private readonly List<(string Literal, int Rule)> _literals = [];

    /// <summary>Adds a literal.</summary>
    /// <param name="literal">The literal, in ASCII and not empty.</param>
    /// <param name="rule">Index of the rule that wants it.</param>
    public void Add(string literal, int rule) => _literals.Add((literal, rule));

    /// <summary>Makes the automaton.</summary>
    /// <returns>The automaton.</returns>
    public LiteralAutomaton Build()
    {
        byte[] classes = MakeClasses(out int count);
        int shift = BitOperations.Log2(BitOperations.RoundUpToPowerOf2((uint)count));
        List<int[]> rows = [new int[1 << shift]];
        List<SortedSet<int>> rules = [[]];
        foreach ((string literal, int rule) in _literals)
        {
            int state = 0;
            foreach (char letter in literal)
            {
                int next = rows[state][classes[letter]];
                if (next == 0)
                {
                    next = rows.Count;
                    rows[state][classes[letter]] = next;
                    rows.Add(new int[1 << shift]);
                    rules.Add([]);
                }

                state = next;
            }

            rules[state].Add(rule);
        }

        Complete(rows, rules);
        int[]?[] wanted = [.. rules.Select(set => set.Count == 0 ? null : set.ToArray())];
        return new LiteralAutomaton(
            classes, Flatten(rows, rules, shift), wanted, shift, _literals.Max(entry => entry.Literal.Length));
    }

    private byte[] MakeClasses(out int count)
    {
        byte[] classes = new byte[256];
        count = 1;
        foreach (char letter in _literals.SelectMany(entry => entry.Literal))
        {
            if (classes[letter] == 0)
            {
                classes[char.ToLowerInvariant(letter)] = (byte)count;
                classes[char.ToUpperInvariant(letter)] = (byte)count;
                count++;
            }
        }

        return classes;
    }

    // By breadth: the state for the longest end of what was read that begins a literal is complete before it is needed.
    private static void Complete(List<int[]> rows, List<SortedSet<int>> rules)
    {
        int[] shorter = new int[rows.Count];
        Queue<int> open = new(rows[0].Where(state => state != 0));
        while (open.TryDequeue(out int state))
        {
            int[] fallback = rows[shorter[state]];
            rules[state].UnionWith(rules[shorter[state]]);
            int[] row = rows[state];
            for (int kind = 0; kind < row.Length; kind++)
            {
                int next = row[kind];
                if (next == 0)
                {
                    row[kind] = fallback[kind];
                }
                else
                {
                    shorter[next] = fallback[kind];
                    open.Enqueue(next);
                }
            }
        }
    }

    private static int[] Flatten(List<int[]> rows, List<SortedSet<int>> rules, int shift)
    {
        int[] next = new int[rows.Count << shift];
        for (int state = 0; state < rows.Count; state++)
        {
            for (int kind = 0; kind < rows[state].Length; kind++)
            {
                int to = rows[state][kind];
                next[(state << shift) + kind] = (to << shift) | (rules[to].Count > 0 ? Found : 0);
            }
        }

        return next;
    }
}
