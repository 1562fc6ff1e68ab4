using System.Text.Json;
using LogAnomaly.Features;

namespace LogAnomaly.Detection;

/// <summary>
/// What a detector learned. It never changes, and all its members may be called from several threads at once. In a row
/// a value that is not a number counts as 0 and an infinite one as the greatest finite number of its sign, because what
/// logs hold is written by strangers and must not stop an analysis.
/// </summary>
public interface ILogDetectorModel
{
    /// <summary>Name of the detector.</summary>
    string Name { get; }

    /// <summary>Names of the columns of the training rows.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>How odd a row is, on the detector's own scale; greater is odder.</summary>
    /// <param name="row">A value for each column of the training rows.</param>
    /// <returns>The score.</returns>
    double Score(ReadOnlySpan<float> row);

    /// <summary>Scores many rows at once: the same scores to the bit, only faster.</summary>
    /// <param name="rows">The rows, with the columns of the training rows.</param>
    /// <param name="scores">Takes a score for each row.</param>
    /// <param name="cancellation">Ends the work with <see cref="OperationCanceledException"/>.</param>
    void ScoreAll(FeatureMatrix rows, Span<double> scores, CancellationToken cancellation = default);

    /// <summary>How probable a score this great or greater is for a usual row, judged by the training rows.</summary>
    /// <param name="score">A score of this model.</param>
    /// <returns>The tail probability, above 0 and at most 1.</returns>
    double TailProbability(double score);

    /// <summary>Which columns make a row odd.</summary>
    /// <param name="row">A value for each column of the training rows.</param>
    /// <returns>A number for each column: above 0 where it makes the row odder, below 0 where it makes it more
    /// usual.</returns>
    IReadOnlyList<double> Explain(ReadOnlySpan<float> row);

    /// <summary>The training row most like a row among a bounded sample of usual ones.</summary>
    /// <param name="row">A value for each column of the training rows.</param>
    /// <returns>The values of the usual row, or null where the model keeps none.</returns>
    IReadOnlyList<float>? NearestNormal(ReadOnlySpan<float> row);

    /// <summary>Writes the model as one JSON object, which <see cref="LogDetectors.Read"/> takes back.</summary>
    /// <param name="writer">Takes the object.</param>
    void Write(Utf8JsonWriter writer);
}
