namespace LogAnomaly.Rules;

/// <summary>
/// How the value of a field is tested. A field that the event does not have passes only <see cref="IsNull"/> and
/// <see cref="Missing"/>.
/// </summary>
internal enum TestOperator
{
    /// <summary>The whole text is equal; numbers are compared as numbers.</summary>
    Equals,

    /// <summary>The text contains the value.</summary>
    Contains,

    /// <summary>The text begins with the value.</summary>
    StartsWith,

    /// <summary>The text ends with the value.</summary>
    EndsWith,

    /// <summary>The whole text matches a pattern with wildcards.</summary>
    Like,

    /// <summary>A part of the text matches a regular expression.</summary>
    Regex,

    /// <summary>The text is an address within a network in CIDR notation.</summary>
    Cidr,

    /// <summary>The field has no value, or an empty one.</summary>
    IsNull,

    /// <summary>The event has the field.</summary>
    Exists,

    /// <summary>The event does not have the field.</summary>
    Missing,

    /// <summary>The number is less.</summary>
    Less,

    /// <summary>The number is less or equal.</summary>
    LessOrEqual,

    /// <summary>The number is greater.</summary>
    Greater,

    /// <summary>The number is greater or equal.</summary>
    GreaterOrEqual,

    /// <summary>The text equals that of another field.</summary>
    FieldEquals,

    /// <summary>The text contains that of another field.</summary>
    FieldContains,

    /// <summary>The text begins with that of another field.</summary>
    FieldStartsWith,

    /// <summary>The text ends with that of another field.</summary>
    FieldEndsWith,
}
