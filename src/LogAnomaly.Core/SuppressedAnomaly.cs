namespace LogAnomaly;

/// <summary>A finding that was hidden, and what hid it.</summary>
/// <param name="Anomaly">The finding.</param>
/// <param name="Suppression">The suppression that matched first.</param>
public sealed record SuppressedAnomaly(Anomaly Anomaly, LogSuppression Suppression);
