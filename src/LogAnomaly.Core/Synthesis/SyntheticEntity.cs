namespace LogAnomaly.Synthesis;

/// <summary>Whom or what an incident is about.</summary>
/// <param name="Type">Name of the field that tells it: SourceIP, UserName, HostName, Program, Command or
/// StatusCode.</param>
/// <param name="Value">Its value.</param>
public sealed record SyntheticEntity(string Type, string Value);
