namespace LogAnomaly;

/// <summary>Reads the properties of an event from its line.</summary>
/// <param name="line">The line.</param>
/// <returns>The properties, in the order of the line.</returns>
internal delegate IReadOnlyDictionary<string, object?> PropertyReader(ReadOnlySpan<byte> line);
