using System.Runtime.CompilerServices;

namespace LogAnomaly.Templates;

/// <summary>
/// The templates of requests that recur as the same objects, as readers give them: the line of such a request is its
/// method, target and version, so its template is known without making the line. Another request that comes to the same
/// place takes it.
/// </summary>
internal sealed class RequestCache
{
    private const int Places = 1 << 13;
    private const int StatusBits = 16;

    private readonly Entry[] _entries = new Entry[Places];

    /// <summary>Finds the template of an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <returns>The template, or null where it is not here.</returns>
    public LogTemplate? Find(LogEvent logEvent)
    {
        if (logEvent is not AccessEvent { HasDetails: false, Url: { } url } access)
        {
            return null;
        }

        int words = access.RequestCode >> StatusBits;
        ref readonly Entry entry = ref _entries[PlaceOf(url, words)];
        return ReferenceEquals(entry.Url, url) && entry.Words == words ? entry.Template : null;
    }

    /// <summary>Remembers the template of an event, where it is such a request.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="template">Its template.</param>
    public void Put(LogEvent logEvent, LogTemplate template)
    {
        if (logEvent is AccessEvent { HasDetails: false, Url: { } url } access)
        {
            int words = access.RequestCode >> StatusBits;
            _entries[PlaceOf(url, words)] = new Entry(url, words, template);
        }
    }

    private static int PlaceOf(string url, int words) =>
        (RuntimeHelpers.GetHashCode(url) + (words * 37)) & (Places - 1);

    private readonly record struct Entry(string Url, int Words, LogTemplate Template);
}
