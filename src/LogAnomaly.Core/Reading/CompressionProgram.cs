namespace LogAnomaly.Reading;

/// <summary>A program of the system that decompresses its standard input to its standard output.</summary>
/// <param name="Format">What it decompresses.</param>
/// <param name="Program">Its file name, without an extension.</param>
/// <param name="Arguments">Its only argument.</param>
internal sealed record CompressionProgram(string Format, string Program, string Arguments);
