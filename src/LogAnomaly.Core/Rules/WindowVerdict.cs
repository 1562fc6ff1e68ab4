namespace LogAnomaly.Rules;

/// <summary>That a window satisfies its correlation.</summary>
/// <param name="Low">Index of its first hit.</param>
/// <param name="High">Index of its last hit.</param>
/// <param name="Number">The number that was judged: hits, distinct values, sum, mean or percentile; of a temporal one
/// its parts.</param>
internal readonly record struct WindowVerdict(int Low, int High, double Number);
