using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// A part of a baseline: it learns from events, and what it learned can be written, read, merged and aged. The same
/// part that learned then judges, so it is also what a run with a baseline begins with.
/// </summary>
internal interface IBaselinePart
{
    /// <summary>Key of the part in the file, in camel case, unique among parts.</summary>
    string Name { get; }

    /// <summary>Learns from an event, without judging it.</summary>
    /// <param name="logEvent">The event, its template mined.</param>
    void Learn(LogEvent logEvent);

    /// <summary>Ends a learning period: what can only be made of all events together is made now.</summary>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    void EndLearning(CancellationToken cancellation);

    /// <summary>
    /// Writes what is known as one JSON object, names and entries in a stable order, so that a person can read a diff
    /// of two.
    /// </summary>
    /// <param name="writer">The writer.</param>
    void Write(Utf8JsonWriter writer);

    /// <summary>
    /// Takes over what was written, beside what is known already: so a baseline is read, and so several hosts' are
    /// merged.
    /// </summary>
    /// <param name="element">The object that <see cref="Write"/> wrote.</param>
    /// <exception cref="FormatException">The object is not of this part's form; the message says where.</exception>
    void Include(JsonElement element);

    /// <summary>Forgets what was last seen before a time.</summary>
    /// <param name="utcTicks">UTC ticks of the time.</param>
    void Forget(long utcTicks);
}
