namespace LogAnomaly;

/// <summary>What events are counted by, with its values.</summary>
/// <param name="Name">Name, such as <c>source</c>.</param>
/// <param name="Values">
/// Values by code. Code 0 is an event without a value, 1 a value that a table does not break down; their texts are
/// empty.
/// </param>
public sealed record CubeDimension(string Name, IReadOnlyList<string> Values);
