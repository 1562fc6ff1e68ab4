namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// The values that one entity is known by, with how often and when they came last. An entity of very many values is
/// known by none.
/// </summary>
internal sealed class ValueSet : EntityState
{
    /// <summary>Values that are kept; an entity of more of them roams.</summary>
    public const int MostValues = 40;

    private readonly List<string> _values = [];
    private readonly List<long> _counts = [];
    private readonly List<long> _last = [];
    private int _recent;

    /// <summary>Occasions on which it was seen.</summary>
    public long Occasions { get; set; }

    /// <summary>Values that are known.</summary>
    public int Count => _values.Count;

    /// <summary>Whether it has too many values for one more to mean anything.</summary>
    public bool Roams => _values.Count >= MostValues;

    /// <summary>Place of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Its place, or -1 where it is not known.</returns>
    public int Find(string value)
    {
        if (_recent < _values.Count && (ReferenceEquals(_values[_recent], value) || _values[_recent] == value))
        {
            return _recent;
        }

        int at = _values.IndexOf(value);
        _recent = at < 0 ? _recent : at;
        return at;
    }

    /// <summary>When a value came last.</summary>
    /// <param name="at">Its place.</param>
    /// <returns>UTC ticks.</returns>
    public long LastOf(int at) => _last[at];

    /// <summary>Takes an occasion.</summary>
    /// <param name="at">Place of the value.</param>
    /// <param name="ticks">UTC ticks.</param>
    public void Take(int at, long ticks)
    {
        Occasions++;
        _counts[at]++;
        _last[at] = Math.Max(_last[at], ticks);
    }

    /// <summary>Takes a value that is not known, unless there are too many.</summary>
    /// <param name="value">The value.</param>
    /// <param name="count">Its occasions.</param>
    /// <param name="ticks">UTC ticks of the last.</param>
    public void Add(string value, long count, long ticks)
    {
        Occasions += count;
        int at = Find(value);
        if (at >= 0)
        {
            _counts[at] += count;
            _last[at] = Math.Max(_last[at], ticks);
        }
        else if (!Roams)
        {
            _values.Add(value);
            _counts.Add(count);
            _last.Add(ticks);
        }
    }

    /// <summary>Forgets values that came last before a time.</summary>
    /// <param name="utcTicks">UTC ticks of the time.</param>
    public void Forget(long utcTicks)
    {
        for (int at = _values.Count - 1; at >= 0; at--)
        {
            if (_last[at] < utcTicks)
            {
                _values.RemoveAt(at);
                _counts.RemoveAt(at);
                _last.RemoveAt(at);
            }
        }

        _recent = 0;
    }

    /// <summary>The values in the order of their text.</summary>
    /// <returns>Value, occasions, and UTC ticks of the last.</returns>
    public IEnumerable<(string Value, long Count, long Last)> ToSorted() =>
        _values.Select((value, at) => (value, _counts[at], _last[at]))
            .OrderBy(entry => entry.value, StringComparer.Ordinal);

    /// <summary>The most frequent values in words.</summary>
    /// <returns>Up to three of them.</returns>
    public string Say() => string.Join(", ", _values.Select((value, at) => (value, Count: _counts[at]))
        .OrderByDescending(entry => entry.Count)
        .ThenBy(entry => entry.value, StringComparer.Ordinal)
        .Take(3)
        .Select(entry => entry.value));
}
