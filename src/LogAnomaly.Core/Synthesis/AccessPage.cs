namespace LogAnomaly.Synthesis;

/// <summary>A page of the synthetic site.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">Its usual size.</param>
/// <param name="Images">Paths of the images that it shows, each with its size.</param>
internal sealed record AccessPage(string Path, int Bytes, AccessAsset[] Images);

/// <summary>A file that pages need, always of the same size.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">Its size.</param>
internal readonly record struct AccessAsset(string Path, int Bytes);
