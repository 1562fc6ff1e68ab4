namespace LogAnomaly.Detection;

/// <summary>What a detector learned. It never changes, and all its members may be called from several threads at once.</summary>
public interface ILogDetectorModel
{
    /// <summary>Name of the detector.</summary>
    string Name { get; }

    /// <summary>How odd a row is, on the detector's own scale; greater is odder.</summary>
    /// <param name="row">A value for each column of the training rows.</param>
    /// <returns>The score.</returns>
    double Score(ReadOnlySpan<float> row);

    /// <summary>How probable a score this great or greater is for a usual row, judged by the training rows.</summary>
    /// <param name="score">A score of this model.</param>
    /// <returns>The tail probability, above 0 and at most 1.</returns>
    double TailProbability(double score);

    /// <summary>Which columns make a row odd.</summary>
    /// <param name="row">A value for each column of the training rows.</param>
    /// <returns>A number for each column: above 0 where it makes the row odder, below 0 where it makes it more usual.</returns>
    IReadOnlyList<double> Explain(ReadOnlySpan<float> row);
}
