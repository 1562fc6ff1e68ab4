namespace LogAnomaly.Features;

/// <summary>
/// What was lately found for two objects, at hand without hashing them: readers give equal texts the same object, so a
/// look at a few letters and at the addresses mostly does. An equal text that is another object is not found, and must
/// be looked for elsewhere.
/// </summary>
/// <typeparam name="T">What was found.</typeparam>
internal sealed class RecentPairs<T>
{
    private const int Slots = 128;

    private readonly Entry[] _entries = new Entry[Slots];

    /// <summary>The place of a text in a table of recent ones: by its length and some of its letters.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A number; the lowest seven bits differ most.</returns>
    public static int PlaceOf(string? text)
    {
        if (text is not { Length: > 0 })
        {
            return 0;
        }

        int length = text.Length;
        return (text[length - 1] * 31) + (text[length / 2] * 7) + text[length - 1 - (length / 4)] + (length * 67);
    }

    /// <summary>Finds what was put for two objects.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="value">What was put.</param>
    /// <returns>Whether it is still here.</returns>
    public bool TryGet(object? first, string? second, out T value)
    {
        ref readonly Entry entry = ref _entries[SlotOf(first, second)];
        value = entry.Value;
        return entry.IsTaken && ReferenceEquals(entry.First, first) && ReferenceEquals(entry.Second, second);
    }

    /// <summary>Remembers what was found.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="value">What was found.</param>
    public void Put(object? first, string? second, T value) =>
        _entries[SlotOf(first, second)] = new Entry(true, first, second, value);

    /// <summary>Forgets all.</summary>
    public void Clear() => Array.Clear(_entries);

    private static int SlotOf(object? first, string? second) =>
        (PlaceOf(second) + (PlaceOf(first as string) * 5)) & (Slots - 1);

    private readonly record struct Entry(bool IsTaken, object? First, string? Second, T Value);
}
