namespace LogAnomaly;

/// <summary>A shape of lines that no parser understood.</summary>
/// <param name="Shape">The shape: runs of letters as <c>a</c>, of digits as <c>0</c>, at most 80 characters.</param>
/// <param name="Count">Lines of this shape.</param>
/// <param name="LineNumber">Line number of the example, from 1.</param>
/// <param name="Example">The first such line, at most 500 characters.</param>
public sealed record UnparsedShape(string Shape, long Count, long LineNumber, string Example);
