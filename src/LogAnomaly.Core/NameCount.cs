namespace LogAnomaly;

/// <summary>A value and how often it was seen.</summary>
/// <param name="Name">The value.</param>
/// <param name="Count">How often.</param>
public readonly record struct NameCount(string Name, long Count);
