namespace LogAnomaly.Rules;

/// <summary>
/// How an event comes to its group: the fields whose values make the key, and the table of keys that it is sought in.
/// </summary>
/// <param name="Index">Number of the path in its set, by which an engine keeps what it found for the event at
/// hand.</param>
/// <param name="Table">Number of the table.</param>
/// <param name="Fields">The fields, in the order of the key.</param>
internal sealed record GroupPath(int Index, int Table, GroupField[] Fields);
