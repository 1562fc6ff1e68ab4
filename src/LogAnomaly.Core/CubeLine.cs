namespace LogAnomaly;

/// <summary>A line of the log that was kept as a sample.</summary>
/// <param name="Path">File.</param>
/// <param name="LineNumber">Line number in it, from 1.</param>
/// <param name="Timestamp">Its time, or null.</param>
/// <param name="Codes">Its values, a code for each dimension of the cube.</param>
/// <param name="Raw">The line, cut after 1,000 characters.</param>
/// <param name="Cut">Characters that were cut from its end.</param>
public sealed record CubeLine(
    string Path, long LineNumber, DateTimeOffset? Timestamp, IReadOnlyList<int> Codes, string Raw, int Cut);
