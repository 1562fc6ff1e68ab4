using System.Runtime.CompilerServices;

namespace LogAnomaly.Rules;

/// <summary>
/// Remembers an answer for strings that recur as the same object, as the pooled ones of a reader do. Another that comes
/// to the same place takes it.
/// </summary>
internal sealed class ReferenceCache
{
    private readonly Entry[] _entries;

    /// <summary>Creates a cache.</summary>
    /// <param name="size">Places, a power of two.</param>
    public ReferenceCache(int size) => _entries = new Entry[size];

    /// <summary>Seeks the answer for a string.</summary>
    /// <param name="text">The string.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>Whether it is remembered.</returns>
    public bool TryGet(string text, out int[] answer)
    {
        ref Entry entry = ref _entries[PlaceOf(text)];
        answer = entry.Answer;
        return ReferenceEquals(entry.Text, text);
    }

    /// <summary>Remembers the answer for a string.</summary>
    /// <param name="text">The string.</param>
    /// <param name="answer">The answer.</param>
    public void Put(string text, int[] answer) => _entries[PlaceOf(text)] = new Entry(text, answer);

    private int PlaceOf(string text) => RuntimeHelpers.GetHashCode(text) & (_entries.Length - 1);

    private readonly record struct Entry(string Text, int[] Answer);
}
