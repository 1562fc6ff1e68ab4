using System.Numerics;

namespace LogAnomaly.Analysis;

/// <summary>Counts events by what they are about and by step, in the order in which they come first.</summary>
internal sealed class CubeFacts
{
    private const int FirstRoom = 1 << 10;

    private CubeFact[] _facts;
    private int[] _slots;

    /// <summary>Creates an empty table.</summary>
    /// <param name="room">Facts that it has room for before it grows.</param>
    public CubeFacts(int room = FirstRoom)
    {
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(room, FirstRoom)) * 2;
        _facts = new CubeFact[slots / 2];
        _slots = new int[slots];
    }

    /// <summary>Facts so far.</summary>
    public int Count { get; private set; }

    /// <summary>The facts.</summary>
    public ReadOnlySpan<CubeFact> All => _facts.AsSpan(0, Count);

    /// <summary>The facts, to be kept for a while; they are good until more are counted.</summary>
    public ReadOnlyMemory<CubeFact> Memory => _facts.AsMemory(0, Count);

    /// <summary>Counts events.</summary>
    /// <param name="key">What they are about.</param>
    /// <param name="step">Their step.</param>
    /// <param name="count">How many.</param>
    /// <param name="bytes">Bytes that they sent.</param>
    public void Add(in CubeKey key, int step, long count, long bytes)
    {
        int mask = _slots.Length - 1;
        int slot = (int)key.Hash((uint)step) & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            ref CubeFact fact = ref _facts[_slots[slot] - 1];
            if (fact.Step == step && fact.Key == key)
            {
                fact.Count += count;
                fact.Bytes += bytes;
                return;
            }
        }

        if (Count == _facts.Length)
        {
            Grow();
            Add(key, step, count, bytes);
            return;
        }

        _facts[Count++] = new CubeFact(key, step, count, bytes);
        _slots[slot] = Count;
    }

    /// <summary>Forgets all facts, and keeps the room.</summary>
    public void Clear()
    {
        Count = 0;
        Array.Clear(_slots);
    }

    /// <summary>The facts with other keys and steps, equal ones counted together.</summary>
    /// <param name="change">Gives the new fact for an old one.</param>
    /// <returns>The new facts.</returns>
    public CubeFacts Select(Func<CubeFact, CubeFact> change)
    {
        CubeFacts changed = new(Count);
        foreach (ref readonly CubeFact fact in All)
        {
            CubeFact next = change(fact);
            changed.Add(next.Key, next.Step, next.Count, next.Bytes);
        }

        return changed;
    }

    private void Grow()
    {
        Array.Resize(ref _facts, _facts.Length * 2);
        _slots = new int[_slots.Length * 2];
        int mask = _slots.Length - 1;
        for (int i = 0; i < Count; i++)
        {
            int slot = (int)_facts[i].Key.Hash((uint)_facts[i].Step) & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = i + 1;
        }
    }
}
