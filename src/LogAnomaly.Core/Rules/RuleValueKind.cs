namespace LogAnomaly.Rules;

/// <summary>What a value is, as far as tests differ by it.</summary>
internal enum RuleValueKind
{
    /// <summary>There is none.</summary>
    None = 0,

    /// <summary>A text, or the name of an enumeration's member.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number with a fraction, or one that no 64 bits hold.</summary>
    Real,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A time with its offset from UTC.</summary>
    Time,

    /// <summary>Several values, of which any may match.</summary>
    List,
}
