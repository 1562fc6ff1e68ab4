namespace LogAnomaly.Rules;

/// <summary>
/// Remembers which rules the shapes of events let through. Another shape that comes to the same place takes it.
/// </summary>
internal sealed class ShapeCache
{
    private const int Places = 1 << 14;

    private readonly Entry[] _entries = new Entry[Places];

    /// <summary>Seeks what is remembered of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="rules">The rules.</param>
    /// <returns>Whether it is remembered.</returns>
    public bool TryGet(in EventShape shape, out int[] rules)
    {
        ref Entry entry = ref _entries[shape.GetHashCode() & (Places - 1)];
        rules = entry.Rules!;
        return rules is not null && entry.Shape.Equals(shape);
    }

    /// <summary>Remembers the rules of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="rules">The rules.</param>
    public void Put(in EventShape shape, int[] rules) =>
        _entries[shape.GetHashCode() & (Places - 1)] = new Entry { Shape = shape, Rules = rules };

    private struct Entry
    {
        public EventShape Shape;
        public int[]? Rules;
    }
}
