using System.Numerics;

namespace LogAnomaly.Rules;

/// <summary>
/// A set of hashes of 32 bits in little memory: open addressing in one array, for sets of which a finding has two.
/// </summary>
internal sealed class HashTally
{
    private const uint Factor = 0x9E3779B1;

    private uint[] _slots = new uint[16];

    /// <summary>Number of hashes.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a hash.</summary>
    /// <param name="hash">The hash; zero counts as one.</param>
    /// <returns>Whether it was new.</returns>
    public bool Add(uint hash)
    {
        hash = Math.Max(hash, 1);
        if ((Count + 1) * 4 > _slots.Length * 3)
        {
            Grow();
        }

        int slot = SlotOf(hash);
        if (_slots[slot] == hash)
        {
            return false;
        }

        _slots[slot] = hash;
        Count++;
        return true;
    }

    /// <summary>Whether a hash is in the set.</summary>
    /// <param name="hash">The hash.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(uint hash)
    {
        hash = Math.Max(hash, 1);
        return _slots[SlotOf(hash)] == hash;
    }

    /// <summary>Empties the set.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    private int SlotOf(uint hash)
    {
        int slot = (int)((hash * Factor) >> (32 - BitOperations.Log2((uint)_slots.Length)));
        while (_slots[slot] != 0 && _slots[slot] != hash)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }

    private void Grow()
    {
        uint[] old = _slots;
        _slots = new uint[old.Length * 2];
        foreach (uint hash in old)
        {
            if (hash != 0)
            {
                _slots[SlotOf(hash)] = hash;
            }
        }
    }
}
