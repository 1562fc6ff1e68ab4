namespace LogAnomaly.Analysis;

/// <summary>
/// Counts the values of a field as <see cref="ValueTally"/> does, and what came lately without hashing it whole:
/// readers give equal values the same object, so a look at a few of its letters and at its address mostly finds its
/// count.
/// </summary>
/// <param name="maximum">Distinct values that are kept apart.</param>
internal sealed class RecentTally(int maximum)
{
    private const int Slots = 512;

    private readonly ValueTally _all = new(maximum);
    private readonly string?[] _recent = new string?[Slots];
    private readonly long[] _pending = new long[Slots];

    /// <summary>Counts a value.</summary>
    /// <param name="value">The value; null is not counted.</param>
    public void Add(string? value)
    {
        if (value is null)
        {
            return;
        }

        int length = value.Length;
        int slot = length == 0 ? 0 : ((value[length - 1] * 31) + (value[length / 2] * 7)
            + value[length - 1 - (length / 4)] + (length * 67)) & (Slots - 1);
        if (ReferenceEquals(_recent[slot], value))
        {
            _pending[slot]++;
            return;
        }

        _all.Add(_recent[slot], _pending[slot]);
        (_recent[slot], _pending[slot]) = (value, 1);
    }

    /// <summary>Ends the counting.</summary>
    /// <returns>All counts.</returns>
    public ValueTally Close()
    {
        for (int slot = 0; slot < Slots; slot++)
        {
            _all.Add(_recent[slot], _pending[slot]);
            (_recent[slot], _pending[slot]) = (null, 0);
        }

        return _all;
    }
}
