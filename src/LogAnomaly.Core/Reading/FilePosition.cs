namespace LogAnomaly.Reading;

/// <summary>How far a file was read.</summary>
/// <param name="Offset">Where some lines begin, in bytes of the file after decompression.</param>
/// <param name="Line">Lines before them.</param>
/// <param name="Taken">How many of them were taken.</param>
internal readonly record struct FilePosition(long Offset, long Line, long Taken);
