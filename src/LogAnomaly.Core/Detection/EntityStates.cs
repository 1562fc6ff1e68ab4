using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// What is known of entities by their keys, in bounded memory: where it is full, the quarter that was not asked for
/// longest is forgotten.
/// </summary>
/// <typeparam name="TKey">Type of the keys.</typeparam>
/// <typeparam name="TState">What is known of one.</typeparam>
/// <param name="capacity">How many entities are kept, at least 4.</param>
/// <param name="comparer">Compares the keys, or null for the usual way.</param>
internal sealed class EntityStates<TKey, TState>(int capacity, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
    where TState : EntityState, new()
{
    private const int Slots = 128;

    private readonly Dictionary<TKey, TState> _states = new(comparer);

    // Texts that came lately, by their letters and address: readers give equal texts the same object.
    private readonly (string? Key, TState? State)[] _recent = typeof(TKey) == typeof(string)
        ? new (string?, TState?)[Slots]
        : [];

    /// <summary>How many entities are known.</summary>
    public int Count => _states.Count;

    /// <summary>
    /// How often entities were forgotten to make room, so that who remembers one of them can tell whether it is still
    /// known.
    /// </summary>
    public int Generation { get; private set; }

    /// <summary>All entities with their keys.</summary>
    public IEnumerable<KeyValuePair<TKey, TState>> All => _states;

    /// <summary>What is known of an entity; a new one is made.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="ticks">UTC ticks of now, in log time.</param>
    /// <returns>What is known.</returns>
    public TState Get(TKey key, long ticks)
    {
        TState? state;
        if (key is string text)
        {
            ref (string? Key, TState? State) recent = ref _recent[RecentPairs<int>.PlaceOf(text) & (Slots - 1)];
            state = ReferenceEquals(recent.Key, text) ? recent.State! : GetOrAdd(key, ticks);
            recent = (text, state);
        }
        else
        {
            state = GetOrAdd(key, ticks);
        }

        state.FirstSeen = Math.Min(state.FirstSeen, ticks);
        state.LastSeen = Math.Max(state.LastSeen, ticks);
        return state;
    }

    /// <summary>What is known of an entity.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>What is known, or null.</returns>
    public TState? Find(TKey key) => _states.GetValueOrDefault(key);

    /// <summary>Forgets an entity.</summary>
    /// <param name="key">Its key.</param>
    public void Remove(TKey key)
    {
        _states.Remove(key);
        Array.Clear(_recent);
    }

    private TState GetOrAdd(TKey key, long ticks)
    {
        if (!_states.TryGetValue(key, out TState? state))
        {
            if (_states.Count >= capacity)
            {
                Forget();
            }

            state = new TState { FirstSeen = ticks, LastSeen = ticks };
            _states.Add(key, state);
        }

        return state;
    }

    private void Forget()
    {
        TKey[] oldest = [.. _states.OrderBy(entry => entry.Value.LastSeen)
            .Take(Math.Max(1, capacity / 4))
            .Select(entry => entry.Key)];
        foreach (TKey key in oldest)
        {
            _states.Remove(key);
        }

        Array.Clear(_recent);
        Generation++;
    }
}
