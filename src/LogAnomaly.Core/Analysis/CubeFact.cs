namespace LogAnomaly.Analysis;

/// <summary>Events of one step that are about the same.</summary>
/// <param name="Key">What they are about.</param>
/// <param name="Step">The step, or <see cref="CubeClock.NoTime"/>.</param>
/// <param name="Count">How many.</param>
/// <param name="Bytes">Bytes that they sent.</param>
internal record struct CubeFact(CubeKey Key, int Step, long Count, long Bytes);
