namespace LogAnomaly.Reading;

/// <summary>Some whole lines of a source.</summary>
/// <param name="Content">The lines, as UTF-8.</param>
/// <param name="LinesBefore">Lines of the source before them.</param>
/// <param name="Offset">Bytes of the source before them, as they are in the file.</param>
internal sealed record LogSegment(Stream Content, long LinesBefore, long Offset);
