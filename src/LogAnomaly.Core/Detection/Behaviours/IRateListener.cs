namespace LogAnomaly.Detection.Behaviours;

/// <summary>
/// Is told of windows and hours of a <see cref="RateTable"/> when nothing can come into them any more.
/// </summary>
internal interface IRateListener
{
    /// <summary>A window of five minutes with events is over.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="series">The series, which has events in the window.</param>
    /// <param name="window">Number of the window.</param>
    /// <param name="found">Receives what was found.</param>
    void CloseWindow(RateStream stream, RateSeries series, long window, ICollection<DetectorFinding> found);

    /// <summary>An hour in which the stream had events is over; the series has not learned from it yet.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="series">A series of it, with or without events in the hour.</param>
    /// <param name="slot">Hour of the week.</param>
    /// <param name="endTicks">UTC ticks of the end of the hour.</param>
    /// <param name="found">Receives what was found.</param>
    void CloseHour(RateStream stream, RateSeries series, int slot, long endTicks, ICollection<DetectorFinding> found);
}
