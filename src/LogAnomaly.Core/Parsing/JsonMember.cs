namespace LogAnomaly.Parsing;

/// <summary>A member of a JSON line.</summary>
/// <param name="Path">Its name, with those of the objects around it and dots between.</param>
/// <param name="Value">Its value.</param>
/// <param name="Text">The value as text; empty where it is neither text nor number.</param>
internal readonly record struct JsonMember(string Path, object? Value, string Text);
