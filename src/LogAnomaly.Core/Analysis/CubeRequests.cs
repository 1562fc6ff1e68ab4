namespace LogAnomaly.Analysis;

/// <summary>The requests with the greatest of some number; of equal ones those that came first.</summary>
/// <param name="most">How many.</param>
internal sealed class CubeRequests(int most)
{
    private readonly PriorityQueue<(long Index, LogRequest Request), (double Value, long Index)> _found = new();
    private double _least;
    private long _index;

    /// <summary>Whether a request with a number would stay.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it would; one of 0 never does.</returns>
    public bool Wants(double value) => value > _least;

    /// <summary>Takes a request that is wanted.</summary>
    /// <param name="value">The number.</param>
    /// <param name="request">The request.</param>
    public void Add(double value, LogRequest request)
    {
        // Of equal numbers the later goes first.
        long index = _index++;
        _found.Enqueue((index, request), (value, -index));
        if (_found.Count > most)
        {
            _found.Dequeue();
        }

        if (_found.Count == most && _found.TryPeek(out _, out (double Value, long Index) worst))
        {
            _least = worst.Value;
        }
    }

    /// <summary>The requests.</summary>
    /// <returns>Those with the greatest numbers first.</returns>
    public IReadOnlyList<LogRequest> ToList() =>
    [
        .. _found.UnorderedItems
            .OrderByDescending(item => item.Priority.Value)
            .ThenBy(item => item.Element.Index)
            .Select(item => item.Element.Request),
    ];
}
