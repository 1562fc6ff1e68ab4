namespace LogAnomaly.Reading;

/// <summary>Something that went wrong with one source while others go on.</summary>
/// <param name="Path">The source.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="Message">What went wrong, where, and what to do, in one or two sentences.</param>
/// <param name="Exception">The cause, or null.</param>
public sealed record ReadProblem(string Path, ReadProblemKind Kind, string Message, Exception? Exception = null);
