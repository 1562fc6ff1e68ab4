using System.Runtime.CompilerServices;

namespace LogAnomaly.Features;

/// <summary>
/// The codes of requests that recur as the same objects, as readers give them: target, agent, method, version and
/// status tell all columns but those that are told apart. Their columns are counted together when another request takes
/// the place, or when it is asked.
/// </summary>
internal sealed class RequestRows
{
    // A site of some hundred pages and some dozen agents has so many pairs, and each thread that parses has its own
    // texts.
    private const int Places = 1 << 15;

    private readonly Entry[] _entries = new Entry[Places];
    private readonly EventColumn[] _columns;
    private readonly bool[] _varies;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="varies">Which of them differ between requests that are equal here.</param>
    public RequestRows(EventColumn[] columns, bool[] varies)
    {
        _columns = columns;
        _varies = varies;
    }

    /// <summary>Takes an event, where it is a request without details.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="row">Takes its codes.</param>
    /// <returns>Whether it is one; the columns have then counted it, or will.</returns>
    public bool TryTake(LogEvent logEvent, Span<int> row)
    {
        if (logEvent is not AccessEvent { HasDetails: false, Url: { } url } access)
        {
            return false;
        }

        string? agent = access.UserAgent;
        int code = access.RequestCode;
        ref Entry entry = ref _entries[PlaceOf(url, agent, code)];
        if (!ReferenceEquals(entry.Url, url) || !ReferenceEquals(entry.Agent, agent) || entry.Code != code)
        {
            Settle(ref entry);
            entry = new Entry { Url = url, Agent = agent, Code = code, Row = entry.Row ?? new int[row.Length] };
            for (int column = 0; column < row.Length; column++)
            {
                row[column] = _columns[column].Take(logEvent);
            }

            row.CopyTo(entry.Row);
            return true;
        }

        entry.Uncounted++;
        entry.Row.CopyTo(row);
        for (int column = 0; column < row.Length; column++)
        {
            if (_varies[column])
            {
                row[column] = _columns[column].Take(logEvent);
            }
        }

        return true;
    }

    /// <summary>Brings the counts of the columns up to date.</summary>
    public void Settle()
    {
        foreach (ref Entry entry in _entries.AsSpan())
        {
            Settle(ref entry);
        }
    }

    private void Settle(ref Entry entry)
    {
        if (entry.Uncounted == 0)
        {
            return;
        }

        for (int column = 0; column < _columns.Length; column++)
        {
            if (!_varies[column])
            {
                _columns[column].Count(entry.Row[column], entry.Uncounted);
            }
        }

        entry.Uncounted = 0;
    }

    private static int PlaceOf(string url, string? agent, int code)
    {
        uint sum = (uint)RuntimeHelpers.GetHashCode(url) * 0x9E3779B1;
        sum = (sum ^ (agent is null ? 0 : (uint)RuntimeHelpers.GetHashCode(agent))) * 0x9E3779B1;
        return (int)(((sum ^ (uint)code) * 0x9E3779B1) >> 8) & (Places - 1);
    }

    private struct Entry
    {
        public string? Url;
        public string? Agent;
        public int Code;
        public int Uncounted;
        public int[] Row;
    }
}
