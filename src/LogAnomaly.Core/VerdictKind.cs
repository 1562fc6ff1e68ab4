namespace LogAnomaly;

/// <summary>What a user says of a finding.</summary>
public enum VerdictKind
{
    /// <summary>It is nothing: its like is to rank lower.</summary>
    Benign,

    /// <summary>It is what was feared: its like is to rank higher.</summary>
    Malicious,
}
