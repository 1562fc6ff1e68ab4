namespace LogAnomaly.Sigma.Detection;

/// <summary>What a value is taken for.</summary>
internal enum ValueKind
{
    /// <summary>Text with wildcards, or a number, a truth value or nothing.</summary>
    Text,

    /// <summary>A regular expression.</summary>
    Regex,

    /// <summary>A network.</summary>
    Cidr,

    /// <summary>Whether the field is there.</summary>
    Exists,

    /// <summary>Name of another field.</summary>
    FieldReference,

    /// <summary>A bound of a number.</summary>
    Bound,
}
