namespace LogAnomaly.Analysis;

/// <summary>A line that was kept.</summary>
/// <param name="Priority">The less, the longer it stays.</param>
/// <param name="Index">Index of the event in the order of the input.</param>
/// <param name="Key">What it is about.</param>
/// <param name="Ticks">UTC ticks of its time, or -1.</param>
/// <param name="Path">File.</param>
/// <param name="LineNumber">Line number in it, from 1.</param>
/// <param name="Raw">The line, cut where it is long.</param>
/// <param name="Cut">Characters that were cut from its end.</param>
internal sealed record CubeSample(
    ulong Priority, long Index, CubeKey Key, long Ticks, string Path, long LineNumber, string Raw, int Cut);
