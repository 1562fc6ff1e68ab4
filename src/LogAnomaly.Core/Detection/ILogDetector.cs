using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>A way to learn what is usual. It has options and no state.</summary>
public interface ILogDetector
{
    /// <summary>Name of the detector, such as <c>IsolationForest</c>.</summary>
    string Name { get; }

    /// <summary>Learns from rows.</summary>
    /// <param name="rows">The rows, at least one.</param>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    /// <returns>What was learned.</returns>
    ILogDetectorModel Train(FeatureMatrix rows, CancellationToken cancellation);
}
