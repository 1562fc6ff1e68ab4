using System.Text.Json;

namespace LogAnomaly.Detection;

/// <summary>
/// One aspect of how hosts usually behave, such as which templates come or at what hours a user works. It judges each
/// event or window by what it knows so far and learns from it afterwards, so that it works with and without a baseline:
/// a baseline is what it knew when an earlier run ended. It stays silent until it knows enough to tell usual from
/// unusual. Its memory is bounded.
/// </summary>
internal abstract class Behaviour
{
    /// <summary>Name of the detector, unique among behaviours; the key of its part of a baseline.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Judgements made so far in this run: a tail probability times this number is the number of false alarms to be
    /// expected.
    /// </summary>
    public abstract long Judgements { get; }

    /// <summary>Judges an event by what is known, then learns from it.</summary>
    /// <param name="logEvent">The event, its template mined.</param>
    /// <param name="found">Receives what was found.</param>
    public abstract void Add(LogEvent logEvent, ICollection<DetectorFinding> found);

    /// <summary>Judges what only the end of the input can tell, such as a last window.</summary>
    /// <param name="found">Receives what was found.</param>
    public abstract void Complete(ICollection<DetectorFinding> found);

    /// <summary>
    /// Writes what is known as one JSON object, names and entries in a stable order, so that a person can read a diff
    /// of two.
    /// </summary>
    /// <param name="writer">The writer.</param>
    public abstract void Write(Utf8JsonWriter writer);

    /// <summary>
    /// Takes over what was written, beside what is known already: so a baseline is read, and so several hosts' are
    /// merged.
    /// </summary>
    /// <param name="element">The object that <see cref="Write"/> wrote.</param>
    /// <exception cref="FormatException">The object is not of this behaviour's form; the message says
    /// where.</exception>
    public abstract void Include(JsonElement element);

    /// <summary>Forgets what was last seen before a time.</summary>
    /// <param name="utcTicks">UTC ticks of the time.</param>
    public abstract void Forget(long utcTicks);
}
