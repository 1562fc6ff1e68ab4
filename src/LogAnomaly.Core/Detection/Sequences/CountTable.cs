namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// How many sessions have each value of something, and how probable a value that is as rare or rarer is.
/// </summary>
internal sealed class CountTable
{
    private const double Half = 0.5;

    private readonly Dictionary<int, int> _sessions = [];
    private Dictionary<int, double>? _surprise;

    /// <summary>Number of sessions.</summary>
    public int Total { get; private set; }

    /// <summary>Number of distinct values.</summary>
    public int ValueCount => _sessions.Count;

    /// <summary>
    /// Values that one session only has: by Good and Turing (Biometrika 40, 1953), about the share of sessions to come
    /// with a new value.
    /// </summary>
    public int Singles { get; private set; }

    /// <summary>Adds sessions, before anything is asked.</summary>
    /// <param name="value">Their value.</param>
    /// <param name="sessions">How many they are.</param>
    public void Add(int value, int sessions)
    {
        _sessions[value] = _sessions.GetValueOrDefault(value) + sessions;
        Total += sessions;
    }

    /// <summary>Ends the adding.</summary>
    public void Complete()
    {
        Singles = _sessions.Values.Count(sessions => sessions == 1);
        (int Value, int Sessions)[] ascending =
            [.. _sessions.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Value)];
        _surprise = new Dictionary<int, double>(ascending.Length);
        int asRare = 0;
        for (int first = 0; first < ascending.Length;)
        {
            int next = first;
            while (next < ascending.Length && ascending[next].Sessions == ascending[first].Sessions)
            {
                asRare += ascending[next++].Sessions;
            }

            double surprise = asRare == Total ? 0 : -Math.Log((asRare + Half) / (Total + 1));
            for (; first < next; first++)
            {
                _surprise.Add(ascending[first].Value, surprise);
            }
        }
    }

    /// <summary>How many sessions have a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The number, perhaps 0.</returns>
    public int SessionsWith(int value) => _sessions.GetValueOrDefault(value);

    /// <summary>The value that most sessions have; the least of several.</summary>
    /// <returns>The value.</returns>
    public int MostFrequent() => _sessions.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).First().Key;

    /// <summary>The surprise of a value, in nats: by the share of sessions whose value is as rare or rarer.</summary>
    /// <param name="value">The value.</param>
    /// <param name="surprise">The surprise, 0 for the most frequent value.</param>
    /// <returns>Whether a session has the value.</returns>
    public bool TryGetSurprise(int value, out double surprise) => _surprise!.TryGetValue(value, out surprise);

    /// <summary>The surprise of any value that no session has, in nats.</summary>
    /// <returns>The surprise.</returns>
    public double SurpriseOfNew() => SurpriseOf(Singles, Total);

    /// <summary>The surprise of something new where so many things were seen in one session only.</summary>
    /// <param name="singles">Things that one session only has.</param>
    /// <param name="sessions">Number of sessions.</param>
    /// <returns>The surprise in nats.</returns>
    public static double SurpriseOf(int singles, int sessions) =>
        -Math.Log(Math.Min(1, (singles + Half) / (sessions + 1)));
}
