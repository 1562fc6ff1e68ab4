namespace LogAnomaly.Detection.Sequences;

/// <summary>
/// A way to learn which sessions are usual. It has options and no state; it needs no session that is known to be bad.
/// </summary>
public interface ISequenceDetector
{
    /// <summary>Name of the detector, such as <c>EventCounts</c>.</summary>
    string Name { get; }

    /// <summary>Learns from sessions that are taken as normal.</summary>
    /// <param name="sequences">The sessions, at least one.</param>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>What was learned.</returns>
    ISequenceModel Train(IReadOnlyList<LogSequence> sequences, CancellationToken cancellation = default);
}
