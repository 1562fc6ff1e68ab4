using System.Runtime.InteropServices;

namespace LogAnomaly.Features;

/// <summary>Events of one kind as rows of features, with what is needed to say in words what a number stands for.</summary>
internal sealed class EventTable
{
    private static readonly string s_none = "";

    private readonly IReadOnlyList<EventFeature> _features;
    private readonly Dictionary<string, int>?[] _counts;
    private readonly NameCount?[] _mostFrequent;

    private EventTable(IReadOnlyList<EventFeature> features, IReadOnlyList<LogEvent> events, Dictionary<string, int>?[] counts, FeatureMatrix matrix)
    {
        _features = features;
        _counts = counts;
        _mostFrequent = new NameCount?[counts.Length];
        Events = events;
        Matrix = matrix;
    }

    /// <summary>The events, in the order of the rows.</summary>
    public IReadOnlyList<LogEvent> Events { get; }

    /// <summary>The rows.</summary>
    public FeatureMatrix Matrix { get; }

    /// <summary>Makes the rows.</summary>
    /// <param name="kind">Kind of all the events.</param>
    /// <param name="events">The events, their templates mined.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The table.</returns>
    public static EventTable Build(LogKind kind, IReadOnlyList<LogEvent> events, CancellationToken cancellation)
    {
        IReadOnlyList<EventFeature> features = EventFeatureSet.For(kind);
        Dictionary<string, int>?[] counts = new Dictionary<string, int>?[features.Count];
        float[] values = new float[checked(events.Count * features.Count)];
        Parallel.For(0, features.Count, new ParallelOptions { CancellationToken = cancellation }, column =>
        {
            counts[column] = Fill(features[column], events, values.AsSpan(), column, features.Count);
        });
        return new EventTable(features, events, counts, new FeatureMatrix([.. features.Select(feature => feature.Name)], values));
    }

    /// <summary>What a feature of a row is, in words.</summary>
    /// <param name="row">Index of the row.</param>
    /// <param name="column">Index of the feature.</param>
    /// <returns>The text of a categorical feature and how many rows share it, or null and -1 for a numeric one.</returns>
    public (string? Text, int Count) Describe(int row, int column)
    {
        if (_counts[column] is not { } counts)
        {
            return (null, -1);
        }

        string? text = _features[column].Category!(Events[row]);
        return (text, counts[text ?? s_none]);
    }

    /// <summary>The most frequent text of a categorical feature.</summary>
    /// <param name="column">Index of the feature.</param>
    /// <returns>The text and its count; equal counts by text.</returns>
    public NameCount MostFrequent(int column) => _mostFrequent[column] ??= FindMostFrequent(_counts[column]!);

    private static NameCount FindMostFrequent(Dictionary<string, int> counts)
    {
        NameCount most = default;
        foreach ((string name, int count) in counts)
        {
            if (count > most.Count || (count == most.Count && string.CompareOrdinal(name, most.Name) < 0))
            {
                most = new NameCount(name, count);
            }
        }

        return most;
    }

    private static Dictionary<string, int>? Fill(
        EventFeature feature, IReadOnlyList<LogEvent> events, Span<float> values, int column, int columns)
    {
        if (feature.Number is { } number)
        {
            for (int row = 0; row < events.Count; row++)
            {
                values[(row * columns) + column] = number(events[row]);
            }

            return null;
        }

        return FillCategories(feature.Category!, events, values, column, columns);
    }

    // Each text is hashed once: the second pass goes by the number that the first gave it.
    private static Dictionary<string, int> FillCategories(
        Func<LogEvent, string?> category, IReadOnlyList<LogEvent> events, Span<float> values, int column, int columns)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        List<int> counts = [];
        int[] numberOf = new int[events.Count];
        for (int row = 0; row < numberOf.Length; row++)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, category(events[row]) ?? s_none, out bool known);
            if (!known)
            {
                number = counts.Count;
                counts.Add(0);
            }

            counts[number]++;
            numberOf[row] = number;
        }

        for (int row = 0; row < numberOf.Length; row++)
        {
            values[(row * columns) + column] = -MathF.Log2((float)counts[numberOf[row]] / numberOf.Length);
        }

        return numbers.ToDictionary(pair => pair.Key, pair => counts[pair.Value], StringComparer.Ordinal);
    }
}
