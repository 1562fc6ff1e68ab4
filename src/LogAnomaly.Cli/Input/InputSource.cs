using LogAnomaly.Parsing;

namespace LogAnomaly.Cli.Input;

/// <summary>One thing to read: a file, or a stream with a name.</summary>
/// <param name="Name">Path of the file, or the name of the stream in parentheses.</param>
/// <param name="Open">Opens the stream, given what hands on the output; null for a file.</param>
/// <param name="Format">The format where it is known beforehand, or null.</param>
internal sealed record InputSource(string Name, Func<Action, Stream>? Open = null, LogFormat? Format = null);
